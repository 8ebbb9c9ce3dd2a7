// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/card_names.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/locale/language_tag.h"

namespace communique::contacts {
namespace {

// N: family, given, additional, prefixes, suffixes.
enum NamePart : std::size_t { kFamily = 0, kGiven = 1, kAdditional = 2, kPrefix = 3, kSuffix = 4 };

std::string Joined(std::initializer_list<std::string> texts) {
  std::vector<std::string> some;
  std::copy_if(texts.begin(), texts.end(), std::back_inserter(some),
               [](const std::string& text) { return !text.empty(); });
  return absl::StrJoin(some, " ");
}

bool IsBlank(const CardProperty& property) { return absl::StripAsciiWhitespace(property.Text()).empty(); }

bool HasParts(const CardProperty& n) {
  for (const auto& component : n.components) {
    for (const std::string& text : component) {
      if (!text.empty()) return true;
    }
  }
  return false;
}

class NameReader {
 public:
  // `only_parts`: whether one property alone gives the parts of a name.
  NameReader(const ImportDefaults& defaults, bool only_parts, ImportCard& read)
      : defaults_(defaults), only_parts_(only_parts), read_(read) {}

  void TakeFormatted(const CardProperty& property) {
    const bool desk = read_.contact.kind() == v1::Contact::KIND_DESK;
    std::string language = LanguageOf(property, read_);
    if (desk && language.empty()) language = defaults_.language;
    if (desk ? HasDeskName(language) : FindPerson(language) != nullptr) {
      read_.findings.push_back(
          MakeFinding(property.line, property.FullName(), "is a second name in one language; it was not taken over"));
      return;
    }
    if (desk) {
      Place(absl::StrCat("desk_names[", read_.contact.desk_names_size(), "]"), property);
      auto& name = *read_.contact.add_desk_names();
      name.set_locale(language);
      name.set_text(property.Text());
    } else {
      AddPerson(language, property)->set_display_name(property.Text());
    }
  }

  void TakeParts(const CardProperty& property) {
    if (!HasParts(property)) return;
    if (read_.contact.kind() == v1::Contact::KIND_DESK) {
      read_.findings.push_back(
          MakeFinding(property.line, property.FullName(), "a desk has no parts of a name; they were not taken over"));
      return;
    }
    v1::PersonName* name = PersonFor(property);
    if (name == nullptr) {
      read_.findings.push_back(
          MakeFinding(property.line, property.FullName(), "is a second name in one language; it was not taken over"));
      return;
    }
    name->set_family_name(property.Component(kFamily));
    name->set_given_name(Joined({property.Component(kGiven), property.Component(kAdditional)}));
    name->set_honorific(property.Component(kPrefix));
    const std::string suffix = property.Component(kSuffix);
    if (name->display_name().empty()) {
      name->set_display_name(Joined({name->given_name(), name->family_name(), suffix}));
    } else if (!suffix.empty() && !absl::StrContains(name->display_name(), suffix)) {
      read_.findings.push_back(
          MakeFinding(property.line, property.FullName(), "its suffix is not a part of FN; it was not taken over"));
    }
  }

  void TakePhonetic(const CardProperty& property) {
    v1::PersonName* name = FindPerson(LanguageOf(property, read_));
    if (name == nullptr) {
      read_.findings.push_back(MakeFinding(property.line, property.FullName(),
                                           "there is no name of a person in its language; it was not taken over"));
      return;
    }
    name->set_phonetic(Joined({name->phonetic(), property.Text()}));
  }

 private:
  bool HasDeskName(const std::string& language) const {
    const auto& names = read_.contact.desk_names();
    return std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.locale() == language; });
  }

  v1::PersonName* FindPerson(const std::string& language) {
    for (auto& name : *read_.contact.mutable_person_names()) {
      if (name.locale() == language) return &name;
    }
    return nullptr;
  }

  // The name that parts belong to: the one in their language, the only one there is, or one of their own.
  v1::PersonName* PersonFor(const CardProperty& property) {
    const std::string language = LanguageOf(property, read_);
    v1::PersonName* name = FindPerson(language);
    if (name == nullptr && read_.contact.person_names_size() == 1) {
      v1::PersonName& only = *read_.contact.mutable_person_names(0);
      // Outlook says of N, and not of FN, in which language Outlook itself speaks.
      if (language.empty() || (only_parts_ && only.locale().empty())) name = &only;
    }
    if (name == nullptr) return AddPerson(language, property);
    const bool taken = !name->family_name().empty() || !name->given_name().empty() || !name->honorific().empty();
    return taken ? nullptr : name;
  }

  v1::PersonName* AddPerson(const std::string& language, const CardProperty& property) {
    Place(absl::StrCat("person_names[", read_.contact.person_names_size(), "]"), property);
    v1::PersonName* name = read_.contact.add_person_names();
    name->set_locale(language);
    return name;
  }

  void Place(const std::string& path, const CardProperty& property) { read_.places[path] = {property.line, 0}; }

  const ImportDefaults& defaults_;
  const bool only_parts_;
  ImportCard& read_;
};

}  // namespace

std::string LanguageOf(const CardProperty& property, ImportCard& read) {
  const std::string language = property.FirstParameter("LANGUAGE");
  if (language.empty()) return language;
  auto canonical = platform::CanonicalLanguageTag(language);
  if (canonical.ok()) return *std::move(canonical);
  read.findings.push_back(
      MakeFinding(property.line, property.FullName(),
                  "its LANGUAGE is not a language tag, like \"de\" or \"pt-BR\", and was left out"));
  return {};
}

void ReadCardNames(const std::vector<CardProperty>& properties, const ImportDefaults& defaults, ImportCard& read) {
  const auto parts = std::count_if(properties.begin(), properties.end(),
                                   [](const auto& property) { return property.name == "N" && HasParts(property); });
  NameReader reader(defaults, parts == 1, read);
  for (const CardProperty& property : properties) {
    if (property.name == "FN" && !IsBlank(property)) reader.TakeFormatted(property);
  }
  for (const CardProperty& property : properties) {
    if (property.name == "N") reader.TakeParts(property);
  }
  for (const char* part : {"X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME"}) {
    for (const CardProperty& property : properties) {
      if (property.name == part && !IsBlank(property)) reader.TakePhonetic(property);
    }
  }
}

}  // namespace communique::contacts
