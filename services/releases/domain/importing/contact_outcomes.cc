// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_outcomes.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "services/releases/domain/importing/contact_description.h"
#include "services/releases/domain/importing/import_findings.h"
#include "services/releases/domain/text/block_text.h"
#include "services/releases/domain/text/line_index.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

using Outcome = v1::ImportedContact;
using v1::Finding;

// What Finding.excerpt may hold.
constexpr std::size_t kExcerpt = 200;

// Where a line begins in the file, as the report has it.
TextPosition PlaceOf(const v1::ContactLine& line, const v1::ImportReport& report) {
  const auto part = std::find_if(report.parts().begin(), report.parts().end(),
                                 [&](const auto& each) { return each.part_id() == line.part_id(); });
  if (part == report.parts().end()) return {};
  return {part->line(), part->column()};
}

// Adds findings about one line.
class LineFindings {
 public:
  LineFindings(const v1::ContactLine& line, v1::ImportReport& report)
      : line_(line), place_(PlaceOf(line, report)), report_(report) {}

  void Add(std::string_view rule, Finding::Severity severity, std::string message) {
    AddAt(rule, severity, place_, ContactLineText(line_), std::move(message));
  }
  // About the piece number `number` (from 0) of this kind.
  void AddToPiece(std::string_view rule, Finding::Severity severity, v1::ContactSegment::Kind kind, int number,
                  std::string message) {
    std::string before;
    for (const v1::ContactSegment& segment : line_.segments()) {
      if (segment.kind() == kind && number-- == 0) {
        const TextPosition inside = LineIndex(before).Find(before.size());
        const TextPosition place{place_.line + inside.line - 1,
                                 inside.line == 1 ? place_.column + inside.column - 1 : inside.column};
        return AddAt(rule, severity, place, segment.value(), std::move(message));
      }
      before += segment.value();
    }
  }

 private:
  void AddAt(std::string_view rule, Finding::Severity severity, TextPosition place, std::string_view excerpt,
             std::string message) {
    Finding& finding = *report_.add_findings();
    finding.set_rule(std::string(rule));
    finding.set_severity(severity);
    finding.set_source(Finding::SOURCE_IMPORT);
    finding.set_message(std::move(message));
    finding.set_part_id(line_.part_id());
    finding.set_line(place.line);
    finding.set_column(place.column);
    finding.set_excerpt(std::string(FirstCodePoints(excerpt, kExcerpt)));
  }

  const v1::ContactLine& line_;
  const TextPosition place_;
  v1::ImportReport& report_;
};

Outcome& AddOutcome(const v1::ContactLine& line, Outcome::Outcome what, v1::ImportReport& report) {
  Outcome& outcome = *report.add_contacts();
  outcome.set_part_id(line.part_id());
  outcome.set_line(PlaceOf(line, report).line);
  outcome.set_outcome(what);
  return outcome;
}

void CheckAddress(const KnownAddress& address, const std::string& contact, v1::ContactSegment::Kind kind, int number,
                  LineFindings& findings) {
  const std::string what = kind == v1::ContactSegment::KIND_EMAIL ? "mailbox" : "number";
  if (address.standing == AddressStanding::kPublic || !address.usable) return;
  if (address.standing == AddressStanding::kNotPublic) {
    return findings.AddToPiece(kContactAddressRule, Finding::SEVERITY_WARNING, kind, number,
                               "The line prints a " + what + " that " + contact +
                                   " keeps from the public. Take it out of the line, or make it PUBLIC there.");
  }
  // The line prints a person and a desk, each with a mailbox of its own.
  if (address.role_mailbox && !address.desk.empty()) return;
  findings.AddToPiece(kContactAddressRule, Finding::SEVERITY_WARNING, kind, number,
                      "The line prints a " + what + " that " + contact +
                          " does not have, or not for the public. One of the two is out of date.");
}

