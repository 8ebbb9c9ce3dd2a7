// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/merge.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/domain/merge_conflicts.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/text/code_points.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using google::protobuf::RepeatedPtrField;
using platform::FieldViolations;
using platform::Reason;

// What this version does not know counts as INTERNAL.
int Openness(v1::Visibility visibility) {
  return visibility == v1::VISIBILITY_PUBLIC ? 3 : visibility == v1::VISIBILITY_MEDIA_ONLY ? 2 : 1;
}

v1::Visibility MoreRestricted(v1::Visibility a, v1::Visibility b) { return Openness(b) < Openness(a) ? b : a; }

std::string KeyOf(const v1::EmailAddress& email) {
  return email.ascii_address().empty() ? email.address() : email.ascii_address();
}

std::string KeyOf(const v1::PhoneNumber& phone) {
  const bool fax = phone.kind() == v1::PhoneNumber::KIND_FAX;
  return absl::StrCat(phone.e164().empty() ? phone.number() : phone.e164(), ";", phone.extension(), fax ? ";fax" : "");
}

std::string KeyOf(const v1::WebAddress& web) { return web.uri(); }

// Takes over the entries that `own` lacks. An entry of a contact is seen no more widely than the contact.
template <typename Entry>
void TakeAddresses(const RepeatedPtrField<Entry>& theirs, v1::Visibility lid, RepeatedPtrField<Entry>& own) {
  for (const Entry& entry : theirs) {
    const v1::Visibility visibility = MoreRestricted(entry.visibility(), lid);
    const auto same =
        std::find_if(own.begin(), own.end(), [&](const Entry& other) { return KeyOf(other) == KeyOf(entry); });
    if (same != own.end()) {
      same->set_visibility(MoreRestricted(same->visibility(), visibility));
    } else {
      *own.Add() = entry;
      own.rbegin()->set_visibility(visibility);
    }
  }
}

// "de-x-alt" for "de": private subtags say nothing to anybody else (RFC 5646, 2.2.7), and no reader asks for them.
std::string VariantsOf(const std::string& locale) {
  const std::string language = locale.empty() ? "mis" : locale;
  return absl::StrCat(language, language.find("-x-") == std::string::npos ? "-x-alt" : "-alt");
}

template <typename Entry>
std::string FreeVariant(const std::string& locale, const RepeatedPtrField<Entry>& entries) {
  for (int n = 1;; ++n) {
    std::string variant = absl::StrCat(VariantsOf(locale), n);
    if (!platform::IsCanonicalLanguageTag(variant)) variant = absl::StrCat(VariantsOf(""), n);
    if (std::none_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.locale() == variant; })) {
      return variant;
    }
  }
}

// Fills the part of a name that is missing.
bool Fits(const std::string& own, const std::string& their) {
  return own.empty() || their.empty() || Nfc(own) == Nfc(their);
}
void Fill(std::string& own, const std::string& their) {
  if (own.empty()) own = their;
}

bool TakeSame(const v1::PersonName& their, v1::PersonName& own) {
  if (Nfc(own.display_name()) != Nfc(their.display_name()) || !Fits(own.given_name(), their.given_name()) ||
      !Fits(own.family_name(), their.family_name()) || !Fits(own.honorific(), their.honorific()) ||
      !Fits(own.phonetic(), their.phonetic())) {
    return false;
  }
  Fill(*own.mutable_given_name(), their.given_name());
  Fill(*own.mutable_family_name(), their.family_name());
  Fill(*own.mutable_honorific(), their.honorific());
  Fill(*own.mutable_phonetic(), their.phonetic());
  return true;
}

bool TakeSame(const common::v1::LocalizedText& their, common::v1::LocalizedText& own) {
  return Nfc(own.text()) == Nfc(their.text());
}

template <typename Entry>
void TakeNames(const RepeatedPtrField<Entry>& theirs, RepeatedPtrField<Entry>& own) {
  for (const Entry& name : theirs) {
    bool language_taken = false;
    bool there = false;
    for (Entry& other : own) {
      const bool same_language = other.locale() == name.locale();
      language_taken = language_taken || same_language;
      if (same_language || other.locale().starts_with(VariantsOf(name.locale())))
        there = there || TakeSame(name, other);
    }
    if (there) continue;
    std::string locale = language_taken ? FreeVariant(name.locale(), own) : name.locale();
    *own.Add() = name;
    own.rbegin()->set_locale(std::move(locale));
  }
}

void TakeRoles(const v1::Contact& source, v1::Contact& merged) {
  for (const auto& title : source.role_titles()) {
    const auto& own = merged.role_titles();
    if (std::none_of(own.begin(), own.end(), [&](const auto& other) { return other.locale() == title.locale(); })) {
      *merged.add_role_titles() = title;
    }
  }
}

void TakeLanguages(const v1::Contact& source, v1::Contact& merged) {
  for (const std::string& language : source.languages()) {
    const auto& own = merged.languages();
    if (std::find(own.begin(), own.end(), language) == own.end()) merged.add_languages(language);
  }
}

