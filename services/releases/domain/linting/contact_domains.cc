// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "services/releases/domain/linting/known_bodies.h"
#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

constexpr std::size_t kShortestWord = 4;
// Parts of domains that say nothing about whose they are.
constexpr std::string_view kGenericLabels = "com co org net gov gouv gob ac edu info int example mail";
constexpr std::string_view kInPlace = "in at à a en";

// A letter of a mailbox line with the ASCII that domains write for it: German spells ä as ae, others drop the mark.
struct Spelling {
  char32_t letter;
  std::string_view german;
  char plain;
};
constexpr std::array kSpellings = {
    Spelling{U'ä', "ae", 'a'}, Spelling{U'ö', "oe", 'o'}, Spelling{U'ü', "ue", 'u'}, Spelling{U'à', "a", 'a'},
    Spelling{U'á', "a", 'a'},  Spelling{U'â', "a", 'a'},  Spelling{U'ã', "a", 'a'},  Spelling{U'å', "aa", 'a'},
    Spelling{U'ç', "c", 'c'},  Spelling{U'è', "e", 'e'},  Spelling{U'é', "e", 'e'},  Spelling{U'ê', "e", 'e'},
    Spelling{U'ë', "e", 'e'},  Spelling{U'í', "i", 'i'},  Spelling{U'î', "i", 'i'},  Spelling{U'ï', "i", 'i'},
    Spelling{U'ñ', "n", 'n'},  Spelling{U'ó', "o", 'o'},  Spelling{U'ô', "o", 'o'},  Spelling{U'õ', "o", 'o'},
    Spelling{U'ø', "oe", 'o'}, Spelling{U'ú', "u", 'u'},  Spelling{U'û', "u", 'u'},  Spelling{U'ù', "u", 'u'},
    Spelling{U'š', "s", 's'},  Spelling{U'ś', "s", 's'},  Spelling{U'č', "c", 'c'},  Spelling{U'ć', "c", 'c'},
    Spelling{U'ž', "z", 'z'},  Spelling{U'ł', "l", 'l'},  Spelling{U'ę', "e", 'e'},  Spelling{U'ą', "a", 'a'},
};

// `folded` in ASCII; empty when it has letters of another script, which no domain can be compared with.
std::string InAscii(std::string_view folded, bool german) {
  std::string ascii;
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint point = CodePointAt(folded, i);
    i += point.size;
    if (point.value < 0x80) {
      ascii += static_cast<char>(point.value);
      continue;
    }
    const auto spelling = std::find_if(kSpellings.begin(), kSpellings.end(),
                                       [&](const Spelling& known) { return known.letter == point.value; });
    if (spelling == kSpellings.end()) return {};
    if (german) {
      ascii += spelling->german;
    } else {
      ascii += spelling->plain;
    }
  }
  return ascii;
}

std::vector<std::string> LabelsOf(std::string_view domain) {
  std::vector<std::string> labels;
  // Without the top-level domain.
  domain = domain.substr(0, std::min(domain.rfind('.'), domain.size()));
  while (!domain.empty()) {
    const std::size_t dot = std::min(domain.find('.'), domain.size());
    std::string label(domain.substr(0, dot));
    domain.remove_prefix(std::min(dot + 1, domain.size()));
    if (ListsWord(kGenericLabels, label)) continue;
    std::erase(label, '-');
    labels.push_back(std::move(label));
  }
  return labels;
}

bool Resembles(std::string_view word, std::string_view label) {
  if (word.size() < kShortestWord || label.size() < kShortestWord) return label == word || label.starts_with(word);
  return label.find(word) != std::string_view::npos || word.find(label) != std::string_view::npos ||
         label.substr(0, kShortestWord) == word.substr(0, kShortestWord);
}

// A contact line with what the comparison needs.
struct Mailbox {
  const Passage* line = nullptr;
  std::string organization;
  std::string domain;
  std::size_t end = 0;
};

