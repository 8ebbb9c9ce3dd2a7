// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/protobuf/text_format.h"
#include "services/releases/domain/text/notices.h"
#include "services/releases/domain/text/testing/markdown_reading.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;

v1::ReleaseContent Parse(const std::string& text) {
  v1::ReleaseContent content;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &content));
  return content;
}

v1::ReleaseContent OfLead(const std::string& text) {
  v1::ReleaseContent content;
  content.mutable_lead()->mutable_paragraph()->set_text(text);
  return content;
}

TEST(MarkdownTest, WritesEveryPart) {
  EXPECT_EQ(RenderMarkdown(Parse(R"pb(
                             language: "de"
                             release_line: "Pressemitteilung Nr. 7"
                             headline: "Drei Flüsse\nsind frei"
                             subhead: "Ein Fest"
                             dateline {
                               places { label: "Musterstadt" joint: "/" }
                               places { label: "Seeburg" joint: ", " }
                               date_text: "16. Oktober"
                               separator: " - "
                             }
                             lead {
                               paragraph {
                                 text: "Fischer & Müller, alle Anrainer:innen."
                                 markup { kind: KIND_STRONG start: 0 end: 7 }
                               }
                             }
                             body { heading { text: "Zahlen" level: 2 } }
                             body {
                               quote {
                                 spans { narrative: "Anna Muster: " }
                                 spans { quotation { opening: "„" text: "Ja." closing: "“" } }
                               }
                             }
                             body {
                               quote {
                                 placement: PLACEMENT_BLOCK
                                 spans { quotation { text: "Eins.\n\nZwei." } }
                               }
                             }
                             body {
                               list {
                                 items { marker: "- " text: "eins" }
                                 items { marker: "- " text: "zwei\nzeilig" }
                               }
                             }
                             body { list { items { marker: "• " text: "drei" } } }
                             body {
                               list {
                                 ordered: true
                                 items { marker: "3. " text: "a" }
                                 items { marker: "4. " text: "b" }
                               }
                             }
                             body { list { items { marker: "(a) " text: "erstens" } } }
                             body {
                               table {
                                 rows { cells: "Jahr" cells: "Zahl" }
                                 rows { cells: "2026" cells: "7" }
                               }
                             }
                             body { separator { text: "* * *" } }
                             events { title: "Ausstellung" place: "Genf" }
                             links { title: "Bilder" uri: "https://example.org/a_b" }
                             end_marks { text: "***" }
                             notes { paragraph { text: "Hinweis." } }
                             abouts {
                               heading: "Über uns"
                               blocks { paragraph { text: "Wir." } }
                             }
                             contact_lines {
                               segments { value: "Max: " }
                               segments { kind: KIND_EMAIL value: "max@example.org" }
                               segments { value: ", " }
                               segments { kind: KIND_URL value: "www.example.org" }
                             }
                             contact_lines { segments { kind: KIND_PHONE value: "+41 22 555 01 99" } }
                           )pb"),
                           [] {
                             v1::EditionLabels labels;
                             labels.set_notes_heading("Redaktionshinweise");
                             labels.set_contacts_heading("Kontakt");
                             return labels;
                           }()),
            R"md(Pressemitteilung Nr. 7

# Drei Flüsse sind frei

**Ein Fest**

Musterstadt/Seeburg, 16. Oktober - **Fischer** & Müller, alle Anrainer:innen.

### Zahlen

Anna Muster: „Ja.“

> Eins.
>
> Zwei.

- eins
- zwei\
  zeilig

* drei

3. a
4. b

- (a) erstens

Jahr | Zahl\
2026 | 7

\* \* \*

Ausstellung\
Genf

Bilder: <https://example.org/a_b>

\*\*\*

## Redaktionshinweise

Hinweis.

## Über uns

Wir.

## Kontakt

Max: <max@example.org>, [www.example.org](<https://www.example.org>)\
\+41 22 555 01 99
)md");
}

// Every one of them would be something else in Markdown.
TEST(MarkdownTest, WordsStayWords) {
  for (const std::string text : {"# x",
                                 "1. x",
                                 "12) x",
                                 "- x",
                                 "+ x",
                                 "* x",
                                 "> x",
                                 "    x",
                                 "\tx",
                                 "---",
                                 "***",
                                 "===",
                                 "x\n===",
                                 "x\n---",
                                 "```",
                                 "~~~\nx",
                                 "`x`",
                                 "<script>alert(1)</script>",
                                 "<b>x</b>",
                                 "<https://a.example>",
                                 "[a](b)",
                                 "![a](b)",
                                 "[a]: b",
                                 "[a][b]",
                                 "*x*",
                                 "__x__",
                                 "_x_",
                                 "a_b_c",
                                 "\\",
                                 "\\\\",
                                 "x\\",
                                 "x\\\ny",
                                 "x  \ny",
                                 "&amp;",
                                 "&#35;",
                                 "AT&T; &copy",
                                 "| a | b |\n|---|---|",
                                 "a\n:--|",
                                 "~~x~~",
                                 "#",
                                 "##",
                                 "x #",
                                 "#hashtag",
                                 "2026. Ein Jahr",
                                 "a@example.org",
                                 "https://example.org/a_b*c",
                                 "x\n\n\n    y",
                                 "x\n1. y",
                                 "\n# x",
                                 "\u00A0# x",
                                 "1.",
                                 "-",
                                 "=",
                                 "!",
                                 "&",
                                 "x &",
                                 "a\r\n# b\rc",
                                 "*\u200Bx*",
                                 "`",
                                 "``a`",
                                 "<!-- x -->",
                                 "<?php ?>",
                                 "a<b>c",
                                 "x\n\t\t# y",
                                 "{x}",
                                 "\"x\"",
                                 "^x"}) {
    for (const char* place : {"%", "„%“", "a %", "%\n%"}) {
      std::string words;
      for (const char c : std::string_view(place)) words += c == '%' ? text : std::string(1, c);
      const v1::ReleaseContent content = OfLead(words);
      const std::string markdown = RenderMarkdown(content);
      const MarkdownReading reading = ReadMarkdown(markdown);
      EXPECT_EQ(reading.words, WithoutSpace(words)) << markdown;
      EXPECT_THAT(reading.links, ElementsAre());
      for (const std::string& node : reading.nodes) {
        EXPECT_TRUE(node == "document" || node == "paragraph" || node == "text" || node == "linebreak")
            << node << " of\n"
            << markdown;
      }
    }
    v1::ReleaseContent headline;
    headline.set_headline(text);
    EXPECT_EQ(ReadMarkdown(RenderMarkdown(headline)).words, WithoutSpace(text)) << RenderMarkdown(headline);
  }
}

std::string Marked(const std::string& text, v1::Markup::Kind kind, int start, int end, const std::string& uri = "") {
  v1::ReleaseContent content = OfLead(text);
  v1::Markup& markup = *content.mutable_lead()->mutable_paragraph()->add_markup();
  markup.set_kind(kind);
  markup.set_start(start);
  markup.set_end(end);
  markup.set_uri(uri);
  return RenderMarkdown(content);
}

TEST(MarkdownTest, WritesEmphasisAndLinks) {
  EXPECT_EQ(Marked("für alle da", v1::Markup::KIND_EMPHASIS, 4, 8), "für *alle* da\n");
  EXPECT_EQ(Marked("für alle da", v1::Markup::KIND_STRONG, 3, 9), "für **alle** da\n");
  EXPECT_EQ(Marked("mitten", v1::Markup::KIND_EMPHASIS, 1, 3), "m*it*ten\n");
  // Beside a letter, a delimiter does not take hold of a bracket.
  EXPECT_EQ(Marked("a(b)c", v1::Markup::KIND_EMPHASIS, 1, 4), "a(b)c\n");
  EXPECT_EQ(Marked("Mehr!hier", v1::Markup::KIND_LINK, 5, 9, "https://example.org/?a=1&b=<2>"),
            "Mehr\\![hier](<https://example.org/?a=1\\&b=\\<2\\>>)\n");
  EXPECT_EQ(Marked("https://example.org/a", v1::Markup::KIND_LINK, 0, 21, "https://example.org/a"),
            "<https://example.org/a>\n");
  EXPECT_EQ(Marked("an max", v1::Markup::KIND_LINK, 3, 6, "mailto:max@example.org"),
            "an [max](<mailto:max@example.org>)\n");
}

TEST(MarkdownTest, LinksToNothingThatRuns) {
  for (const char* uri : {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x",
                          "https://example.org/\n", ""}) {
    EXPECT_EQ(Marked("klick hier", v1::Markup::KIND_LINK, 6, 10, uri), "klick hier\n");
  }
  v1::ReleaseContent content;
  v1::ContactSegment& segment = *content.add_contact_lines()->add_segments();
  segment.set_kind(v1::ContactSegment::KIND_URL);
  segment.set_value("javascript:alert(1)");
  EXPECT_THAT(ReadMarkdown(RenderMarkdown(content)).links, ElementsAre());
}

TEST(MarkdownTest, PutsNoticesAboveTheText) {
  v1::Notice correction;
  correction.set_label("Correction");
  correction.set_text("It was 70, not 17.\n# Sorry");
  v1::Notice withdrawal;
  withdrawal.set_text("Withdrawn.");
  const std::vector<v1::Notice> notices = {correction, v1::Notice(), withdrawal};
  EXPECT_EQ(NoticesAsPlainText(notices),
            "Correction: It was 70, not 17.\n# Sorry\n\nWithdrawn.\n\n----------------------------------------\n\n");
  EXPECT_EQ(NoticesAsMarkdown(notices), "> **Correction:** It was 70, not 17.\\\n> \\# Sorry\n\n> Withdrawn.\n\n");
  EXPECT_EQ(NoticesAsPlainText({}), "");
  EXPECT_EQ(NoticesAsMarkdown({}), "");
}

}  // namespace
}  // namespace communique::releases
