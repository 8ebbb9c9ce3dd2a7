// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/print_choice.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/domain/contact_validity.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Reason;

// Why a contact is not printed at `at`; empty when it is.
std::string WhyNot(const v1::Contact& contact, absl::Time at) {
  switch (contact.state()) {
    case v1::Contact::STATE_ACTIVE:
      break;
    case v1::Contact::STATE_UNCONFIRMED:
      return "is not confirmed yet; confirm it by an update";
    case v1::Contact::STATE_DEACTIVATED:
      return "is deactivated";
    case v1::Contact::STATE_DELETED:
      return "is deleted";
    case v1::Contact::STATE_ERASED:
      return "was erased";
    default:
      return "is not in use";
  }
  if (contact.visibility() != v1::VISIBILITY_PUBLIC) return "is not PUBLIC, or not with the person's leave";
  if (at < ValidFrom(contact)) return "is not valid yet then";
  if (at >= ValidUntil(contact)) return "is not valid any more then";
  return {};
}

}  // namespace

absl::StatusOr<PrintWalk> WalkToPrinted(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup) {
  PrintWalk walk;
  const auto change_at = [&](absl::Time time) { walk.until = std::min(walk.until.value_or(time), time); };
  std::set<std::string> seen;
  v1::Contact contact = asked;
  walk.passed.push_back(asked.name());
  for (int substitutes = 0;;) {
    if (!seen.insert(contact.name()).second) {
      walk.reasons.push_back(absl::StrCat(contact.name(), " stands in for itself through others"));
      return walk;
    }
    const bool merged = contact.state() == v1::Contact::STATE_MERGED;
    if (!merged) {
      const std::string why_not = WhyNot(contact, at);
      if (why_not.empty()) {
        if (contact.has_valid_until()) change_at(ValidUntil(contact));
        walk.found = std::move(contact);
        walk.substitute = substitutes > 0;
        return walk;
      }
      walk.reasons.push_back(absl::StrCat(contact.name(), " ", why_not));
      // It comes before those that stand in for it, as soon as it begins.
      if (const absl::Time begin = ValidFrom(contact); at < begin) {
        if (WhyNot(contact, begin).empty()) change_at(begin);
      }
    }
    const std::string next = merged ? contact.merged_into() : contact.substitute();
    if (next.empty()) return walk;
    if (!merged && ++substitutes > kMaxSubstitutesInARow) {
      walk.reasons.push_back(absl::StrCat("more than ", kMaxSubstitutesInARow, " contacts stand in for each other"));
      return walk;
    }
    walk.passed.push_back(next);
    auto found = lookup(next);
    if (!found.ok()) return found.status();
    if (!*found) {
      walk.reasons.push_back(absl::StrCat("there is no contact ", next));
      return walk;
    }
    contact = **std::move(found);
  }
}

ContactLookup Remembering(const ContactLookup& lookup) {
  using Known = std::map<std::string, std::optional<v1::Contact>>;
  return [&lookup,
          known = std::make_shared<Known>()](const std::string& name) -> absl::StatusOr<std::optional<v1::Contact>> {
    if (const auto found = known->find(name); found != known->end()) return found->second;
    auto contact = lookup(name);
    if (contact.ok()) known->emplace(name, *contact);
    return contact;
  };
}

bool IsPrintable(const v1::Contact& contact, absl::Time at) { return WhyNot(contact, at).empty(); }

absl::StatusOr<PrintChoice> ChoosePrinted(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup) {
  const ContactLookup once = Remembering(lookup);
  auto walk = WalkToPrinted(asked, at, once);
  if (!walk.ok()) return walk.status();
  if (!walk->found) {
    return platform::FailedPrecondition(
        Reason::ERROR_REASON_NOT_PRINTABLE, asked.name(),
        absl::StrCat("nothing of ", asked.name(), " may be printed then: ", absl::StrJoin(walk->reasons, "; ")));
  }
  PrintChoice choice;
  choice.asked = asked.name();
  choice.contact = *std::move(walk->found);
  choice.until = walk->until;
  if (choice.until) {
    auto then = WalkToPrinted(asked, *choice.until, once);
    if (!then.ok()) return then.status();
    if (then->found) choice.stand_in = then->found->name();
  }
  return choice;
}

absl::Status CheckSubstitutes(const v1::Contact& contact, const ContactLookup& lookup) {
  std::set<std::string> seen = {contact.name()};
  std::string next = contact.substitute();
  for (int substitutes = 0; !next.empty();) {
    if (!seen.insert(next).second) {
      return platform::FailedPrecondition(Reason::ERROR_REASON_SUBSTITUTE_CYCLE, contact.name(),
                                          absl::StrCat("the substitute ", contact.substitute(), " leads back to ", next,
                                                       "; choose one whose own substitutes end elsewhere"));
    }
    auto found = lookup(next);
    if (!found.ok()) return found.status();
    if (!*found) return absl::OkStatus();
    const bool merged = (*found)->state() == v1::Contact::STATE_MERGED;
    if (!merged && ++substitutes > kMaxSubstitutesInARow) {
      return platform::FailedPrecondition(
          Reason::ERROR_REASON_SUBSTITUTE_CYCLE, contact.name(),
          absl::StrCat("the substitute ", contact.substitute(), " has more than ", kMaxSubstitutesInARow - 1,
                       " substitutes behind it; choose one that is in use"));
    }
    next = merged ? (*found)->merged_into() : (*found)->substitute();
  }
  return absl::OkStatus();
}

}  // namespace communique::contacts
