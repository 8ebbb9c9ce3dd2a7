// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/match.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "services/contacts/domain/name_agreement.h"
#include "services/contacts/domain/search_keys.h"
#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/language.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/contacts/domain/text/word_keys.h"

namespace communique::contacts {
namespace {

using Match = v1::ContactMatch;

constexpr int kPersonsMailbox = 6;
constexpr int kDesksMailbox = 7;
constexpr int kPhone = 3;
constexpr int kSameName = 5;
constexpr int kSimilarName = 3;
constexpr int kOtherName = -4;
constexpr int kOrganization = 2;
constexpr int kOtherOrganization = -2;
constexpr int kRole = 1;

constexpr int kTold = 3;
constexpr int kCertain = 7;
constexpr int kLead = 2;
constexpr std::size_t kMostMatches = 5;

// A mailbox of the candidate.
struct Mailbox {
  std::string key;  // empty: no address
  bool role = false;
};

Mailbox ReadMailbox(const std::string& address, const ContactRules& rules) {
  const auto parsed = ParseEmailAddress(address, rules.email);
  if (!parsed.ok()) return {};
  return {MailboxHint(*parsed), rules.role_mailboxes.Contains(parsed->local_part)};
}

Match::Standing StandingOf(v1::Visibility visibility, const KnownContact& known) {
  if (visibility == v1::VISIBILITY_PUBLIC && known.contact.visibility() == v1::VISIBILITY_PUBLIC) {
    return Match::STANDING_PUBLIC;
  }
  return known.printed_only ? Match::STANDING_MISSING : Match::STANDING_NOT_PUBLIC;
}

// A contact may have an address twice, once for the house: the widest one counts, and the values are in that order.
Match::Standing Widest(Match::Standing a, Match::Standing b) { return std::min(a, b); }

Match::Standing StandingOf(const Mailbox& mailbox, const KnownContact& known) {
  Match::Standing standing = Match::STANDING_MISSING;
  for (const auto& email : known.contact.emails()) {
    const auto key = MailboxSearchKey(email.address());
    if (key && key->key == mailbox.key) standing = Widest(standing, StandingOf(email.visibility(), known));
  }
  return standing;
}

// A number without "+" is the contact's when it is in the contact's country.
bool IsNumber(const v1::PhoneNumber& phone, const std::string& printed, const std::string& region) {
  for (const std::string& country : {region, phone.region()}) {
    const auto number = ParsePhoneNumber(printed, country);
    if (!number.ok() || number->e164 != phone.e164()) continue;
    return number->extension == phone.extension() || number->extension.empty() || phone.extension().empty();
  }
  return false;
}

Match::Standing StandingOf(const std::string& printed, const std::string& region, const KnownContact& known) {
  Match::Standing standing = Match::STANDING_MISSING;
  for (const auto& phone : known.contact.phones()) {
    if (IsNumber(phone, printed, region)) standing = Widest(standing, StandingOf(phone.visibility(), known));
  }
  return standing;
}

// Spellings that only searches use, from contacts that went into this one, are compared and not shown.
bool IsShown(const std::string& locale) { return !IsSearchSpelling(locale); }

// How names agree at best, and in which spelling of the contact's.
struct Agreement {
  NameAgreement how = NameAgreement::kUnsaid;
  std::string shown;
};

class Names {
 public:
  explicit Names(std::vector<std::string> printed) : printed_(std::move(printed)) {}

  void Compare(const std::string& name, const std::string& locale) {
    for (const std::string& printed : printed_) {
      const NameAgreement how = CompareNames(printed, name);
      if (!best_ || how > *best_) best_ = how;
      if (IsShown(locale) && (!shown_by_ || how > *shown_by_)) {
        shown_by_ = how;
        shown_ = name;
      }
    }
    if (shown_.empty() && IsShown(locale)) shown_ = name;
  }
  Agreement Best() const { return {best_.value_or(NameAgreement::kUnsaid), shown_}; }

