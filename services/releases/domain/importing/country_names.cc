// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/country_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <map>
#include <mutex>
#include <set>
#include <string>

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/icu_bridge.h"

namespace communique::releases {
namespace {

std::set<std::string> NamesIn(const icu::Locale& language) {
  std::set<std::string> names;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(language, name);
    names.insert(Fold(ToUtf8(name)));
  }
  return names;
}

// The names in one language, made once.
const std::set<std::string>& NamesOf(std::string_view language) {
  static std::mutex mutex;
  static auto& cache = *new std::map<std::string, std::set<std::string>>();
  const icu::Locale locale = LocaleOf(language);
  const std::lock_guard<std::mutex> lock(mutex);
  const auto [entry, added] = cache.try_emplace(locale.getLanguage());
  if (added) entry->second = NamesIn(icu::Locale(locale.getLanguage()));
  return entry->second;
}

}  // namespace

bool IsCountryName(std::string_view name, std::string_view language) {
  const std::string folded = Fold(name);
  return NamesOf("en").contains(folded) || NamesOf(language).contains(folded);
}

}  // namespace communique::releases
