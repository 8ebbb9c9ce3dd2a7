// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/contact_validation.h"

#include <set>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/contacts/domain/field_problems.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/text/country.h"
#include "services/contacts/domain/text/language.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/civil_time.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/locale/text.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using google::protobuf::RepeatedPtrField;
using platform::FieldViolations;

std::string Entry(std::string_view list, int index, std::string_view field = "") {
  return absl::StrCat(platform::ToAbsl(list), "[", index, "]", field.empty() ? "" : ".", platform::ToAbsl(field));
}

std::string_view RegionOf(const v1::PhoneNumber& phone, std::string_view default_region) {
  return phone.region().empty() ? default_region : std::string_view(phone.region());
}

// A list that is longer than it may be is not looked into: a file may bring hundreds of thousands of numbers, and each
// takes its time. How many there are is all that is said of them.
template <typename List, typename Visit>
void ForFew(List& list, int max, Visit visit) {
  if (list.size() > max) return;
  for (auto& entry : list) visit(entry);
}

bool IsFew(std::string_view list, int count, int max, FieldViolations& violations) {
  platform::CheckCount(std::string(list), count, max, violations);
  return count <= max;
}

// Names an enum's values in the contract's words.
void CheckVisibility(const std::string& path, v1::Visibility visibility, FieldViolations& violations) {
  if (!v1::Visibility_IsValid(visibility)) {
    violations.Add(
        path, absl::StrCat(static_cast<int>(visibility), " is not a visibility; it is INTERNAL, MEDIA_ONLY or PUBLIC"));
  }
}

void CheckPersonNames(const v1::Contact& contact, const ContactLimits& limits, FieldViolations& violations) {
  if (!IsFew("person_names", contact.person_names_size(), limits.person_names, violations)) return;
  std::set<std::string> locales;
  for (int i = 0; i < contact.person_names_size(); ++i) {
    const auto& name = contact.person_names(i);
    // Empty is the person's own language, whichever it is.
    if (!name.locale().empty()) platform::CheckLanguage(Entry("person_names", i, "locale"), name.locale(), violations);
    if (!locales.insert(name.locale()).second) {
      violations.Add(Entry("person_names", i, "locale"), name.locale().empty()
                                                             ? "is empty twice; say which language this name is in"
                                                             : "is there twice; one name per language is enough");
    }
    const std::size_t max = limits.name_characters;
    CheckName(Entry("person_names", i, "display_name"), name.display_name(), {max, true, NameLetters::kLetter},
              violations);
    CheckName(Entry("person_names", i, "given_name"), name.given_name(), {max, false, NameLetters::kLetter},
              violations);
    CheckName(Entry("person_names", i, "family_name"), name.family_name(), {max, false, NameLetters::kLetter},
              violations);
    CheckName(Entry("person_names", i, "honorific"), name.honorific(),
              {limits.honorific_characters, false, NameLetters::kLetter}, violations);
    CheckName(Entry("person_names", i, "phonetic"), name.phonetic(), {max, false, NameLetters::kLetter}, violations);
  }
}

void CheckTexts(std::string_view list, const RepeatedPtrField<common::v1::LocalizedText>& texts, int max_count,
                std::size_t max_characters, FieldViolations& violations) {
  if (!IsFew(list, texts.size(), max_count, violations)) return;
  std::set<std::string> locales;
  for (int i = 0; i < texts.size(); ++i) {
    platform::CheckLanguage(Entry(list, i, "locale"), texts[i].locale(), violations);
    if (!locales.insert(texts[i].locale()).second) {
      violations.Add(Entry(list, i, "locale"), "is there twice; one text per language is enough");
    }
    CheckName(Entry(list, i, "text"), texts[i].text(), {max_characters, true}, violations);
  }
}

// A person has a person's names and a desk a desk's.
void CheckKind(const v1::Contact& contact, FieldViolations& violations) {
  switch (contact.kind()) {
    case v1::Contact::KIND_PERSON:
      if (contact.person_names().empty()) {
        violations.Add("person_names", "must not be empty; a person has at least one name");
      }
      if (!contact.desk_names().empty()) {
        violations.Add("desk_names",
                       "must be empty; a person's names are person_names, and a desk is a contact of its own");
      }
      return;
    case v1::Contact::KIND_DESK:
      if (contact.desk_names().empty()) {
        violations.Add("desk_names", "must not be empty; a desk has a name in at least one language");
      }
      if (!contact.person_names().empty()) {
        violations.Add("person_names",
                       "must be empty; a desk's names are desk_names, and a person is a contact of its own");
      }
      return;
    default:
      violations.Add("kind", "must be PERSON or DESK");
  }
}

