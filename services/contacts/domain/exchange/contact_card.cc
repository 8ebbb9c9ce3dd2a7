// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/contact_card.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/language.h"
#include "services/contacts/domain/text/phone_number.h"

namespace communique::contacts {
namespace {

v1::Visibility Known(v1::Visibility visibility) {
  const bool known = visibility == v1::VISIBILITY_MEDIA_ONLY || visibility == v1::VISIBILITY_PUBLIC;
  return known ? visibility : v1::VISIBILITY_INTERNAL;
}

template <typename Entry>
void RemoveHidden(v1::Visibility min_visibility, google::protobuf::RepeatedPtrField<Entry>& entries) {
  const auto hidden = std::remove_if(entries.begin(), entries.end(),
                                     [&](const Entry& entry) { return Known(entry.visibility()) < min_visibility; });
  entries.erase(hidden, entries.end());
}

CardProperty Text(std::string_view name, std::string text, std::string_view language = "") {
  CardProperty property;
  property.name = std::string(name);
  property.components = {{std::move(text)}};
  if (!language.empty()) property.parameters.push_back({"LANGUAGE", {std::string(language)}});
  return property;
}

std::string_view TypeOf(v1::PhoneNumber::Kind kind) {
  if (kind == v1::PhoneNumber::KIND_MOBILE) return "cell";
  return kind == v1::PhoneNumber::KIND_FAX ? "fax" : "voice";
}

class CardWriter {
 public:
  CardWriter(const v1::Contact& contact, std::string_view version, std::vector<v1::ExportFinding>& findings)
      : contact_(contact), is_v3_(version == "3.0"), findings_(findings) {
    card_.push_back(Text("VERSION", std::string(version)));
  }

  std::vector<CardProperty> Write(const v1::Organization* organization) {
    card_.push_back(Text("PRODID", "-//Communique//contacts//EN"));
    if (!contact_.uid().empty()) card_.push_back(Text("UID", absl::StrCat("urn:uuid:", contact_.uid())));
    WriteKind();
    WritePersonNames();
    WriteDeskNames();
    if (organization != nullptr) {
      CardProperty org = Text("ORG", NameForFiles(organization));
      card_.push_back(std::move(org));
    }
    WriteRoles();
    WriteAddresses();
    WriteLanguages();
    if (!contact_.time_zone().empty()) {
      CardProperty zone = Text("TZ", contact_.time_zone());
      if (is_v3_) zone.parameters.push_back({"VALUE", {"text"}});
      card_.push_back(std::move(zone));
    }
    if (!contact_.note().empty()) card_.push_back(Text("NOTE", contact_.note()));
    return std::move(card_);
  }

 private:
  void LeaveOut(std::string_view field, std::string_view message) {
    v1::ExportFinding finding;
    finding.set_contact(contact_.name());
    finding.set_field(std::string(field));
    finding.set_message(std::string(message));
    findings_.push_back(std::move(finding));
  }

  // Version 3.0 has no KIND; X-ABSHOWAS is what address books use.
  void WriteKind() {
    const bool desk = contact_.kind() == v1::Contact::KIND_DESK;
    if (!is_v3_) return card_.push_back(Text("KIND", desk ? "org" : "individual"));
    if (desk) card_.push_back(Text("X-ABSHOWAS", "COMPANY"));
  }

  // How many entries of a list in several languages are written.
  template <typename List>
  int CountFor(std::string_view field, const List& list) {
    if (!is_v3_ || list.size() < 2) return list.size();
    LeaveOut(field,
             "version 3.0 has one language only; the first one was written. Version 4.0, jCard and CSV have all");
    return 1;
  }

  // Version 4.0 marks texts that are the same in several languages.
  void AddInLanguage(CardProperty property, int count) {
    if (!is_v3_ && count > 1) property.parameters.push_back({"ALTID", {"1"}});
    card_.push_back(std::move(property));
  }

  void WritePersonNames() {
    const int count = CountFor("person_names", contact_.person_names());
    for (int i = 0; i < count; ++i) {
      const auto& name = contact_.person_names(i);
      AddInLanguage(Text("FN", name.display_name(), name.locale()), count);
      const bool parts = !name.family_name().empty() || !name.given_name().empty() || !name.honorific().empty();
      if (parts || is_v3_) {
        CardProperty n = Text("N", "", name.locale());
        n.components = {{name.family_name()}, {name.given_name()}, {""}, {name.honorific()}, {""}};
        AddInLanguage(std::move(n), count);
      }
      if (!name.phonetic().empty()) card_.push_back(Text("X-PHONETIC-FIRST-NAME", name.phonetic(), name.locale()));
    }
  }

