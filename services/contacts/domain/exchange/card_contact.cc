// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/card_contact.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/card_names.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/civil_time.h"

namespace communique::contacts {
namespace {

using platform::ToAbsl;
using Properties = std::vector<const CardProperty*>;

// What is read elsewhere or says nothing about the contact.
bool IsPassedOver(std::string_view name) {
  static const std::set<std::string_view> kNames = {"VERSION",
                                                    "PRODID",
                                                    "UID",
                                                    "REV",
                                                    "KIND",
                                                    "X-ADDRESSBOOKSERVER-KIND",
                                                    "X-ABSHOWAS",
                                                    "X-ABUID",
                                                    "FN",
                                                    "N",
                                                    "X-PHONETIC-FIRST-NAME",
                                                    "TITLE",
                                                    "ROLE",
                                                    "EMAIL",
                                                    "TEL",
                                                    "URL",
                                                    "LANG",
                                                    "TZ",
                                                    "NOTE",
                                                    "ORG",
                                                    "X-PHONETIC-LAST-NAME",
                                                    "IMPP",
                                                    "SOCIALPROFILE",
                                                    "X-SOCIALPROFILE"};
  return kNames.contains(name);
}

bool IsBlank(const CardProperty& property) {
  for (const auto& component : property.components) {
    for (const std::string& text : component) {
      if (!absl::StripAsciiWhitespace(text).empty()) return false;
    }
  }
  return true;
}

// 1 is the most wanted; PREF in version 4.0, TYPE=pref before.
int Preference(const CardProperty& property) {
  constexpr int kNone = 101;
  const std::string pref = property.FirstParameter("PREF");
  int value = kNone;
  if (std::from_chars(pref.data(), pref.data() + pref.size(), value).ec == std::errc() && value >= 1 && value <= 100) {
    return value;
  }
  return property.IsOfType("pref") ? 1 : kNone;
}

class ContactReader {
 public:
  ContactReader(const Card& card, const ImportDefaults& defaults) : card_(card), defaults_(defaults) {}

  ImportCard Read() {
    FindLabels();
    read_.line = card_.line;
    read_.findings = card_.refusals;
    read_.findings.insert(read_.findings.end(), card_.findings.begin(), card_.findings.end());
    ReadKind();
    ReadCardNames(card_.properties, defaults_, read_);
    ReadOrganization();
    ReadRoles();
    for (const CardProperty* property : Wanted("EMAIL")) ReadMailbox(*property);
    for (const CardProperty* property : Wanted("TEL")) ReadNumber(*property);
    for (const char* name : {"URL", "SOCIALPROFILE", "X-SOCIALPROFILE", "IMPP"}) {
      for (const CardProperty* property : Wanted(name)) ReadWebAddress(*property);
    }
    for (const CardProperty* property : Wanted("LANG")) ReadLanguage(*property);
    for (const CardProperty* property : Wanted("TZ")) ReadTimeZone(*property);
    for (const CardProperty* property : Wanted("NOTE")) ReadNote(*property);
    TellOfOthers();
    return std::move(read_);
  }

 private:
  // Those with this name that say something, the most wanted first.
  Properties Wanted(std::string_view name) const {
    Properties found;
    for (const CardProperty& property : card_.properties) {
      if (property.name == name && !IsBlank(property)) found.push_back(&property);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const CardProperty* a, const CardProperty* b) { return Preference(*a) < Preference(*b); });
    return found;
  }

  void Tell(const CardProperty& property, std::string_view message) {
    read_.findings.push_back(MakeFinding(property.line, property.FullName(), message));
  }

  void Place(std::string_view list, int index, const CardProperty& property) {
    read_.places[absl::StrCat(ToAbsl(list), "[", index, "]")] = {property.line, 0};
  }

  void FindLabels() {
    for (const CardProperty& property : card_.properties) {
      if (property.name != "X-ABLABEL" || property.group.empty()) continue;
      std::string& label = labels_[absl::AsciiStrToLower(property.group)];
      const std::string text = property.Text();
      // "_$!<HomePage>!$_": a word of the program that wrote it, in no language.
      if (!absl::StartsWith(text, "_$!<")) label = text;
    }
  }

  void ReadKind() {
    read_.contact.set_kind(v1::Contact::KIND_PERSON);
    for (const CardProperty& property : card_.properties) {
      const std::string value = absl::AsciiStrToLower(property.Text());
      if (property.name == "X-ABSHOWAS" && value == "company") read_.contact.set_kind(v1::Contact::KIND_DESK);
      // What version 3.0 has instead of KIND, as macOS writes it.
      const bool kind = property.name == "KIND" || property.name == "X-ADDRESSBOOKSERVER-KIND";
      if (!kind || value.empty() || value == "individual") continue;
      if (value == "org") {
        read_.contact.set_kind(v1::Contact::KIND_DESK);
        continue;
      }
      v1::CardFinding finding = MakeFinding(
          property.line, property.FullName(),
          value == "group" ? "is a group; make it with CreateGroup" : "must be individual (a person) or org (a desk)");
      finding.set_refused(true);
      read_.findings.push_back(std::move(finding));
    }
  }