// Whether some word explains why mail for it goes to `domain`: "Beispielhilfe" explains beispielhilfe.example.org, and
// initials do ("Rotes Kreuz" and rk.example.org). Words of other scripts explain everything.
bool Explains(std::string_view text, std::string_view domain) {
  const std::vector<std::string> labels = LabelsOf(domain);
  std::string initials;
  std::string before;
  for (const Token& token : Tokenize(text)) {
    if (token.kind != TokenKind::kWord) continue;
    const std::string folded = Fold(token.In(text));
    // Where somebody sits says nothing about whose mail it is.
    const bool place = ListsWord(kInPlace, before);
    before = folded;
    const std::string german = InAscii(folded, true);
    const std::string plain = InAscii(folded, false);
    if (plain.empty()) return true;
    if (token.In(text) != folded) initials += plain[0];
    if (place) continue;
    for (const std::string& label : labels) {
      if ((plain.size() >= 2 && Resembles(plain, label)) || (german.size() >= 2 && Resembles(german, label)))
        return true;
    }
  }
  return std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
    return label.size() >= 2 && initials.find(label) != std::string::npos;
  });
}

// What the line says apart from addresses.
std::string WordsOf(const Passage& line) {
  std::string words;
  std::size_t at = 0;
  for (const Address& address : FindAddresses(line.text)) {
    words += line.text.substr(at, address.begin - at);
    at = address.end;
  }
  words += line.text.substr(at);
  return words;
}

std::vector<Mailbox> MailboxesOf(const LintText& text) {
  std::vector<Mailbox> mailboxes;
  for (const Passage& passage : text.passages()) {
    if (passage.kind != PassageKind::kContact || passage.part->contact_line == nullptr) continue;
    for (const Address& address : FindAddresses(passage.text)) {
      if (address.kind != Address::Kind::kEmail) continue;
      Mailbox& mailbox = mailboxes.emplace_back();
      mailbox.line = &passage;
      mailbox.domain = MailDomain(passage.text.substr(address.begin, address.end - address.begin));
      mailbox.end = address.end;
      for (const v1::ContactSegment& segment : passage.part->contact_line->segments()) {
        if (segment.kind() == v1::ContactSegment::KIND_ORGANIZATION) mailbox.organization += segment.value() + " ";
      }
    }
  }
  return mailboxes;
}

// A line that names a body everybody knows, with mail from somewhere that nothing in the line explains.
void CheckBodies(const LintText& text, const std::vector<Mailbox>& mailboxes, LintFindings& findings) {
  for (const Mailbox& mailbox : mailboxes) {
    const KnownBody* body = SenderIn(*mailbox.line, text.language());
    if (body == nullptr || IsDomainOf(*body, mailbox.domain) || Explains(WordsOf(*mailbox.line), mailbox.domain)) {
      continue;
    }
    findings.Add(kContactDomainMismatch, *mailbox.line, 0, mailbox.end,
                 "The line names " + std::string(body->name) + ", but its mail goes to " + mailbox.domain +
                     ", which is not theirs. Check the organisation's name and the address.");
  }
}

// Two lines whose addresses were exchanged: each organisation explains the other's domain, and not its own.
void CheckExchanged(const std::vector<Mailbox>& mailboxes, LintFindings& findings) {
  constexpr std::size_t kMostMailboxes = 60;
  if (mailboxes.size() > kMostMailboxes) return;
  for (const Mailbox& one : mailboxes) {
    for (const Mailbox& other : mailboxes) {
      if (one.line == other.line || one.organization.empty() || other.organization.empty()) continue;
      if (Explains(one.organization, one.domain) || !Explains(one.organization, other.domain) ||
          Explains(other.organization, other.domain) || !Explains(other.organization, one.domain)) {
        continue;
      }
      findings.Add(kContactDomainMismatch, *one.line, 0, one.end,
                   "The addresses of two organisations seem to be exchanged: this line's mail goes to " + one.domain +
                       ", another line's to " + other.domain + ".");
      break;
    }
  }
}

}  // namespace

void LintContactDomains(const LintText& text, LintFindings& findings) {
  const std::vector<Mailbox> mailboxes = MailboxesOf(text);
  CheckBodies(text, mailboxes, findings);
  CheckExchanged(mailboxes, findings);
}

}  // namespace communique::releases
