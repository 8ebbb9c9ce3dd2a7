// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr char kMessage[] = "A placeholder was left in the text. Put in what belongs here.";

// What word processors and designers fill a page with, in lower-case ASCII.
constexpr std::array<std::string_view, 6> kFillers = {
    "lorem ipsum",
    "dolor sit amet",
    "click or tap here to enter text",
    "klicken oder tippen sie hier, um text einzugeben",
    "cliquez ou appuyez ici pour entrer du texte",
    "{{",
};

// What stands in square brackets where something is to be filled in, alone or followed by anything.
constexpr std::string_view kBracketWords =
    "name names vorname nachname nom noms prénom nombre nombres apellido date datum fecha ort place lieu lugar city "
    "stadt "
    "title titel titre título cargo role funktion fonction number zahl nummer nombre número link url quote zitat "
    "citation "
    "cita phone telefon telephone téléphone teléfono email e-mail mail address adresse dirección tk tbc tbd tba xx xxx "
    "organisation organization time uhrzeit heure hora country land pays país foto photo bild logo text texte texto "
    "الاسم التاريخ المكان الرقم الرابط שם תאריך מקום מספר קישור";
constexpr std::array<std::string_view, 9> kBracketBeginnings = {
    "insert ", "fill in", "add ", "bitte ", "einfügen", "insérer ", "insertar ", "à compléter", "your "};
constexpr std::size_t kLongestBracket = 80;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

void FindFillers(const Passage& passage, LintFindings& findings) {
  std::string lower(passage.text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  for (const std::string_view filler : kFillers) {
    // One is enough: they come in heaps.
    const std::size_t at = lower.find(filler);
    if (at != std::string::npos) findings.Add(kPlaceholderLeft, passage, at, at + filler.size(), kMessage);
  }
}

bool AsksForWords(std::string_view inside) {
  const std::string folded = Fold(inside);
  if (folded.find(' ') == std::string::npos && ListsWord(kBracketWords, folded)) return true;
  return std::any_of(kBracketBeginnings.begin(), kBracketBeginnings.end(),
                     [&](std::string_view beginning) { return folded.starts_with(beginning); });
}

void FindBrackets(const Passage& passage, LintFindings& findings) {
  for (std::size_t open = passage.text.find('['); open != std::string_view::npos;
       open = passage.text.find('[', open + 1)) {
    const std::string_view window = passage.text.substr(open + 1, kLongestBracket);
    const std::size_t size = window.find(']');
    if (size == std::string_view::npos || !AsksForWords(window.substr(0, size))) continue;
    findings.Add(kPlaceholderLeft, passage, open, open + size + 2, kMessage);
  }
}

// A passage's tokens with a view of their neighbours.
class Neighbourhood {
 public:
  explicit Neighbourhood(const Passage& passage) : passage_(passage) {}

  std::string_view Printed(std::size_t i) const {
    return i < passage_.tokens.size() ? passage_.tokens[i].In(passage_.text) : std::string_view();
  }
  bool IsSpace(std::size_t i) const {
    return i < passage_.tokens.size() && passage_.tokens[i].kind == TokenKind::kSpace;
  }
  std::string_view Next(std::size_t i) const { return IsSpace(i + 1) ? Printed(i + 2) : Printed(i + 1); }
  // Part of an address: "xxx.example.org", "press@tba.example".
  bool InAddress(std::size_t i) const {
    const std::string_view before = i > 0 ? Printed(i - 1) : std::string_view();
    const bool domain = Printed(i + 1) == "." && i + 2 < passage_.tokens.size() && !IsSpace(i + 2);
    return before == "@" || before == "." || before == "/" || Printed(i + 1) == "@" || Printed(i + 1) == "/" || domain;
  }

 private:
  const Passage& passage_;
};

bool BeginsName(std::string_view word) { return !word.empty() && IsUpper(word[0]); }

bool IsAllUpper(std::string_view word) { return std::all_of(word.begin(), word.end(), IsUpper); }

bool IsAllX(std::string_view word) {
  return word.size() >= 2 && (word.find_first_not_of('x') == std::string_view::npos ||
                              word.find_first_not_of('X') == std::string_view::npos);
}

// Three X are a placeholder, and thirty in "the thirtieth Olympiad".
bool StandsForWords(const LintText& text, const Neighbourhood& near, std::size_t i) {
  const std::string_view word = near.Printed(i);
  const std::string_view next = near.Next(i);
  if (IsAllX(word)) {
    if (next == "%" || next == "€" || next == "$") return true;
    // XX.XX.2026
    if (near.Printed(i + 1) == "." && IsAllX(near.Printed(i + 2))) return true;
    if (near.InAddress(i) || word.size() < 3) return false;
    return word[0] == 'x' || word.size() > 3 || !(BeginsName(next) || next == ".");
  }
  // Notes of what is to be done; in Romance languages the second one is "everything".
  return word.size() <= 5 && IsAllUpper(word) && ListsWord("tktk todo fixme", Fold(word)) &&
         (text.language() == "en" || text.language() == "de");
}

// To be confirmed, decided, announced, and an English journalist's "to come". TBC is also tuberculosis, and TK a German
// health insurance.
bool IsAbbreviation(const LintText& text, const Neighbourhood& near, std::size_t i) {
  const std::string_view word = near.Printed(i);
  if (near.InAddress(i)) return false;
  if (word == "TBD" || word == "TBA") return true;
  if (text.language() != "en" || BeginsName(near.Next(i))) return false;
  return word == "TBC" || word == "TK";
}

}  // namespace

void LintPlaceholders(const LintText& text, LintFindings& findings) {
  for (const Passage& passage : text.passages()) {
    FindFillers(passage, findings);
    FindBrackets(passage, findings);
    const Neighbourhood near(passage);
    for (std::size_t i = 0; i < passage.tokens.size(); ++i) {
      const Token& token = passage.tokens[i];
      if (token.kind != TokenKind::kWord || token.end - token.begin > 64) continue;
      // Bracketed ones were found above.
      if (i > 0 && near.Printed(i - 1) == "[") continue;
      if (!StandsForWords(text, near, i) && !IsAbbreviation(text, near, i)) continue;
      findings.Add(kPlaceholderLeft, passage, token.begin, token.end, kMessage);
    }
  }
}

}  // namespace communique::releases