  void ReadOrganization() {
    for (const CardProperty* property : Wanted("ORG")) {
      if (read_.organization_names.empty()) read_.organization_place = {property->line, 0};
      const std::string name = property->Component(0);
      if (!name.empty()) read_.organization_names.push_back(name);
      if (property->components.size() > 1 && !property->Component(1).empty()) {
        Tell(*property, "names a unit of the organization; it was not taken over");
      }
    }
  }

  void ReadRoles() {
    std::map<std::string, std::string> taken;
    for (const char* name : {"TITLE", "ROLE"}) {
      for (const CardProperty* property : Wanted(name)) {
        std::string language = LanguageOf(*property, read_);
        if (language.empty()) language = defaults_.language;
        const std::string text = property->Text();
        const auto [there, added] = taken.try_emplace(language, text);
        if (!added) {
          if (there->second != text) Tell(*property, "is a second role in one language; it was not taken over");
          continue;
        }
        Place("role_titles", read_.contact.role_titles_size(), *property);
        auto& title = *read_.contact.add_role_titles();
        title.set_locale(language);
        title.set_text(text);
      }
    }
  }

  void ReadMailbox(const CardProperty& property) {
    std::string address(absl::StripAsciiWhitespace(property.Text()));
    if (absl::StartsWithIgnoreCase(address, "mailto:")) address.erase(0, address.find(':') + 1);
    Place("emails", read_.contact.emails_size(), property);
    read_.contact.add_emails()->set_address(address);
  }

  void ReadNumber(const CardProperty& property) {
    const std::string value = NumberInFile(property.Text());
    if (absl::StrContains(value, '@')) {
      return Tell(property, "is an address of internet telephony; it was not taken over");
    }
    Place("phones", read_.contact.phones_size(), property);
    auto& phone = *read_.contact.add_phones();
    phone.set_number(value);
    phone.set_kind(property.IsOfType("fax")    ? v1::PhoneNumber::KIND_FAX
                   : property.IsOfType("cell") ? v1::PhoneNumber::KIND_MOBILE
                                               : v1::PhoneNumber::KIND_WORK);
  }

  void ReadWebAddress(const CardProperty& property) {
    const std::string uri(absl::StripAsciiWhitespace(property.Text()));
    if (!IsWebAddress(uri)) return Tell(property, kNoWebAddress);
    Place("web_addresses", read_.contact.web_addresses_size(), property);
    auto& address = *read_.contact.add_web_addresses();
    address.set_uri(uri);
    const auto label = labels_.find(absl::AsciiStrToLower(property.group));
    if (label == labels_.end()) return;
    address.set_label(label->second);
    labelled_.insert(label->first);
  }

  void ReadLanguage(const CardProperty& property) {
    auto language = LanguageInFile(property.Text());
    if (!language) return Tell(property, "is not a language tag, like \"de\" or \"pt-BR\"; it was not taken over");
    Place("languages", read_.contact.languages_size(), property);
    read_.contact.add_languages(*std::move(language));
  }

  void ReadTimeZone(const CardProperty& property) {
    const std::string zone(absl::StripAsciiWhitespace(property.Text()));
    if (!read_.contact.time_zone().empty() || !platform::IsTimeZone(zone)) {
      return Tell(property, "is not one time zone by its name, like Europe/Zurich; it was not taken over");
    }
    read_.contact.set_time_zone(zone);
  }

  void ReadNote(const CardProperty& property) {
    read_.places.try_emplace("note", FilePlace{property.line, 0});
    std::string& note = *read_.contact.mutable_note();
    absl::StrAppend(&note, note.empty() ? "" : "\n", property.Text());
  }

  void TellOfOthers() {
    for (const CardProperty& property : card_.properties) {
      if (IsPassedOver(property.name)) continue;
      if (property.name == "X-ABLABEL" && labelled_.contains(absl::AsciiStrToLower(property.group))) continue;
      if (property.name == "AGENT") {
        Tell(property, "holds another card or its address; it was not taken over");
      } else if (IsBinaryProperty(property.name)) {
        if (!IsBlank(property)) Tell(property, "pictures, sounds and keys are neither taken over nor fetched");
      } else if (!IsBlank(property)) {
        Tell(property, "was not taken over: contacts have no place for it");
      }
    }
  }

  const Card& card_;
  const ImportDefaults& defaults_;
  ImportCard read_;
  std::map<std::string, std::string> labels_;  // by the group that they belong to
  std::set<std::string> labelled_;             // the groups whose label was taken over
};

}  // namespace

ImportCard ReadCardContact(const Card& card, const ImportDefaults& defaults) {
  return ContactReader(card, defaults).Read();
}

}  // namespace communique::contacts
