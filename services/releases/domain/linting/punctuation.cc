// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/tokens.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// Put a space before some of their marks.
constexpr std::string_view kSpacedLanguages = "fr br oc wa co";

bool IsRunning(const Passage& passage) {
  return passage.kind == PassageKind::kParagraph || passage.kind == PassageKind::kListItem;
}

std::string_view Printed(const Passage& passage, std::size_t i) {
  return i < passage.tokens.size() ? passage.tokens[i].In(passage.text) : std::string_view();
}

bool IsMarkAfterWord(std::string_view mark) {
  return mark == "," || mark == "." || mark == ";" || mark == "!" || mark == "?" || mark == "،" || mark == "؛" ||
         mark == "؟";
}

// "word , word": a word, one plain space, the mark, and then a space or the end. Guillemets hold French.
void CheckSpaces(const Passage& passage, LintFindings& findings) {
  const auto& tokens = passage.tokens;
  bool guillemets = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (Printed(passage, i) == "«" || Printed(passage, i) == "»") guillemets = !guillemets;
    if (guillemets || tokens[i].kind != TokenKind::kWord || Printed(passage, i + 1) != " ") continue;
    const std::size_t mark = i + 2;
    if (!IsMarkAfterWord(Printed(passage, mark))) continue;
    if (mark + 1 < tokens.size() && tokens[mark + 1].kind != TokenKind::kSpace) continue;
    // ". . ." is an ellipsis.
    if (Printed(passage, mark + 2) == ".") continue;
    findings.Add(kSpaceBeforePunctuation, passage, tokens[i].begin, tokens[mark].end,
                 "There is a space before \"" + std::string(Printed(passage, mark)) + "\"; none belongs there.");
  }
}

bool IsRoman(std::string_view word) {
  return word.size() <= 5 && word.find_first_not_of("ivxIVX") == std::string_view::npos;
}

// "a) first, b) second", "1) first": the bracket belongs to the number.
bool IsEnumerator(const Passage& passage, std::size_t i) {
  if (i == 0) return false;
  const std::string_view label = Printed(passage, i - 1);
  const TokenKind kind = passage.tokens[i - 1].kind;
  const bool counts = kind == TokenKind::kNumber
                          ? label.size() <= 2
                          : kind == TokenKind::kWord && (CountCodePoints(label) == 1 || IsRoman(label));
  return counts && (i == 1 || passage.tokens[i - 2].kind == TokenKind::kSpace || Printed(passage, i - 2) == "(");
}

bool IsSmiley(const Passage& passage, std::size_t i) {
  const std::string_view before = i > 0 ? Printed(passage, i - 1) : std::string_view();
  return before == ":" || before == ";" || (before == "-" && i > 1 && Printed(passage, i - 2) == ":");
}

// Matches one kind of brackets through the running text. A remark in brackets may go over a few paragraphs.
class BracketMatcher {
 public:
  BracketMatcher(std::string_view open, std::string_view close, LintFindings& findings)
      : open_mark_(open), close_mark_(close), findings_(findings) {}

  void Read(const Passage& passage) {
    ++read_;
    for (std::size_t i = 0; i < passage.tokens.size(); ++i) {
      const std::string_view mark = Printed(passage, i);
      if (mark == open_mark_ && !IsSmiley(passage, i)) open_.push_back({read_, &passage, i});
      if (mark == close_mark_) Close(passage, i);
    }
    ReportBefore(read_ - kReach);
  }
  void Finish() { ReportBefore(read_ + 1); }

 private:
  static constexpr std::ptrdiff_t kReach = 4;
  struct Open {
    std::ptrdiff_t number;
    const Passage* passage;
    std::size_t token;
  };

  void Close(const Passage& passage, std::size_t i) {
    if (!open_.empty()) {
      open_.pop_back();
    } else if (!IsEnumerator(passage, i) && !IsSmiley(passage, i)) {
      Report(passage, i, "This bracket was never opened. Add \"" + std::string(open_mark_) + "\" or take it out.");
    }
  }

  void ReportBefore(std::ptrdiff_t number) {
    while (!open_.empty() && open_.front().number < number) {
      Report(*open_.front().passage, open_.front().token,
             "This bracket is never closed. Add \"" + std::string(close_mark_) + "\" or take it out.");
      open_.pop_front();
    }
  }

  void Report(const Passage& passage, std::size_t i, std::string message) {
    findings_.Add(kBracketsUnbalanced, passage, passage.tokens[i].begin, passage.tokens[i].end, std::move(message));
  }

  std::string_view open_mark_;
  std::string_view close_mark_;
  LintFindings& findings_;
  std::deque<Open> open_;
  std::ptrdiff_t read_ = 0;
};

}  // namespace

void LintPunctuation(const LintText& text, LintFindings& findings) {
  const bool spaced = text.language().empty() || ListsWord(kSpacedLanguages, text.language());
  BracketMatcher round("(", ")", findings);
  BracketMatcher square("[", "]", findings);
  for (const Passage& passage : text.passages()) {
    if (!IsRunning(passage)) continue;
    if (!spaced) CheckSpaces(passage, findings);
    round.Read(passage);
    square.Read(passage);
  }
  round.Finish();
  square.Finish();
}

}  // namespace communique::releases