 private:
  const std::vector<std::string> printed_;
  std::optional<NameAgreement> best_;
  std::optional<NameAgreement> shown_by_;
  std::string shown_;
};

Agreement CompareNames(const v1::ContactCandidate& candidate, const v1::Contact& contact) {
  std::vector<std::string> printed(candidate.names().begin(), candidate.names().end());
  // What is printed like an organisation may be a desk of it: "Press office".
  const bool desk = contact.kind() == v1::Contact::KIND_DESK;
  if (desk && !candidate.organization_name().empty()) printed.push_back(candidate.organization_name());
  Names names(std::move(printed));
  for (const auto& name : contact.person_names()) names.Compare(name.display_name(), name.locale());
  for (const auto& name : contact.desk_names()) names.Compare(name.text(), name.locale());
  return names.Best();
}

bool HasRole(const v1::Contact& contact, const std::string& printed) {
  const std::string key = NameKey(printed);
  if (key.empty()) return false;
  return std::any_of(contact.role_titles().begin(), contact.role_titles().end(),
                     [&](const auto& title) { return NameKey(title.text()) == key; });
}

bool MayBe(v1::Contact::Kind candidate, v1::Contact::Kind contact) {
  if (contact != v1::Contact::KIND_PERSON && contact != v1::Contact::KIND_DESK) return false;
  return candidate == v1::Contact::KIND_UNSPECIFIED || candidate == contact;
}

// What speaks for one contact and against it.
class Weighing {
 public:
  Weighing(const v1::ContactCandidate& candidate, const std::vector<Mailbox>& mailboxes,
           const MeantOrganizations& organizations, const KnownContact& known)
      : candidate_(candidate),
        mailboxes_(mailboxes),
        organizations_(organizations),
        known_(known),
        desk_(known.contact.kind() == v1::Contact::KIND_DESK) {}

  Match Weigh() {
    match_.set_contact(known_.contact.name());
    match_.set_etag(known_.contact.etag());
    match_.set_kind(known_.contact.kind());
    match_.set_state(known_.contact.state());
    WeighAddresses();
    WeighName();
    WeighOrganization();
    if (HasRole(known_.contact, candidate_.role())) Add(Match::REASON_ROLE, kRole);
    match_.set_score(score_);
    for (const Match::Reason reason : reasons_) match_.add_reasons(reason);
    return std::move(match_);
  }

 private:
  void Add(Match::Reason reason, int points) {
    if (reasons_.insert(reason).second) score_ += points;
  }

  void WeighAddresses() {
    bool own = false;
    bool role = false;
    for (const Mailbox& mailbox : mailboxes_) {
      const auto standing = mailbox.key.empty() ? Match::STANDING_MISSING : StandingOf(mailbox, known_);
      match_.add_emails(standing);
      if (standing != Match::STANDING_MISSING) (mailbox.role ? role : own) = true;
    }
    if (desk_ && (role || own)) {
      Add(Match::REASON_EMAIL, role ? kDesksMailbox : kPersonsMailbox);
    } else if (own) {
      Add(Match::REASON_EMAIL, kPersonsMailbox);
    }
    role_mailbox_ = role && !desk_;
    const std::string region = organizations_.certain == nullptr ? "" : organizations_.certain->country();
    for (const std::string& phone : candidate_.phones()) {
      const auto standing = StandingOf(phone, region, known_);
      match_.add_phones(standing);
      if (standing != Match::STANDING_MISSING) Add(Match::REASON_PHONE, kPhone);
    }
  }