void CheckEmails(const ContactRules& rules, const v1::Contact& contact, FieldViolations& violations) {
  if (!IsFew("emails", contact.emails_size(), rules.limits.emails, violations)) return;
  std::set<std::string> seen;
  for (int i = 0; i < contact.emails_size(); ++i) {
    const std::string path = Entry("emails", i, "address");
    const auto parsed = ParseEmailAddress(contact.emails(i).address(), rules.email);
    if (!parsed.ok()) {
      AddProblem(path, parsed.problem(), violations);
    } else if (!seen.insert(MailboxKey(*parsed)).second) {
      violations.Add(path, "is there twice; take one out");
    }
    CheckVisibility(Entry("emails", i, "visibility"), contact.emails(i).visibility(), violations);
  }
}

void CheckPhones(const ContactLimits& limits, std::string_view default_region, const v1::Contact& contact,
                 FieldViolations& violations) {
  if (!IsFew("phones", contact.phones_size(), limits.phones, violations)) return;
  // One line may serve a telephone and a telefax.
  std::set<std::tuple<std::string, std::string, bool>> seen;
  for (int i = 0; i < contact.phones_size(); ++i) {
    const auto& phone = contact.phones(i);
    const auto region = phone.region().empty() ? std::nullopt : CheckCountry(phone.region());
    if (region) AddProblem(Entry("phones", i, "region"), *region, violations);
    // With a wrong region, a number of that region cannot be judged.
    const auto parsed = ParsePhoneNumber(phone.number(), RegionOf(phone, default_region));
    if (!parsed.ok()) {
      if (!region) AddProblem(Entry("phones", i, "number"), parsed.problem(), violations);
    } else if (!seen.insert({parsed->e164, parsed->extension, phone.kind() == v1::PhoneNumber::KIND_FAX}).second) {
      violations.Add(Entry("phones", i, "number"), "is there twice; take one out");
    }
    if (!v1::PhoneNumber::Kind_IsValid(phone.kind())) {
      violations.Add(Entry("phones", i, "kind"),
                     absl::StrCat(static_cast<int>(phone.kind()), " is not a kind; it is WORK, MOBILE or FAX"));
    }
    CheckVisibility(Entry("phones", i, "visibility"), phone.visibility(), violations);
  }
}

void CheckWebAddresses(const ContactLimits& limits, const v1::Contact& contact, FieldViolations& violations) {
  if (!IsFew("web_addresses", contact.web_addresses_size(), limits.web_addresses, violations)) return;
  std::set<std::string> seen;
  for (int i = 0; i < contact.web_addresses_size(); ++i) {
    const auto& web = contact.web_addresses(i);
    platform::CheckUri(Entry("web_addresses", i, "uri"), web.uri(), "https, http", violations);
    if (!seen.insert(web.uri()).second)
      violations.Add(Entry("web_addresses", i, "uri"), "is there twice; take one out");
    CheckName(Entry("web_addresses", i, "label"), web.label(), {limits.name_characters, false, NameLetters::kNone},
              violations);
    CheckVisibility(Entry("web_addresses", i, "visibility"), web.visibility(), violations);
  }
}

void CheckLanguages(const ContactLimits& limits, const v1::Contact& contact, FieldViolations& violations) {
  if (!IsFew("languages", contact.languages_size(), limits.languages, violations)) return;
  std::set<std::string> seen;
  for (int i = 0; i < contact.languages_size(); ++i) {
    const std::string path = Entry("languages", i);
    platform::CheckLanguage(path, contact.languages(i), violations);
    if (platform::IsCanonicalLanguageTag(contact.languages(i))) {
      if (const auto problem = CheckKnownLanguage(contact.languages(i))) AddProblem(path, *problem, violations);
    }
    if (!seen.insert(contact.languages(i)).second) violations.Add(path, "is there twice");
  }
}

void CheckReferences(const v1::Contact& contact, FieldViolations& violations) {
  if (!contact.organization().empty() && !OrganizationName::Parse(contact.organization())) {
    violations.Merge("", InvalidName("organization", contact.organization(), kOrganizationPattern));
  }
  if (contact.substitute().empty()) return;
  if (!ContactName::Parse(contact.substitute())) {
    violations.Merge("", InvalidName("substitute", contact.substitute(), kContactPattern));
  } else if (contact.substitute() == contact.name()) {
    violations.Add("substitute", "is the contact itself; name another one");
  }
}

