// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/printed_values.h"

#include <algorithm>
#include <string>

#include "services/contacts/domain/text/phone_number.h"

namespace communique::contacts {
namespace {

using Printing = v1::ContactPrinting;

// How much alike a printed value and one of the contact's are.
enum class Likeness { kOther, kAlike, kSame };

Likeness Compare(const EmailAddress& printed, std::string_view address, const EmailRules& rules) {
  const auto own = ParseEmailAddress(address, rules);
  if (!own.ok()) return Likeness::kOther;
  if (MailboxKey(printed) == MailboxKey(*own)) return Likeness::kSame;
  return MailboxHint(printed) == MailboxHint(*own) ? Likeness::kAlike : Likeness::kOther;
}

Likeness Compare(std::string_view printed, const v1::PhoneNumber& own) {
  const auto dialled = ParsePhoneNumber(own.e164(), "");
  if (!dialled.ok()) return Likeness::kOther;
  const auto number = ParsePhoneNumber(printed, dialled->region);
  if (!number.ok() || number->e164 != own.e164()) return Likeness::kOther;
  return number->extension == own.extension() ? Likeness::kSame : Likeness::kAlike;
}

// As people write it: with or without scheme, "www." and a slash at the end.
std::string BareUri(std::string_view uri) {
  for (const std::string_view prefix : {"https://", "http://", "www."}) {
    if (uri.starts_with(prefix)) uri.remove_prefix(prefix.size());
  }
  if (uri.ends_with('/')) uri.remove_suffix(1);
  return std::string(uri);
}

// The standing by the values that are most alike. Of several that are equally alike, one that is withheld decides.
class Finding {
 public:
  void Add(Likeness likeness, v1::Visibility visibility) {
    if (likeness == Likeness::kOther || likeness < likeness_) return;
    const bool is_public = visibility == v1::VISIBILITY_PUBLIC && (likeness > likeness_ || !withheld_);
    likeness_ = likeness;
    withheld_ = !is_public;
  }
  Printing::Standing standing() const {
    if (likeness_ == Likeness::kOther) return Printing::STANDING_UNKNOWN;
    return withheld_ ? Printing::STANDING_WITHHELD : Printing::STANDING_PUBLIC;
  }

 private:
  Likeness likeness_ = Likeness::kOther;
  bool withheld_ = false;
};

}  // namespace

Printing::Standing StandingOf(std::string_view value, const v1::Contact& contact, const EmailRules& rules) {
  Finding finding;
  const auto shown = [&](v1::Visibility visibility) { return std::min(visibility, contact.visibility()); };
  if (const auto printed = ParseEmailAddress(value, rules); printed.ok()) {
    for (const auto& email : contact.emails()) {
      finding.Add(Compare(*printed, email.address(), rules), shown(email.visibility()));
    }
    return finding.standing();
  }
  for (const auto& phone : contact.phones()) finding.Add(Compare(value, phone), shown(phone.visibility()));
  for (const auto& web : contact.web_addresses()) {
    const bool same = BareUri(web.uri()) == BareUri(value) || (!web.label().empty() && web.label() == value);
    finding.Add(same ? Likeness::kSame : Likeness::kOther, shown(web.visibility()));
  }
  return finding.standing();
}

}  // namespace communique::contacts
