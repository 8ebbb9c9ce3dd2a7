// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/import_contacts.h"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"
#include "services/releases/domain/importing/contact_outcomes.h"
#include "services/releases/domain/names.h"

namespace communique::releases {
namespace {

using contacts::v1::CandidateMatches;
using contacts::v1::Contact;
using contacts::v1::ContactCandidate;
using contacts::v1::ContactMatch;
using platform::Reason;

// How the source of a contact's data may be told: what contacts take.
constexpr std::size_t kSourceCharacters = 300;

ContactCandidate CandidateFrom(const v1::ContactDescription& description) {
  ContactCandidate candidate;
  // A line without a person may still mean one: "Media enquiries: +41 22 555 01 00".
  if (description.kind() == v1::ContactDescription::KIND_PERSON) candidate.set_kind(Contact::KIND_PERSON);
  if (description.kind() == v1::ContactDescription::KIND_PERSON ||
      description.name() != description.organization_name()) {
    if (!description.name().empty()) candidate.add_names(description.name());
  }
  candidate.set_role(description.role());
  candidate.set_organization_name(description.organization_name());
  *candidate.mutable_emails() = description.emails();
  *candidate.mutable_phones() = description.phones();
  return candidate;
}

// The values of both contracts have the same names; one that is not known here is left out.
v1::ContactGuess GuessFrom(const ContactMatch& match) {
  v1::ContactGuess guess;
  guess.set_contact(match.contact());
  guess.set_display_name(match.display_name());
  guess.set_score(match.score());
  guess.set_certain(match.certain());
  v1::ContactGuess::State state = v1::ContactGuess::STATE_UNSPECIFIED;
  if (v1::ContactGuess::State_Parse(Contact::State_Name(match.state()), &state)) guess.set_state(state);
  for (const int number : match.reasons()) {
    v1::ContactGuess::Reason reason = v1::ContactGuess::REASON_UNSPECIFIED;
    if (v1::ContactGuess::Reason_Parse(ContactMatch::Reason_Name(static_cast<ContactMatch::Reason>(number)), &reason)) {
      guess.add_reasons(reason);
    }
  }
  return guess;
}

AddressStanding StandingFrom(const google::protobuf::RepeatedField<int>& standings, int index) {
  if (index >= standings.size()) return AddressStanding::kMissing;
  switch (standings.Get(index)) {
    case ContactMatch::STANDING_PUBLIC:
      return AddressStanding::kPublic;
    case ContactMatch::STANDING_NOT_PUBLIC:
      return AddressStanding::kNotPublic;
    default:
      return AddressStanding::kMissing;
  }
}

ContactAnswer AnswerFrom(const CandidateMatches& matches) {
  ContactAnswer answer;
  for (const ContactMatch& match : matches.matches()) answer.guesses.push_back(GuessFrom(match));
  const ContactMatch& best = matches.matches().empty() ? ContactMatch::default_instance() : matches.matches(0);
  answer.organization = matches.organization();
  for (int i = 0; i < matches.emails_size(); ++i) {
    const auto& email = matches.emails(i);
    answer.emails.push_back({email.usable(), email.role_mailbox(), email.desk(), StandingFrom(best.emails(), i)});
  }
  for (int i = 0; i < matches.phones_size(); ++i) {
    answer.phones.push_back({.usable = matches.phones(i).usable(), .standing = StandingFrom(best.phones(), i)});
  }
  return answer;
}

bool Answers(const contacts::v1::MatchContactsResponse& response, std::span<const AskedLine> asked) {
  if (static_cast<std::size_t>(response.results_size()) != asked.size()) return false;
  for (int i = 0; i < response.results_size(); ++i) {
    const v1::ContactDescription& description = asked[static_cast<std::size_t>(i)].description;
    if (response.results(i).emails_size() != description.emails_size()) return false;
    if (response.results(i).phones_size() != description.phones_size()) return false;
  }
  return true;
}

absl::StatusOr<std::vector<ContactAnswer>> Ask(const Environment& environment, const Caller& caller,
                                               const std::string& newsroom, std::span<const AskedLine> asked) {
  contacts::v1::MatchContactsRequest request;
  request.set_newsroom(newsroom);
  // This service may read what is personal; who imports learns of it no more than they may read themselves.
  request.set_printed_only(!caller.May(common::v1::PERMISSION_READ_PERSONAL));
  for (const AskedLine& line : asked) *request.add_candidates() = CandidateFrom(line.description);
  const auto response = environment.contacts->Match(caller, request);
  if (absl::IsNotFound(response.status())) {
    return platform::Unavailable(
        Reason::ERROR_REASON_PEER_UNAVAILABLE,
        absl::StrCat("the contacts service does not know ", newsroom, " yet; nothing was changed here, try again"),
        absl::Seconds(1), {{"peer", "contacts"}});
  }
  if (!response.ok()) return response.status();
  if (!Answers(*response, asked)) {
    return platform::InternalError("the contacts service gave another number of answers than there were questions");
  }
  std::vector<ContactAnswer> answers;
  for (const CandidateMatches& matches : response->results()) answers.push_back(AnswerFrom(matches));
  return answers;
}

// How its data came to a contact: the same for a repeated request, which has no other name for the release either.
std::string SourceOf(const v1::ImportReleaseRequest& request, const ReadImport& read) {
  if (request.release_id().empty()) {
    return platform::Excerpt(absl::StrCat("import into ", read.newsroom.name(), ": ", read.result.content.headline()),
                             kSourceCharacters);
  }
  return absl::StrCat(
      "import of ", ReleaseName{NewsroomName::Parse(read.newsroom.name())->newsroom, request.release_id()}.ToString());
}

// Nothing of it is for anybody but the press office: that a text prints it does not say that everything may.
Contact ContactFrom(const v1::ContactDescription& description, const std::string& language, std::string source) {
  Contact contact;
  contact.set_visibility(contacts::v1::VISIBILITY_INTERNAL);
  contact.set_source(std::move(source));
  contact.set_organization(description.organization());
  const auto in_language = [&](const std::string& text, common::v1::LocalizedText& entry) {
    entry.set_locale(language);
    entry.set_text(text);
  };
  if (description.kind() == v1::ContactDescription::KIND_PERSON) {
    contact.set_kind(Contact::KIND_PERSON);
    contact.add_person_names()->set_display_name(description.name());
  } else {
    contact.set_kind(Contact::KIND_DESK);
    in_language(description.name(), *contact.add_desk_names());
  }
  if (!description.role().empty() && description.role() != description.name()) {
    in_language(description.role(), *contact.add_role_titles());
  }
  for (const std::string& address : description.emails()) {
    contact.add_emails()->set_address(address);
    contact.mutable_emails()->rbegin()->set_visibility(contacts::v1::VISIBILITY_INTERNAL);
  }
  for (const std::string& number : description.phones()) {
    contact.add_phones()->set_number(number);
    contact.mutable_phones()->rbegin()->set_visibility(contacts::v1::VISIBILITY_INTERNAL);
  }
  return contact;
}

bool Proposes(const v1::ImportReport& report) {
  for (const auto& contact : report.contacts()) {
    if (contact.outcome() == v1::ImportedContact::OUTCOME_PROPOSED) return true;
  }
  return false;
}

// What is wrong with one line does not keep the others from being stored; that nobody answers does.
bool IsAboutTheContact(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsFailedPrecondition(status);
}

absl::Status MakeContacts(const Environment& environment, const Caller& caller, const v1::ImportReleaseRequest& request,
                          ReadImport& read) {
  ImportResult& result = read.result;
  // Somebody who is printed twice is made once.
  std::map<std::string, std::string> made;
  for (int i = 0; i < result.report.contacts_size(); ++i) {
    const v1::ImportedContact& line = result.report.contacts(i);
    if (line.outcome() != v1::ImportedContact::OUTCOME_PROPOSED) continue;
    std::string& name = made[line.proposed().SerializeAsString()];
    if (name.empty()) {
      contacts::v1::CreateContactRequest create;
      create.set_parent(read.newsroom.name());
      create.set_unconfirmed(true);
      create.set_request_id(request.request_id());
      *create.mutable_contact() = ContactFrom(line.proposed(), result.content.language(), SourceOf(request, read));
      const auto contact = environment.contacts->Create(caller, create, "create-contact:" + line.part_id());
      if (!contact.ok() && !IsAboutTheContact(contact.status())) return contact.status();
      if (!contact.ok()) {
        ReportNotCreated(i, platform::ToStd(contact.status().message()), result);
        continue;
      }
      name = contact->name();
    }
    ReportCreated(i, name, result);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status MatchContactLines(const Environment& environment, const Caller& caller,
                               const v1::ImportReleaseRequest& request, ReadImport& read) {
  const std::vector<AskedLine> asked = LinesToAsk(read.result.content);
  if (environment.contacts == nullptr) {
    if (request.create_contacts()) {
      return platform::FailedPrecondition(
          Reason::ERROR_REASON_CONTACTS_NOT_CONFIGURED, read.newsroom.name(),
          "create_contacts: this installation has no contacts service (peers.contacts.address); import without it");
    }
    ReportNotAsked("this installation has no contacts service", read.result);
    return absl::OkStatus();
  }
  if (asked.empty()) {
    ReportContacts({}, {}, read.result);
    return absl::OkStatus();
  }
  const auto answers = Ask(environment, caller, read.newsroom.name(), asked);
  if (answers.ok()) {
    ReportContacts(asked, *answers, read.result);
    return absl::OkStatus();
  }
  if (request.create_contacts()) return answers.status();
  ReportNotAsked("the contacts service gave no answer", read.result);
  return absl::OkStatus();
}

absl::StatusOr<Written<v1::ImportReleaseResponse>> StoreImportWithContacts(const Environment& environment,
                                                                           const Caller& caller,
                                                                           const v1::ImportReleaseRequest& request,
                                                                           ReadImport read) {
  if (auto status = MatchContactLines(environment, caller, request, read); !status.ok()) return status;
  const bool make = request.create_contacts() && !request.validate_only() && Proposes(read.result.report);
  if (!make) return StoreImport(environment, caller, request, read);
  v1::ImportReleaseRequest check = request;
  check.set_validate_only(true);
  const auto checked = StoreImport(environment, caller, check, read);
  // An import that was made already, under the name it chose, is answered by repeating it: nothing is left to make.
  const bool repeated = absl::IsAlreadyExists(checked.status()) && !request.request_id().empty();
  if (!checked.ok() && !repeated) return checked.status();
  if (checked.ok()) {
    if (auto status = MakeContacts(environment, caller, request, read); !status.ok()) return status;
  }
  return StoreImport(environment, caller, request, read);
}

}  // namespace communique::releases