bool CheckTime(const std::string& path, const google::protobuf::Timestamp& time, FieldViolations& violations) {
  using google::protobuf::util::TimeUtil;
  const bool good = time.seconds() >= TimeUtil::kTimestampMinSeconds &&
                    time.seconds() <= TimeUtil::kTimestampMaxSeconds && time.nanos() >= 0 &&
                    time.nanos() < 1'000'000'000;
  if (!good) violations.Add(path, "is not a time; seconds are of the years 1 to 9999, and nanos 0 to 999999999");
  return good;
}

void CheckValidity(const v1::Contact& contact, FieldViolations& violations) {
  const bool from = contact.has_valid_from() && CheckTime("valid_from", contact.valid_from(), violations);
  const bool until = contact.has_valid_until() && CheckTime("valid_until", contact.valid_until(), violations);
  if (from && until && contact.valid_until() <= contact.valid_from()) {
    violations.Add("valid_until", "must be after valid_from");
  }
}

}  // namespace

void NormalizeContact(const ContactRules& rules, std::string_view default_region, v1::Contact& contact) {
  const ContactLimits& limits = rules.limits;
  ForFew(*contact.mutable_person_names(), limits.person_names, [](v1::PersonName& name) {
    if (!name.locale().empty()) platform::Canonicalize(*name.mutable_locale());
  });
  const auto canonicalize = [](common::v1::LocalizedText& text) { platform::Canonicalize(*text.mutable_locale()); };
  ForFew(*contact.mutable_desk_names(), limits.desk_names, canonicalize);
  ForFew(*contact.mutable_role_titles(), limits.role_titles, canonicalize);
  ForFew(*contact.mutable_languages(), limits.languages, platform::Canonicalize);
  ForFew(*contact.mutable_emails(), limits.emails, [&](v1::EmailAddress& email) {
    const auto parsed = ParseEmailAddress(email.address(), rules.email);
    email.set_ascii_address(parsed.ok() ? parsed->ascii_address : "");
    email.set_role_mailbox(parsed.ok() && rules.role_mailboxes.Contains(parsed->local_part));
    email.set_needs_smtputf8(parsed.ok() && parsed->needs_smtputf8);
  });
  ForFew(*contact.mutable_phones(), limits.phones, [&](v1::PhoneNumber& phone) {
    const auto parsed = ParsePhoneNumber(phone.number(), RegionOf(phone, default_region));
    phone.set_e164(parsed.ok() ? parsed->e164 : "");
    phone.set_extension(parsed.ok() ? parsed->extension : "");
    // It stays a number of that country when its contact gets another organization.
    const bool needs_region = parsed.ok() && !ParsePhoneNumber(phone.number(), "").ok();
    if (needs_region && phone.region().empty()) phone.set_region(std::string(default_region));
  });
}

absl::Status ValidateContact(const ContactRules& rules, std::string_view default_region, const v1::Contact& contact) {
  const ContactLimits& limits = rules.limits;
  FieldViolations violations;
  CheckKind(contact, violations);
  if (!v1::Contact::Relation_IsValid(contact.relation())) {
    violations.Add("relation", absl::StrCat(static_cast<int>(contact.relation()),
                                            " is not a relation; it is OWN_STAFF, PARTNER or JOURNALIST"));
  }
  CheckPersonNames(contact, limits, violations);
  CheckTexts("desk_names", contact.desk_names(), limits.desk_names, limits.name_characters, violations);
  CheckTexts("role_titles", contact.role_titles(), limits.role_titles, limits.title_characters, violations);
  CheckVisibility("visibility", contact.visibility(), violations);
  CheckEmails(rules, contact, violations);
  CheckPhones(limits, default_region, contact, violations);
  CheckWebAddresses(limits, contact, violations);
  CheckLanguages(limits, contact, violations);
  CheckReferences(contact, violations);
  if (!contact.time_zone().empty() && !platform::IsTimeZone(contact.time_zone())) {
    violations.Add("time_zone", absl::StrCat("\"", platform::Excerpt(contact.time_zone(), 60),
                                             "\" is not a time zone; IANA names look like \"Europe/Zurich\""));
  }
  CheckValidity(contact, violations);
  const bool source_required = contact.relation() == v1::Contact::RELATION_JOURNALIST;
  if (source_required && platform::IsBlank(contact.source())) {
    violations.Add("source", "must not be empty for a JOURNALIST; say how the data came here, since people may ask");
  } else {
    platform::CheckText("source", contact.source(), {limits.source_characters}, violations);
  }
  platform::CheckText("note", contact.note(), {limits.note_characters}, violations);
  return violations.ToStatus();
}

}  // namespace communique::contacts