void ReportMatched(const AskedLine& asked, const ContactAnswer& answer, v1::ContactLine& line, Outcome& outcome,
                   LineFindings& findings) {
  const v1::ContactGuess& guess = answer.guesses.front();
  line.set_contact(guess.contact());
  outcome.set_contact(guess.contact());
  if (guess.state() == v1::ContactGuess::STATE_DEACTIVATED) {
    findings.Add(kContactDeactivatedRule, Finding::SEVERITY_WARNING,
                 "The line prints " + guess.contact() +
                     ", which is deactivated: readers are shown its substitute, or nobody. Print somebody who is in "
                     "use.");
  } else if (guess.state() != v1::ContactGuess::STATE_ACTIVE) {
    findings.Add(kContactUnconfirmedRule, Finding::SEVERITY_HINT,
                 "The line prints " + guess.contact() +
                     ", which nobody has confirmed yet: look at it in the contacts service before the release is "
                     "published.");
  }
  const auto count = [](const auto& list, int size) { return std::min(static_cast<int>(list.size()), size); };
  for (int i = 0; i < count(answer.emails, asked.description.emails_size()); ++i) {
    CheckAddress(answer.emails[static_cast<std::size_t>(i)], guess.contact(), v1::ContactSegment::KIND_EMAIL, i,
                 findings);
  }
  for (int i = 0; i < count(answer.phones, asked.description.phones_size()); ++i) {
    CheckAddress(answer.phones[static_cast<std::size_t>(i)], guess.contact(), v1::ContactSegment::KIND_PHONE, i,
                 findings);
  }
}

// The contact that a description would make. Which addresses it does not get is said.
v1::ContactDescription Proposed(const AskedLine& asked, const ContactAnswer& answer, std::string& left_out) {
  v1::ContactDescription proposed = asked.description;
  proposed.set_organization(answer.organization);
  proposed.clear_emails();
  proposed.clear_phones();
  const bool person = proposed.kind() == v1::ContactDescription::KIND_PERSON;
  const bool has_own = std::any_of(answer.emails.begin(), answer.emails.end(),
                                   [](const KnownAddress& address) { return address.usable && !address.role_mailbox; });
  bool desks = false;
  bool unusable = false;
  for (int i = 0; i < asked.description.emails_size(); ++i) {
    const auto& known = answer.emails[static_cast<std::size_t>(i)];
    // A person without a mailbox of their own is reached at the desk's.
    const bool a_desks = person && known.role_mailbox && (has_own || !known.desk.empty());
    desks |= known.usable && a_desks;
    unusable |= !known.usable;
    if (known.usable && !a_desks) proposed.add_emails(asked.description.emails(i));
  }
  for (int i = 0; i < asked.description.phones_size(); ++i) {
    const bool usable = answer.phones[static_cast<std::size_t>(i)].usable;
    unusable |= !usable;
    if (usable) proposed.add_phones(asked.description.phones(i));
  }
  if (desks) left_out += " The desk's mailbox in the line is not the person's: it belongs to a contact of its own.";
  if (unusable) {
    left_out += " An address or number in the line is left out: it is none, or of no known country.";
  }
  return proposed;
}

void ReportProposed(const AskedLine& asked, const ContactAnswer& answer, Outcome& outcome, LineFindings& findings) {
  std::string left_out;
  *outcome.mutable_proposed() = Proposed(asked, answer, left_out);
  findings.Add(kContactProposedRule, Finding::SEVERITY_HINT,
               "No contact is known like this one. It can be made by importing with create_contacts, UNCONFIRMED until "
               "somebody looks at it; or make it in the contacts service." +
                   left_out);
}

