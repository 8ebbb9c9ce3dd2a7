// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/release_validation.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/civil_time.h"
#include "services/platform/locale/text.h"
#include "services/platform/resources/field_checks.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/names.h"

namespace communique::releases {
namespace {

using platform::FieldViolations;

std::string Entry(std::string_view list, int index, std::string_view field = "") {
  return absl::StrCat(platform::ToAbsl(list), "[", index, "]", field.empty() ? "" : ".", platform::ToAbsl(field));
}

void CheckOnce(const std::string& path, const std::string& locale, std::set<std::string>& seen,
               FieldViolations& violations) {
  if (!seen.insert(locale).second)
    violations.Add(path, absl::StrCat("\"", platform::Excerpt(locale, 40), "\" is there twice"));
}

// A language that a list names: canonical, offered by the newsroom and not named before.
void CheckOffered(const std::string& path, const std::string& locale, const v1::Newsroom& newsroom,
                  std::set<std::string>& seen, FieldViolations& violations) {
  CheckLanguage(path, locale, violations);
  if (!OffersLanguage(newsroom, locale)) {
    violations.Add(path, absl::StrCat("\"", platform::Excerpt(locale, 40), "\" is not a language of ",
                                      platform::Excerpt(newsroom.name(), 100)));
  }
  CheckOnce(path, locale, seen, violations);
}

void CheckSourceLanguage(const std::string& path, bool present, const v1::Newsroom& newsroom,
                         FieldViolations& violations) {
  if (!present) {
    violations.Add(
        path, absl::StrCat("needs an entry in the newsroom's source language, \"", newsroom.source_language(), "\""));
  }
}

void CheckFallbacks(const v1::Newsroom& newsroom, FieldViolations& violations) {
  CheckCount("fallbacks", newsroom.fallbacks_size(), 100, violations);
  std::set<std::string> seen;
  for (int i = 0; i < newsroom.fallbacks_size(); ++i) {
    const auto& fallback = newsroom.fallbacks(i);
    CheckLanguage(Entry("fallbacks", i, "locale"), fallback.locale(), violations);
    if (!seen.insert(fallback.locale()).second) violations.Add(Entry("fallbacks", i, "locale"), "is there twice");
    if (fallback.alternatives().empty()) violations.Add(Entry("fallbacks", i, "alternatives"), "must not be empty");
    CheckCount(Entry("fallbacks", i, "alternatives"), fallback.alternatives_size(), 20, violations);
    std::set<std::string> alternatives;
    for (int k = 0; k < fallback.alternatives_size(); ++k) {
      CheckOffered(absl::StrCat(Entry("fallbacks", i, "alternatives"), "[", k, "]"), fallback.alternatives(k), newsroom,
                   alternatives, violations);
    }
  }
}

void CheckLabels(const v1::Newsroom& newsroom, FieldViolations& violations) {
  std::set<std::string> seen;
  for (int i = 0; i < newsroom.labels_size(); ++i) {
    const auto& labels = newsroom.labels(i);
    CheckOffered(Entry("labels", i, "locale"), labels.locale(), newsroom, seen, violations);
    CheckText(Entry("labels", i, "notes_heading"), labels.notes_heading(), {300, false, true}, violations);
    CheckText(Entry("labels", i, "contacts_heading"), labels.contacts_heading(), {300, false, true}, violations);
    CheckText(Entry("labels", i, "correction"), labels.correction(), {300, false, true}, violations);
    CheckText(Entry("labels", i, "standard_correction_notice"), labels.standard_correction_notice(), {300}, violations);
    CheckText(Entry("labels", i, "withdrawal"), labels.withdrawal(), {300, false, true}, violations);
  }
}

}  // namespace

bool OffersLanguage(const v1::Newsroom& newsroom, std::string_view locale) {
  if (newsroom.source_language() == locale) return true;
  for (const auto& language : newsroom.languages()) {
    if (language == locale) return true;
  }
  return false;
}

void NormalizeNewsroom(v1::Newsroom& newsroom) {
  platform::Canonicalize(*newsroom.mutable_source_language());
  for (auto& language : *newsroom.mutable_languages()) platform::Canonicalize(language);
  if (newsroom.languages().empty()) newsroom.add_languages(newsroom.source_language());
  for (auto& language : *newsroom.mutable_required_languages()) platform::Canonicalize(language);
  for (auto& fallback : *newsroom.mutable_fallbacks()) {
    platform::Canonicalize(*fallback.mutable_locale());
    for (auto& alternative : *fallback.mutable_alternatives()) platform::Canonicalize(alternative);
  }
  for (auto& labels : *newsroom.mutable_labels()) platform::Canonicalize(*labels.mutable_locale());
  if (newsroom.time_zone().empty()) newsroom.set_time_zone("UTC");
}

absl::Status ValidateNewsroom(const v1::Newsroom& newsroom) {
  FieldViolations violations;
  CheckText("display_name", newsroom.display_name(), {200, true, true}, violations);
  CheckLanguage("source_language", newsroom.source_language(), violations);
  CheckCount("languages", newsroom.languages_size(), 50, violations);
  std::set<std::string> seen;
  bool has_source = false;
  for (int i = 0; i < newsroom.languages_size(); ++i) {
    const std::string& language = newsroom.languages(i);
    // The source language has been looked at; where the caller named no languages, it is here because of us.
    if (language != newsroom.source_language()) CheckLanguage(Entry("languages", i), language, violations);
    CheckOnce(Entry("languages", i), language, seen, violations);
    has_source = has_source || language == newsroom.source_language();
  }
  if (!has_source) violations.Add("languages", "must hold the source language");
  seen.clear();
  for (int i = 0; i < newsroom.required_languages_size(); ++i) {
    CheckOffered(Entry("required_languages", i), newsroom.required_languages(i), newsroom, seen, violations);
  }
  CheckFallbacks(newsroom, violations);
  CheckLabels(newsroom, violations);
  if (!platform::IsTimeZone(newsroom.time_zone())) {
    violations.Add("time_zone", absl::StrCat("\"", platform::Excerpt(newsroom.time_zone(), 60),
                                             "\" is not a time zone; IANA names look like \"Europe/Zurich\""));
  }
  if (!newsroom.web_address_template().empty()) {
    CheckUri("web_address_template", newsroom.web_address_template(), "https", violations);
    CheckText("web_address_template", newsroom.web_address_template(), {500, true, true}, violations);
    if (newsroom.web_address_template().find("{slug}") == std::string::npos &&
        newsroom.web_address_template().find("{release}") == std::string::npos) {
      violations.Add("web_address_template", "needs {slug} or {release}, or all editions would have one address");
    }
  }
  CheckText("end_mark", newsroom.end_mark(), {100, false, true}, violations);
  if (!newsroom.parent_newsroom().empty() && !NewsroomName::Parse(newsroom.parent_newsroom())) {
    violations.Merge("", InvalidName("parent_newsroom", newsroom.parent_newsroom(), kNewsroomPattern));
  }
  if (!newsroom.duty_contact().empty()) {
    violations.Merge("", platform::FieldNotSupported("duty_contact", "contacts cannot be referred to yet"));
  }
  return violations.ToStatus();
}

void NormalizeSection(v1::Section& section) {
  for (auto& text : *section.mutable_texts()) platform::Canonicalize(*text.mutable_locale());
}

absl::Status ValidateSection(const v1::Section& section, const v1::Newsroom& newsroom) {
  FieldViolations violations;
  std::set<std::string> seen;
  for (int i = 0; i < section.texts_size(); ++i) {
    CheckOffered(Entry("texts", i, "locale"), section.texts(i).locale(), newsroom, seen, violations);
    CheckText(Entry("texts", i, "title"), section.texts(i).title(), {200, true, true}, violations);
    CheckText(Entry("texts", i, "text"), section.texts(i).text(), {10'000}, violations);
  }
  CheckSourceLanguage("texts", seen.contains(newsroom.source_language()), newsroom, violations);
  if (!section.parent_section().empty()) {
    const auto parent = SectionName::Parse(section.parent_section());
    if (!parent) {
      violations.Merge("", InvalidName("parent_section", section.parent_section(), kSectionPattern));
    } else if (NewsroomName{parent->newsroom}.ToString() != newsroom.name()) {
      violations.Add("parent_section", absl::StrCat("must be a section of ", newsroom.name()));
    }
  }
  if (section.has_rule()) CheckText("rule.filter", section.rule().filter(), {2000, true}, violations);
  if (section.has_link()) CheckUri("link.uri", section.link().uri(), "https, http", violations);
  if (section.has_picks() && section.picks().releases().empty()) {
    violations.Add("picks.releases", "must not be empty");
  }
  CheckCount("picks.releases", section.picks().releases_size(), 100, violations);
  std::set<std::string> picked;
  for (int i = 0; i < section.picks().releases_size(); ++i) {
    const auto release = ReleaseName::Parse(section.picks().releases(i));
    if (!release) {
      violations.Merge("", InvalidName(Entry("picks.releases", i), section.picks().releases(i), kReleasePattern));
    } else if (NewsroomName{release->newsroom}.ToString() != newsroom.name()) {
      violations.Add(Entry("picks.releases", i), absl::StrCat("must be a release of ", newsroom.name()));
    }
    if (!picked.insert(section.picks().releases(i)).second) {
      violations.Add(Entry("picks.releases", i), "is there twice");
    }
  }
  return violations.ToStatus();
}

void NormalizeBoilerplate(v1::Boilerplate& boilerplate) {
  for (auto& text : *boilerplate.mutable_texts()) {
    platform::Canonicalize(*text.mutable_locale());
    for (auto& block : *text.mutable_blocks()) block.clear_etag();
  }
}

absl::Status ValidateBoilerplate(const v1::Boilerplate& boilerplate, const v1::Newsroom& newsroom) {
  FieldViolations violations;
  CheckText("title", boilerplate.title(), {200, true, true}, violations);
  std::set<std::string> seen;
  for (int i = 0; i < boilerplate.texts_size(); ++i) {
    const auto& text = boilerplate.texts(i);
    CheckOffered(Entry("texts", i, "locale"), text.locale(), newsroom, seen, violations);
    CheckText(Entry("texts", i, "heading"), text.heading(), {300, false, true}, violations);
    if (text.blocks().empty()) violations.Add(Entry("texts", i, "blocks"), "must not be empty");
    CheckCount(Entry("texts", i, "blocks"), text.blocks_size(), 50, violations);
    for (int k = 0; k < text.blocks_size(); ++k) {
      const std::string path = absl::StrCat(Entry("texts", i, "blocks"), "[", k, "]");
      violations.Merge("", ValidateBlock(path, text.blocks(k)));
      if (text.blocks(k).has_quote() || text.blocks(k).has_table() || text.blocks(k).has_separator()) {
        violations.Add(path, "standing texts hold paragraphs, headings and lists");
      }
    }
  }
  CheckSourceLanguage("texts", seen.contains(newsroom.source_language()), newsroom, violations);
  return violations.ToStatus();
}

absl::Status NormalizeRelease(const v1::Newsroom& newsroom, v1::Release& release) {
  FieldViolations violations;
  if (release.has_publish_time()) {
    violations.Merge("publish_time", platform::ResolveInPlace(*release.mutable_publish_time(), newsroom.time_zone()));
  }
  if (release.embargo().has_end()) {
    violations.Merge("embargo.end",
                     platform::ResolveInPlace(*release.mutable_embargo()->mutable_end(), newsroom.time_zone()));
  }
  for (auto& slug : *release.mutable_slugs()) platform::Canonicalize(*slug.mutable_locale());
  return violations.ToStatus();
}

absl::Status ValidateRelease(const v1::Release& release) {
  FieldViolations violations;
  if (release.has_embargo()) {
    if (release.embargo().has_end() == release.embargo().indefinite()) {
      violations.Add("embargo", "needs an end, or to be indefinite, and not both");
    }
    CheckText("embargo.reason", release.embargo().reason(), {1000}, violations);
  }
  CheckCount("topics", release.topics_size(), 50, violations);
  std::set<std::string> topics;
  for (int i = 0; i < release.topics_size(); ++i) {
    CheckKey(Entry("topics", i), release.topics(i), 63, violations);
    if (!topics.insert(release.topics(i)).second) violations.Add(Entry("topics", i), "is there twice");
  }
  std::set<std::string> locales;
  CheckCount("slugs", release.slugs_size(), 50, violations);
  for (int i = 0; i < release.slugs_size(); ++i) {
    CheckLanguage(Entry("slugs", i, "locale"), release.slugs(i).locale(), violations);
    CheckKey(Entry("slugs", i, "slug"), release.slugs(i).slug(), 80, violations);
    if (!locales.insert(release.slugs(i).locale()).second)
      violations.Add(Entry("slugs", i, "locale"), "is there twice");
  }
  CheckCount("assignees", release.assignees_size(), 20, violations);
  for (int i = 0; i < release.assignees_size(); ++i) {
    CheckText(Entry("assignees", i), release.assignees(i), {200, true, true}, violations);
  }
  CheckText("reference_number", release.reference_number(), {100, false, true}, violations);
  return violations.ToStatus();
}

absl::Status ValidateTexts(std::string_view path,
                           const google::protobuf::RepeatedPtrField<common::v1::LocalizedText>& texts,
                           const v1::Newsroom& newsroom, std::size_t max_characters) {
  FieldViolations violations;
  std::set<std::string> seen;
  for (int i = 0; i < texts.size(); ++i) {
    CheckOffered(Entry(path, i, "locale"), texts[i].locale(), newsroom, seen, violations);
    CheckText(Entry(path, i, "text"), texts[i].text(), {max_characters, true}, violations);
  }
  return violations.ToStatus();
}

absl::Status ValidateLanguages(std::string_view path, const google::protobuf::RepeatedPtrField<std::string>& languages,
                               const v1::Newsroom& newsroom) {
  FieldViolations violations;
  if (languages.empty()) violations.Add(path, "name at least one language");
  std::set<std::string> seen;
  for (int i = 0; i < languages.size(); ++i) CheckOffered(Entry(path, i), languages[i], newsroom, seen, violations);
  return violations.ToStatus();
}

}  // namespace communique::releases
