// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/import_report.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/platform/locale/text.h"
#include "tools/communique/content_text.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Fragment;
using releases::v1::ImportReport;

constexpr std::size_t kExcerptCharacters = 60;

void PrintRecognised(std::ostream& out, const ImportReport& report) {
  if (report.parts().empty()) return;
  out << "Recognised (line:column in the file)\n";
  Table table(2);
  for (const auto& part : report.parts()) {
    table.Add({absl::StrCat(part.line(), ":", part.column()), part.kind(), part.part_id(),
               platform::Excerpt(part.excerpt(), kExcerptCharacters)});
  }
  table.Print(out);
}

void PrintSetApart(std::ostream& out, const ImportReport& report) {
  Table table(2);
  for (const auto& fragment : report.fragments()) {
    if (fragment.role() != Fragment::ROLE_NAVIGATION) continue;
    table.Add({absl::StrCat("line ", fragment.line()), absl::StrCat(fragment.byte_length(), " bytes"),
               platform::Excerpt(Printable(fragment.text()), kExcerptCharacters)});
  }
  if (table.empty()) return;
  out << "Set apart (the page around the release, not stored with it)\n";
  table.Print(out);
}

void PrintSections(std::ostream& out, const releases::v1::ImportReleaseResponse& response) {
  if (!response.sections().empty()) {
    out << "Sections made\n";
    for (const auto& name : response.sections()) out << "  " << Printable(name) << '\n';
    return;
  }
  if (response.report().proposed_sections().empty()) return;
  out << "Sections proposed (made by --with-sections)\n";
  Table table(2);
  for (const auto& section : response.report().proposed_sections()) {
    for (const auto& text : section.texts()) {
      table.Add({text.locale(), text.title(), platform::Excerpt(text.text(), kExcerptCharacters)});
    }
  }
  table.Print(out);
}

// "person Anna Meier, Sprecherin, Example Relief, anna@example.org".
std::string DescriptionWords(const releases::v1::ContactDescription& description) {
  std::vector<std::string> words = {absl::StrCat(
      description.kind() == releases::v1::ContactDescription::KIND_PERSON ? "person " : "desk ", description.name())};
  for (const std::string* text : {&description.role(), &description.organization_name()}) {
    if (!text->empty() && *text != description.name()) words.push_back(*text);
  }
  words.insert(words.end(), description.emails().begin(), description.emails().end());
  words.insert(words.end(), description.phones().begin(), description.phones().end());
  return absl::StrJoin(words, ", ");
}

// "newsrooms/igh/contacts/anna  Anna Meier: email, name".
std::string GuessWords(const releases::v1::ContactGuess& guess) {
  std::vector<std::string> reasons;
  for (const int reason : guess.reasons()) {
    reasons.push_back(absl::AsciiStrToLower(
        absl::StrReplaceAll(EnumWords(static_cast<releases::v1::ContactGuess::Reason>(reason)), {{"_", " "}})));
  }
  std::string words = absl::StrCat(guess.contact(), "  ", guess.display_name(), ": ", absl::StrJoin(reasons, ", "));
  if (guess.state() != releases::v1::ContactGuess::STATE_ACTIVE) {
    absl::StrAppend(&words, " (", EnumWords(guess.state()), ")");
  }
  return words;
}

void AddContact(const releases::v1::ImportedContact& contact, Table& table) {
  using releases::v1::ImportedContact;
  const std::string line = absl::StrCat("line ", contact.line());
  switch (contact.outcome()) {
    case ImportedContact::OUTCOME_MATCHED:
      return table.Add(
          {line, "refers to", contact.guesses().empty() ? contact.contact() : GuessWords(contact.guesses(0))});
    case ImportedContact::OUTCOME_AMBIGUOUS:
      for (int i = 0; i < contact.guesses_size(); ++i) {
        table.Add({i == 0 ? line : "", i == 0 ? "may mean" : "or", GuessWords(contact.guesses(i))});
      }
      return;
    case ImportedContact::OUTCOME_PROPOSED:
      return table.Add({line, "proposes", DescriptionWords(contact.proposed())});
    case ImportedContact::OUTCOME_CREATED:
      return table.Add({line, "made", absl::StrCat(contact.contact(), "  ", DescriptionWords(contact.proposed()))});
    default:
      return table.Add({line, "stands alone"});
  }
}

void PrintContacts(std::ostream& out, const ImportReport& report) {
  if (report.contacts().empty()) return;
  bool proposes = false;
  Table table(2);
  for (const auto& contact : report.contacts()) {
    proposes |= contact.outcome() == releases::v1::ImportedContact::OUTCOME_PROPOSED;
    AddContact(contact, table);
  }
  out << (proposes ? "Contacts (proposed ones are made by --create-contacts)\n" : "Contacts\n");
  table.Print(out);
}

}  // namespace

void PrintImport(std::ostream& out, const releases::v1::ImportReleaseResponse& response) {
  const auto& release = response.release();
  if (release.name().empty()) {
    out << "Nothing was stored. The release would be:\n";
  } else {
    out << "Imported as " << Printable(release.name()) << " (" << EnumWords(release.state()) << ")\n";
  }
  out << "  " << Printable(release.content().headline()) << " [" << Printable(release.content().language()) << "]\n";
  PrintRecognised(out, response.report());
  PrintSetApart(out, response.report());
  PrintFindings(out, response.report().findings());
  PrintContacts(out, response.report());
  PrintSections(out, response);
  if (!release.name().empty()) {
    out << "Next: communique release submit " << Printable(release.name()) << '\n';
  }
}

}  // namespace communique::command
