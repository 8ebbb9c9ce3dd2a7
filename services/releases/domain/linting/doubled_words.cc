// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// Words that are never right twice in a row. Many small words are: "had had", "that that", "die die", "nous nous",
// "passes on on Monday", "von von der Leyen"; they are left out.
struct SmallWords {
  std::string_view language;
  std::string_view words;
};

constexpr std::array kSmallWords = {
    SmallWords{"ar", "في إلى عن التي الذي الذين هذا هذه"},
    SmallWords{"de",
               "und im des eine einer eines einem für oder dass ist sind wird auch wir zur zum vom beim seine ihre"},
    SmallWords{"en", "the a an and of to from our we their its this these be been"},
    SmallWords{"es", "el los las del en y un una con por para al su sus"},
    SmallWords{"fr", "le les des du et dans pour par sur avec sont au aux cette leurs qui"},
    SmallWords{"he", "של כי אשר"},
};

constexpr std::size_t kShortestParagraph = 40;

bool IsCopy(const Passage& passage) {
  return passage.kind == PassageKind::kParagraph || passage.kind == PassageKind::kTitle ||
         passage.kind == PassageKind::kListItem;
}

// "Vitamin A a day", "the WHO who": the first is a name.
bool IsName(std::string_view first, std::string_view second) {
  const std::string_view rest = first.substr(FirstCodePoint(first).size);
  return first != second && (rest.empty() || Fold(rest) != rest);
}

void CheckWords(const Passage& passage, std::string_view words, LintFindings& findings) {
  const auto& tokens = passage.tokens;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::kWord || tokens[i + 1].kind != TokenKind::kSpace ||
        tokens[i + 2].kind != TokenKind::kWord) {
      continue;
    }
    const std::string_view first = tokens[i].In(passage.text);
    const std::string_view second = tokens[i + 2].In(passage.text);
    if (first.size() != second.size()) continue;
    const std::string folded = Fold(first);
    if (folded != Fold(second) || !ListsWord(words, folded) || IsName(first, second)) continue;
    findings.Add(kDoubledWord, passage, tokens[i].begin, tokens[i + 2].end,
                 "\"" + std::string(second) + "\" stands here twice in a row; once would be right.");
  }
}

// The same paragraph twice in a row: pasted twice. A speech may mean it.
void CheckParagraphs(const LintText& text, LintFindings& findings) {
  const Passage* before = nullptr;
  for (const Passage& passage : text.passages()) {
    const bool repeated = before != nullptr && before->kind == passage.kind && before->text == passage.text;
    if (repeated && passage.kind == PassageKind::kParagraph && CountCodePoints(passage.text) >= kShortestParagraph) {
      findings.Add(kDoubledParagraph, passage, 0, passage.text.size(),
                   "This paragraph is the same as the one before it; once would be right.");
    }
    before = &passage;
  }
}

}  // namespace

void LintDoubledWords(const LintText& text, LintFindings& findings) {
  if (text.content().kind() != v1::RELEASE_KIND_SPEECH) CheckParagraphs(text, findings);
  const SmallWords* words = EntryFor<SmallWords>(text.language(), kSmallWords);
  if (words == nullptr) return;
  for (const Passage& passage : text.passages()) {
    if (IsCopy(passage)) CheckWords(passage, words->words, findings);
  }
}

}  // namespace communique::releases
