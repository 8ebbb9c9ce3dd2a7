// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "services/platform/testing/histories.h"
#include "services/releases/domain/text/markdown.h"
#include "services/releases/domain/text/plain_text.h"
#include "services/releases/domain/text/testing/markdown_reading.h"

// The law of the Markdown: it says what the plain text says, whatever that is.

namespace communique::releases {
namespace {

// A list's own marks become Markdown's, cells are parted by " | ": what is expected of a content is its plain text with
// that done.
std::string ExpectedWords(v1::ReleaseContent content) {
  for (v1::Block& block : *content.mutable_body()) {
    if (block.has_list()) {
      for (v1::ListItem& item : *block.mutable_list()->mutable_items()) item.clear_marker();
    } else if (block.has_table()) {
      for (v1::TableRow& row : *block.mutable_table()->mutable_rows()) {
        for (int i = 1; i < row.cells_size(); ++i) row.set_cells(i, "|" + row.cells(i));
      }
    }
  }
  return WithoutSpace(RenderPlainText(content));
}

class RandomTexts {
 public:
  explicit RandomTexts(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t limit) { return random_() % limit; }

  std::string Text() {
    static const std::vector<std::string> kPieces = {
        "word", " ",         "  ",     "\n", "\n\n", "#",  "-",  "+", "*",      "**",   "_", "`", "```",  "~",
        "[",    "]",         "(",      ")",  "<",    ">",  "b>", "&", "a",      "amp;", "!", "1", ".",    "=",
        "|",    ":",         "\\",     "\t", "\"",   "„",  "“",  "é", "日",     "€",    "$", "/", "www.", "http://",
        "@",    "x.example", "\u00A0", "2.", "- ",   "# ", "😀",  "'", "script", "\r",   "^", "{"};
    std::string text;
    for (auto count = Below(14); count > 0; --count) text += kPieces[Below(kPieces.size())];
    return text;
  }

  void Block(v1::Block& block) {
    switch (Below(6)) {
      case 0:
        block.mutable_heading()->set_text(Text());
        block.mutable_heading()->set_level(static_cast<int>(Below(5)));
        return;
      case 1:
        List(*block.mutable_list());
        return;
      case 2: {
        v1::Quote& quote = *block.mutable_quote();
        quote.set_placement(static_cast<v1::Quote::Placement>(Below(4)));
        quote.add_spans()->set_narrative(Text());
        quote.add_spans()->mutable_quotation()->set_text(Text());
        return;
      }
      case 3:
        for (auto rows = Below(3); rows > 0; --rows) {
          v1::TableRow& row = *block.mutable_table()->add_rows();
          for (auto cells = Below(4); cells > 0; --cells) row.add_cells(WithoutSpace(Text()));
        }
        return;
      case 4:
        block.mutable_separator()->set_text(Text());
        return;
      default:
        Paragraph(*block.mutable_paragraph());
    }
  }

  void Paragraph(v1::Paragraph& paragraph) {
    paragraph.set_text(Text());
    int at = 0;
    for (auto count = Below(4); count > 0; --count) {
      v1::Markup& markup = *paragraph.add_markup();
      markup.set_kind(static_cast<v1::Markup::Kind>(1 + Below(3)));
      markup.set_start(at + static_cast<int>(Below(4)));
      markup.set_end(markup.start() + 1 + static_cast<int>(Below(8)));
      if (markup.kind() == v1::Markup::KIND_LINK)
        markup.set_uri(Below(2) == 0 ? "https://example.org/a" : "javascript:x");
      at = markup.end();
    }
  }

 private:
  void List(v1::List& list) {
    const bool ordered = Below(2) == 0;
    const auto first = static_cast<int>(Below(20));
    for (auto i = 0, items = static_cast<int>(1 + Below(3)); i < items; ++i) {
      v1::ListItem& item = *list.add_items();
      item.set_marker(ordered ? std::to_string(first + i) + ". " : "- ");
      item.set_text(Text());
    }
  }

  std::mt19937 random_;
};

// Whatever the words are, a reader of the Markdown gets the words of the plain text, and no link but to where it said.
TEST(MarkdownLawTest, SaysWhatThePlainTextSays) {
  for (unsigned seed = 1; seed <= static_cast<unsigned>(platform::OfHistories(20'000)); ++seed) {
    RandomTexts random(seed);
    v1::ReleaseContent content;
    content.set_headline(random.Text());
    if (random.Below(2) == 0) content.set_subhead(random.Text());
    if (random.Below(2) == 0) content.mutable_dateline()->set_prefix(random.Text());
    if (random.Below(4) != 0) random.Paragraph(*content.mutable_lead()->mutable_paragraph());
    for (auto count = random.Below(4); count > 0; --count) random.Block(*content.add_body());
    if (random.Below(4) == 0) content.add_end_marks()->set_text(random.Text());
    for (auto count = random.Below(3); count > 0; --count) {
      v1::ContactLine& line = *content.add_contact_lines();
      for (auto segments = random.Below(4); segments > 0; --segments) {
        line.add_segments()->set_kind(static_cast<v1::ContactSegment::Kind>(random.Below(7)));
        line.mutable_segments()->rbegin()->set_value(random.Text());
      }
    }
    const std::string markdown = RenderMarkdown(content);
    const MarkdownReading reading = ReadMarkdown(markdown);
    ASSERT_EQ(reading.words, ExpectedWords(content)) << "seed " << seed << "\n" << markdown << content.DebugString();
    for (const std::string& link : reading.links) {
      EXPECT_TRUE(link.starts_with("http://") || link.starts_with("https://") || link.starts_with("mailto:")) << link;
    }
    for (const std::string& node : reading.nodes) {
      EXPECT_TRUE(node != "code" && node != "code_block" && node != "html_block" && node != "html_inline" &&
                  node != "image" && node != "thematic_break")
          << node << "\n"
          << markdown;
    }
  }
}

}  // namespace
}  // namespace communique::releases
