// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/plain_text.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "services/releases/domain/text/summary.h"

namespace communique::releases {
namespace {

std::string Render(const std::string& text) {
  v1::ReleaseContent content;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &content));
  return RenderPlainText(content);
}

TEST(PlainTextTest, PrintsEveryKindOfBlock) {
  EXPECT_EQ(Render(R"pb(
              body { heading { text: "Heading" } }
              body {
                list {
                  items { marker: "- " text: "one" }
                  items { marker: "- " text: "two" gap: "\n\n" }
                  items { marker: "- " text: "three" }
                }
              }
              body {
                quote {
                  spans { quotation { opening: "“" text: "We did it," closing: "”" } }
                  spans { narrative: " she said. " }
                  spans { quotation { opening: "“" text: "All of us." closing: "”" } }
                }
              }
              body {
                table {
                  rows { cells: "a" cells: "b" }
                  rows { cells: "" cells: "1" }
                }
              }
              body { separator { text: "* * *" } }
              body {}
            )pb"),
            "Heading\n\n- one\n\n- two\n- three\n\n“We did it,” she said. “All of us.”\n\na\tb\n\t1\n\n* * *");
}

TEST(PlainTextTest, PrintsADatelineInEitherOrder) {
  EXPECT_EQ(Render(R"pb(
              dateline {
                prefix: "("
                places { label: "Berlin" joint: "/" }
                places { label: "Genf" joint: ", " }
                date_text: "16. Oktober"
                separator: ") - "
              }
              lead { paragraph { text: "Text." } }
            )pb"),
            "(Berlin/Genf, 16. Oktober) - Text.");
  EXPECT_EQ(Render(R"pb(
              dateline {
                places { label: "Geneva" }
                date_text: "16 October"
                date_joint: " | "
              }
              lead { paragraph { text: "Text." } }
            )pb"),
            "16 October | Geneva Text.");
}

TEST(PlainTextTest, PrintsEventsAndLinksBehindTheBody) {
  EXPECT_EQ(Render(R"pb(
              language: "en-GB"
              body { paragraph { text: "Body." } }
              end_marks { text: "###" }
              events {
                title: "Press briefing"
                place: "Room III, Geneva"
                start_date { year: 2026 month: 10 day: 16 }
                end_date { year: 2026 month: 10 day: 17 }
                details: "Bring your badge."
              }
              events { title: "Told in the text" in_text: true }
              links { title: "Report" uri: "https://example.org/report" }
              links { uri: "https://example.org" }
            )pb"),
            "Body.\n\nPress briefing\n16 October 2026 – 17 October 2026, Room III, Geneva\nBring your badge.\n\n"
            "Report: https://example.org/report\n\nhttps://example.org\n\n###");
}

TEST(PlainTextTest, PutsTheLineBreakInAsPrinted) {
  EXPECT_EQ(Render(R"pb(headline: "a\nb"
                        subhead: "c"
                        layout { line_break: "\r\n" })pb"),
            "a\r\nb\r\n\r\nc");
  EXPECT_EQ(Render(R"pb(headline: "a\r\nb"
                        subhead: "c"
                        layout { line_break: "\n" })pb"),
            "a\r\nb\n\nc");
}

TEST(SummaryTest, CutsBetweenWords) {
  EXPECT_EQ(Summarize("One  two\nthree", "en", 13), "One two three");
  EXPECT_EQ(Summarize("One  two\nthree", "en", 12), "One two…");
  EXPECT_EQ(Summarize("One two", "en", 4), "One…");
  EXPECT_EQ(Summarize("Donaudampfschifffahrt", "de", 6), "Donau…");
  EXPECT_EQ(Summarize("", "de", 6), "");
  EXPECT_EQ(Summarize("ab", "de", 0), "");
  EXPECT_EQ(Summarize("😀😀😀😀", "en", 3), "😀😀…");
}

}  // namespace
}  // namespace communique::releases