void ReportAnswer(const AskedLine& asked, const ContactAnswer& answer, ImportResult& result) {
  v1::ContactLine& line = *result.content.mutable_contact_lines(asked.index);
  Outcome& outcome = AddOutcome(line, Outcome::OUTCOME_NOT_ASKED, result.report);
  LineFindings findings(line, result.report);
  for (const v1::ContactGuess& guess : answer.guesses) *outcome.add_guesses() = guess;
  if (!answer.guesses.empty() && answer.guesses.front().certain()) {
    outcome.set_outcome(Outcome::OUTCOME_MATCHED);
    ReportMatched(asked, answer, line, outcome, findings);
  } else if (!answer.guesses.empty()) {
    outcome.set_outcome(Outcome::OUTCOME_AMBIGUOUS);
    findings.Add(kContactAmbiguousRule, Finding::SEVERITY_HINT,
                 "The line may mean a known contact, but that is not certain. Choose one of those that the report "
                 "names, or leave the line as it is.");
  } else if (!asked.description.name().empty()) {
    outcome.set_outcome(Outcome::OUTCOME_PROPOSED);
    ReportProposed(asked, answer, outcome, findings);
  }
}

// The finding that proposed a contact, now that there is more to say.
void ReplaceProposal(const std::string& part_id, std::string_view rule, Finding::Severity severity,
                     const std::string& message, v1::ImportReport& report) {
  for (Finding& finding : *report.mutable_findings()) {
    if (finding.rule() != kContactProposedRule || finding.part_id() != part_id) continue;
    finding.set_rule(std::string(rule));
    finding.set_severity(severity);
    finding.set_message(message);
  }
}

}  // namespace

std::vector<AskedLine> LinesToAsk(const v1::ReleaseContent& content, int max) {
  std::vector<AskedLine> asked;
  for (int i = 0; i < content.contact_lines_size() && static_cast<int>(asked.size()) < max; ++i) {
    if (auto description = DescribeContact(content.contact_lines(i))) asked.push_back({i, *std::move(description)});
  }
  return asked;
}

void ReportNotAsked(std::string_view why, ImportResult& result) {
  result.report.clear_contacts();
  for (const v1::ContactLine& line : result.content.contact_lines()) {
    AddOutcome(line, Outcome::OUTCOME_NOT_ASKED, result.report);
  }
  if (result.content.contact_lines().empty()) return;
  LineFindings(result.content.contact_lines(0), result.report)
      .Add(kContactsNotMatchedRule, Finding::SEVERITY_HINT,
           "The contact lines were not compared with the contacts that are known: " + std::string(why) +
               ". They stand as they are printed.");
  SortFindings(result.report);
}

void ReportContacts(std::span<const AskedLine> asked, std::span<const ContactAnswer> answers, ImportResult& result) {
  result.report.clear_contacts();
  std::size_t next = 0;
  for (int i = 0; i < result.content.contact_lines_size(); ++i) {
    if (next < std::min(asked.size(), answers.size()) && asked[next].index == i) {
      ReportAnswer(asked[next], answers[next], result);
      ++next;
      continue;
    }
    const v1::ContactLine& line = result.content.contact_lines(i);
    AddOutcome(line, Outcome::OUTCOME_NOT_ASKED, result.report);
    if (CountPersons(line) > 1) {
      LineFindings(line, result.report)
          .Add(kSeveralContactsRule, Finding::SEVERITY_HINT,
               "The line names several people: it refers to none of them. Give each a line to have them kept up to "
               "date.");
    }
  }
  SortFindings(result.report);
}

void ReportCreated(int index, const std::string& contact, ImportResult& result) {
  Outcome& outcome = *result.report.mutable_contacts(index);
  outcome.set_outcome(Outcome::OUTCOME_CREATED);
  outcome.set_contact(contact);
  // There is one entry a line.
  result.content.mutable_contact_lines(index)->set_contact(contact);
  ReplaceProposal(outcome.part_id(), kContactCreatedRule, Finding::SEVERITY_HINT,
                  contact +
                      " was made of this line, UNCONFIRMED and for the press office alone. Look at it in the "
                      "contacts service, and make PUBLIC what is to be printed of it.",
                  result.report);
}

void ReportNotCreated(int index, std::string_view why, ImportResult& result) {
  ReplaceProposal(
      result.report.contacts(index).part_id(), kContactNotCreatedRule, Finding::SEVERITY_WARNING,
      "The contacts service does not take this line for a contact: " + std::string(why) + ". Make the contact there.",
      result.report);
}

}  // namespace communique::releases