  void WeighName() {
    const Agreement agreement = CompareNames(candidate_, known_.contact);
    match_.set_display_name(agreement.shown);
    if (agreement.how == NameAgreement::kSame) Add(Match::REASON_NAME, kSameName);
    if (agreement.how == NameAgreement::kSimilar) Add(Match::REASON_SIMILAR_NAME, kSimilarName);
    // What is printed beside a mailbox may be a role or an office and no name: it says nothing against anybody.
    const bool persons = candidate_.kind() == v1::Contact::KIND_PERSON;
    if (agreement.how == NameAgreement::kOther && persons) Add(Match::REASON_OTHER_NAME, kOtherName);
  }

  void WeighOrganization() {
    const bool same = std::any_of(known_.organizations.begin(), known_.organizations.end(),
                                  [&](const std::string& name) { return organizations_.names.contains(name); });
    if (same) Add(Match::REASON_ORGANIZATION, kOrganization);
    if (role_mailbox_) Add(Match::REASON_ROLE_MAILBOX, same ? 0 : kOrganization);
    if (!same && organizations_.named && !known_.organizations.empty()) {
      Add(Match::REASON_OTHER_ORGANIZATION, kOtherOrganization);
    }
  }

  const v1::ContactCandidate& candidate_;
  const std::vector<Mailbox>& mailboxes_;
  const MeantOrganizations& organizations_;
  const KnownContact& known_;
  const bool desk_;
  bool role_mailbox_ = false;
  int score_ = 0;
  std::set<Match::Reason> reasons_;
  Match match_;
};

// Desks need no name: who reads their mailbox changes, and it stays theirs.
bool IsNamed(const Match& match) {
  return match.kind() == v1::Contact::KIND_DESK ||
         std::any_of(match.reasons().begin(), match.reasons().end(),
                     [](int reason) { return reason == Match::REASON_NAME || reason == Match::REASON_SIMILAR_NAME; });
}

// The one desk that has the mailbox.
std::string DeskOf(const Mailbox& mailbox, std::span<const KnownContact> known) {
  std::string desk;
  for (const KnownContact& each : known) {
    if (each.contact.kind() != v1::Contact::KIND_DESK) continue;
    if (StandingOf(mailbox, each) == Match::STANDING_MISSING) continue;
    if (!desk.empty()) return "";
    desk = each.contact.name();
  }
  return desk;
}

}  // namespace

v1::CandidateMatches MatchCandidate(const v1::ContactCandidate& candidate, const MeantOrganizations& organizations,
                                    std::span<const KnownContact> known, const ContactRules& rules) {
  v1::CandidateMatches result;
  std::vector<Mailbox> mailboxes;
  for (const std::string& address : candidate.emails()) {
    const Mailbox& mailbox = mailboxes.emplace_back(ReadMailbox(address, rules));
    auto& email = *result.add_emails();
    email.set_usable(!mailbox.key.empty());
    email.set_role_mailbox(mailbox.role);
    if (email.usable()) email.set_desk(DeskOf(mailbox, known));
  }
  const std::string region = organizations.certain == nullptr ? "" : organizations.certain->country();
  for (const std::string& phone : candidate.phones()) {
    result.add_phones()->set_usable(ParsePhoneNumber(phone, region).ok());
  }
  if (organizations.certain != nullptr) result.set_organization(organizations.certain->name());

  std::vector<Match> matches;
  for (const KnownContact& each : known) {
    if (!MayBe(candidate.kind(), each.contact.kind())) continue;
    Match match = Weighing(candidate, mailboxes, organizations, each).Weigh();
    if (match.score() >= kTold) matches.push_back(std::move(match));
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tuple(-a.score(), a.contact()) < std::tuple(-b.score(), b.contact());
  });
  if (!matches.empty()) {
    Match& best = matches.front();
    const bool leads = matches.size() == 1 || best.score() - matches[1].score() >= kLead;
    best.set_certain(best.score() >= kCertain && leads && IsNamed(best));
  }
  if (matches.size() > kMostMatches) matches.resize(kMostMatches);
  for (Match& match : matches) *result.add_matches() = std::move(match);
  return result;
}

}  // namespace communique::contacts