  void WriteDeskNames() {
    const int count = CountFor("desk_names", contact_.desk_names());
    for (int i = 0; i < count; ++i) {
      AddInLanguage(Text("FN", contact_.desk_names(i).text(), contact_.desk_names(i).locale()), count);
    }
    if (!is_v3_ || count == 0) return;
    CardProperty n = Text("N", "");
    n.components = {{""}, {""}, {""}, {""}, {""}};
    card_.push_back(std::move(n));
  }

  void WriteRoles() {
    const int count = CountFor("role_titles", contact_.role_titles());
    for (int i = 0; i < count; ++i) {
      AddInLanguage(Text("TITLE", contact_.role_titles(i).text(), contact_.role_titles(i).locale()), count);
    }
  }

  // The order says which is most wanted.
  void Prefer(int index, int count, CardProperty& property) const {
    if (count < 2) return;
    if (is_v3_) {
      if (index == 0) property.parameters.push_back({"TYPE", {"pref"}});
    } else {
      property.parameters.push_back({"PREF", {absl::StrCat(std::min(index + 1, 100))}});
    }
  }

  void WriteAddresses() {
    for (int i = 0; i < contact_.phones_size(); ++i) {
      CardProperty tel = Text("TEL", NumberForEverywhere(contact_.phones(i)));
      tel.parameters.push_back({"TYPE", {"work", std::string(TypeOf(contact_.phones(i).kind()))}});
      Prefer(i, contact_.phones_size(), tel);
      card_.push_back(std::move(tel));
    }
    for (int i = 0; i < contact_.emails_size(); ++i) {
      CardProperty email = Text("EMAIL", contact_.emails(i).address());
      Prefer(i, contact_.emails_size(), email);
      card_.push_back(std::move(email));
    }
    for (int i = 0; i < contact_.web_addresses_size(); ++i) {
      const auto& address = contact_.web_addresses(i);
      CardProperty url = Text("URL", address.uri());
      if (!address.label().empty()) url.group = absl::StrCat("item", i + 1);
      Prefer(i, contact_.web_addresses_size(), url);
      const std::string group = url.group;
      card_.push_back(std::move(url));
      if (group.empty()) continue;
      CardProperty label = Text("X-ABLABEL", address.label());
      label.group = group;
      card_.push_back(std::move(label));
    }
  }

  void WriteLanguages() {
    if (is_v3_) {
      if (!contact_.languages().empty()) {
        LeaveOut("languages", "version 3.0 has no place for them; version 4.0, jCard and CSV have");
      }
      return;
    }
    for (int i = 0; i < contact_.languages_size(); ++i) {
      CardProperty lang = Text("LANG", contact_.languages(i));
      Prefer(i, contact_.languages_size(), lang);
      card_.push_back(std::move(lang));
    }
  }

  const v1::Contact& contact_;
  const bool is_v3_;
  std::vector<v1::ExportFinding>& findings_;
  std::vector<CardProperty> card_;
};

}  // namespace

bool MayBeShown(const v1::Contact& contact, v1::Visibility min_visibility) {
  return Known(contact.visibility()) >= Known(min_visibility);
}

void RemoveSearchSpellings(v1::Contact& contact) {
  const auto remove = [](auto& texts) {
    const auto others =
        std::remove_if(texts.begin(), texts.end(), [](const auto& text) { return IsSearchSpelling(text.locale()); });
    texts.erase(others, texts.end());
  };
  remove(*contact.mutable_person_names());
  remove(*contact.mutable_desk_names());
  remove(*contact.mutable_role_titles());
}

v1::Contact VisiblePart(v1::Contact contact, v1::Visibility min_visibility) {
  const v1::Visibility min = Known(min_visibility);
  RemoveHidden(min, *contact.mutable_emails());
  RemoveHidden(min, *contact.mutable_phones());
  RemoveHidden(min, *contact.mutable_web_addresses());
  if (min == v1::VISIBILITY_INTERNAL) return contact;
  contact.clear_note();
  RemoveSearchSpellings(contact);
  return contact;
}

std::string NumberForEverywhere(const v1::PhoneNumber& phone) {
  if (ParsePhoneNumber(phone.number(), "").ok() || phone.e164().empty()) return phone.number();
  return phone.extension().empty() ? phone.e164() : absl::StrCat(phone.e164(), " ext. ", phone.extension());
}

std::string NameForFiles(const v1::Organization* organization) {
  return organization == nullptr || organization->names().empty() ? std::string()
                                                                  : organization->names(0).display_name();
}

std::vector<CardProperty> CardOf(const v1::Contact& contact, const v1::Organization* organization,
                                 std::string_view version, std::vector<v1::ExportFinding>& findings) {
  return CardWriter(contact, version, findings).Write(organization);
}

}  // namespace communique::contacts
