// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/labels.h"

#include <array>
#include <string>

namespace communique::releases {
namespace {

struct Words {
  std::string_view locale;
  std::string_view notes_heading;
  std::string_view contacts_heading;
  std::string_view correction;
  std::string_view standard_correction_notice;
  std::string_view withdrawal;
};

constexpr std::array kWords = {
    Words{"en", "Notes to editors:", "Media contacts:", "Correction",
          "This text has been corrected. A notice in this language will follow.", "Withdrawn"},
    Words{"de", "Redaktionshinweise:", "Pressekontakt:", "Korrektur",
          "Dieser Text wurde korrigiert. Ein Hinweis in dieser Sprache folgt.", "Zurückgezogen"},
    Words{"fr", "Notes aux rédactions :", "Contacts presse :", "Rectification",
          "Ce texte a été rectifié. Une note dans cette langue suivra.", "Retiré"},
    Words{"es", "Notas para la redacción:", "Contacto de prensa:", "Corrección",
          "Este texto ha sido corregido. Seguirá una nota en este idioma.", "Retirado"},
    Words{"ar", "ملاحظات للمحررين:", "جهات الاتصال الإعلامية:", "تصحيح",
          "تم تصحيح هذا النص. سيتبع ذلك إشعار بهذه اللغة.", "تم السحب"},
    Words{"he", "הערות לעורכים:", "פרטי קשר לתקשורת:", "תיקון", "הטקסט תוקן. הודעה בשפה זו תפורסם בהמשך.", "הוסר"},
};

// "de-CH", then "de", then nothing.
std::string_view ShorterTag(std::string_view tag) {
  const std::size_t cut = tag.rfind('-');
  return cut == std::string_view::npos ? std::string_view() : tag.substr(0, cut);
}

void FillEmpty(const std::string& from, std::string& to) {
  if (to.empty()) to = from;
}

}  // namespace

v1::Labels BuiltInLabels(std::string_view language) {
  const Words* words = &kWords[0];
  bool found = false;
  for (std::string_view tag = language; !tag.empty() && !found; tag = ShorterTag(tag)) {
    for (const Words& candidate : kWords) {
      if (candidate.locale != tag) continue;
      words = &candidate;
      found = true;
    }
  }
  v1::Labels labels;
  labels.set_locale(std::string(words->locale));
  labels.set_notes_heading(std::string(words->notes_heading));
  labels.set_contacts_heading(std::string(words->contacts_heading));
  labels.set_correction(std::string(words->correction));
  labels.set_standard_correction_notice(std::string(words->standard_correction_notice));
  labels.set_withdrawal(std::string(words->withdrawal));
  return labels;
}

v1::Labels LabelsOf(const v1::Newsroom& newsroom, std::string_view language) {
  v1::Labels labels;
  for (std::string_view tag = language; !tag.empty() && labels.locale().empty(); tag = ShorterTag(tag)) {
    for (const v1::Labels& own : newsroom.labels()) {
      if (own.locale() == tag) labels = own;
    }
  }
  const v1::Labels built_in = BuiltInLabels(language);
  FillEmpty(built_in.locale(), *labels.mutable_locale());
  FillEmpty(built_in.notes_heading(), *labels.mutable_notes_heading());
  FillEmpty(built_in.contacts_heading(), *labels.mutable_contacts_heading());
  FillEmpty(built_in.correction(), *labels.mutable_correction());
  FillEmpty(built_in.standard_correction_notice(), *labels.mutable_standard_correction_notice());
  FillEmpty(built_in.withdrawal(), *labels.mutable_withdrawal());
  return labels;
}

v1::EditionLabels EditionLabelsOf(const v1::Labels& labels) {
  v1::EditionLabels edition;
  edition.set_notes_heading(labels.notes_heading());
  edition.set_contacts_heading(labels.contacts_heading());
  return edition;
}

}  // namespace communique::releases
