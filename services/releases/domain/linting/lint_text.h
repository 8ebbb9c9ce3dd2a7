// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/text/outline.h"
#include "services/releases/domain/text/quotation_marks.h"
#include "services/releases/domain/text/tokens.h"

namespace communique::releases {

// What a passage is to the rules.
enum class PassageKind {
  // A headline, a heading, the line above the headline.
  kTitle,
  kDateline,
  // A paragraph or a quote, with what the narrator says.
  kParagraph,
  kListItem,
  kCell,
  kEvent,
  kContact,
};

// A stretch of the printed text that is read by itself: a paragraph, a list item, a cell. Offsets in it are bytes from
// its beginning.
struct Passage {
  PassageKind kind = PassageKind::kParagraph;
  // The part it belongs to.
  const Part* part = nullptr;
  // Where it begins in the whole text.
  std::size_t begin = 0;
  std::string_view text;
  std::vector<Token> tokens;
  // What stands in quotation marks; of a quote block, its quotations as they were told apart, marks or not.
  std::vector<QuotedStretch> quoted;

  const v1::Quote* quote() const {
    return part->block != nullptr && part->block->has_quote() ? &part->block->quote() : nullptr;
  }
  bool IsQuoted(std::size_t offset) const;
};

// A content as the rules read it: its plain text cut into passages. Refers to the content, which must outlive it and
// stay unchanged.
class LintText {
 public:
  explicit LintText(const v1::ReleaseContent& content);
  LintText(const LintText&) = delete;
  LintText& operator=(const LintText&) = delete;

  const v1::ReleaseContent& content() const { return content_; }
  // "de" of "de-CH", in lower case; and the whole tag.
  std::string_view language() const { return language_; }
  const std::string& tag() const { return content_.language(); }
  const std::vector<Part>& parts() const { return parts_; }
  const std::string& text() const { return text_; }
  const std::vector<Passage>& passages() const { return passages_; }

 private:
  void AddBlock(const Part& part, std::size_t begin);
  void AddList(const Part& part, std::size_t begin);
  void AddTable(const Part& part, std::size_t begin);
  Passage& Add(PassageKind kind, const Part& part, std::size_t begin, std::size_t size);

  const v1::ReleaseContent& content_;
  std::string language_;
  std::vector<Part> parts_;
  std::string text_;
  std::vector<Passage> passages_;
};

}  // namespace communique::releases