void TakeText(const std::string& their, const char* between, std::string& own) {
  if (their.empty() || own.find(their) != std::string::npos) return;
  own = own.empty() ? their : absl::StrCat(own, between, their);
}

void Take(const v1::Contact& primary, const v1::Contact& source, v1::Contact& merged) {
  merged.set_visibility(MoreRestricted(merged.visibility(), source.visibility()));
  TakeNames(source.person_names(), *merged.mutable_person_names());
  TakeNames(source.desk_names(), *merged.mutable_desk_names());
  // With another role of its own, the source says nothing about the primary's.
  if (HaveSameRole(primary, source) && HaveSameRole(merged, source)) {
    TakeRoles(source, merged);
    Fill(*merged.mutable_organization(), source.organization());
  }
  TakeAddresses(source.emails(), source.visibility(), *merged.mutable_emails());
  TakeAddresses(source.phones(), source.visibility(), *merged.mutable_phones());
  TakeAddresses(source.web_addresses(), source.visibility(), *merged.mutable_web_addresses());
  TakeLanguages(source, merged);
  Fill(*merged.mutable_time_zone(), source.time_zone());
  TakeText(source.source(), "; ", *merged.mutable_source());
  TakeText(source.note(), "\n\n", *merged.mutable_note());
}

// None of those that are one from now on stands in for it.
void TakeSubstitute(const v1::Contact& primary, std::span<const v1::Contact> sources, v1::Contact& merged) {
  std::set<std::string> same = {primary.name()};
  for (const auto& source : sources) same.insert(source.name());
  if (same.contains(merged.substitute())) merged.clear_substitute();
  for (const auto& source : sources) {
    if (!same.contains(source.substitute())) Fill(*merged.mutable_substitute(), source.substitute());
  }
}

absl::Status Conflict(const v1::Contact& primary, const std::vector<std::string>& conflicts, bool could_keep) {
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_MERGE_CONFLICT, primary.name(),
      absl::StrCat("cannot be taken together: ", absl::StrJoin(conflicts, "; "),
                   could_keep ? absl::StrCat(". With keep_primary, those of ", primary.name(), " hold") : ""));
}

}  // namespace

absl::Status ValidateMerge(const v1::MergeContactsRequest& request, int max_sources) {
  FieldViolations violations;
  const auto primary = ContactName::Parse(request.contact());
  if (!primary) violations.Merge("", InvalidName("contact", request.contact(), kContactPattern));
  if (request.sources().empty()) violations.Add("sources", "must not be empty; name the contacts to take into it");
  platform::CheckCount("sources", request.sources_size(), max_sources, violations);
  std::set<std::string> seen = {request.contact()};
  for (int i = 0; i < request.sources_size(); ++i) {
    const std::string path = absl::StrCat("sources[", i, "].contact");
    const std::string& name = request.sources(i).contact();
    const auto source = ContactName::Parse(name);
    if (!source) {
      violations.Merge("", InvalidName(path, name, kContactPattern));
    } else if (primary && source->newsroom != primary->newsroom) {
      violations.Add(path, absl::StrCat("must be a contact of newsrooms/", primary->newsroom));
    } else if (!seen.insert(name).second) {
      violations.Add(path,
                     name == request.contact() ? "is the contact that is left; name another one" : "is there twice");
    }
  }
  return violations.ToStatus();
}

absl::StatusOr<MergedContacts> MergeInto(const v1::Contact& primary, std::span<const v1::Contact> sources,
                                         bool keep_primary, const ContactLimits& limits) {
  std::vector<std::string> conflicts;
  if (primary.state() == v1::Contact::STATE_MERGED || primary.state() == v1::Contact::STATE_DELETED) {
    conflicts.push_back(absl::StrCat("state: ", primary.name(), " is deleted or merged already"));
  }
  for (const auto& source : sources) FindFixedConflicts(primary, source, conflicts);
  const std::size_t fixed = conflicts.size();
  MergedContacts result;
  result.contact = primary;
  for (const auto& source : sources) {
    // Against all that came before: the primary may have no organization, and two sources one each.
    if (!keep_primary) FindOpenConflicts(result.contact, source, conflicts);
    Take(primary, source, result.contact);
  }
  const bool could_keep = fixed == 0 && !conflicts.empty();
  TakeSubstitute(primary, sources, result.contact);
  FindExcess(result.contact, limits, conflicts);
  if (!conflicts.empty()) return Conflict(primary, conflicts, could_keep);
  for (const auto& source : sources) {
    result.sources.push_back(source);
    result.sources.back().set_state(v1::Contact::STATE_MERGED);
    result.sources.back().set_merged_into(primary.name());
  }
  return result;
}

v1::Contact Unmerged(const v1::Contact& before, const v1::Contact& now) {
  v1::Contact contact = before;
  contact.set_etag(now.etag());
  *contact.mutable_update_time() = now.update_time();
  return contact;
}

}  // namespace communique::contacts
