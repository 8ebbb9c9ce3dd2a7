// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/negotiation.h"

#include <algorithm>
#include <vector>

#include "services/platform/locale/language_tag.h"

namespace communique::releases {
namespace {

using Response = v1::ResolveEditionResponse;

bool Contains(std::span<const std::string> tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::optional<LanguageChoice> Answer(const std::string& wish, std::span<const std::string> available,
                                     const internal::LanguageIndex& index) {
  const auto tag = platform::CanonicalLanguageTag(wish);
  if (!tag.ok()) return {};
  const std::vector<std::string> chain = platform::LookupChain(*tag);
  for (const std::string& candidate : chain) {
    if (!Contains(available, candidate)) continue;
    return LanguageChoice{candidate, wish, candidate == *tag ? Response::MATCH_EXACT : Response::MATCH_LOOKUP};
  }
  for (const std::string& candidate : chain) {
    for (const auto& fallback : index.fallbacks()) {
      if (fallback.locale() != candidate) continue;
      for (const std::string& alternative : fallback.alternatives()) {
        if (Contains(available, alternative)) return LanguageChoice{alternative, wish, Response::MATCH_FALLBACK};
      }
      return {};  // the nearest entry decides
    }
  }
  return {};
}

std::vector<std::string> Available(const internal::LanguageIndex& index) {
  std::vector<std::string> readable;
  std::vector<std::string> all;
  for (const auto& language : index.languages()) {
    all.push_back(language.locale());
    if (language.visibility() == v1::Edition::VISIBILITY_LIVE ||
        language.visibility() == v1::Edition::VISIBILITY_NOTICE) {
      readable.push_back(language.locale());
    }
  }
  return readable.empty() ? all : readable;
}

}  // namespace

std::optional<LanguageChoice> ChooseLanguage(std::span<const std::string> wishes,
                                             const internal::LanguageIndex& index) {
  const std::vector<std::string> available = Available(index);
  for (const std::string& wish : wishes) {
    if (auto choice = Answer(wish, available, index)) return choice;
  }
  if (Contains(available, index.source_language())) {
    return LanguageChoice{index.source_language(), "", Response::MATCH_SOURCE};
  }
  if (available.empty()) return {};
  return LanguageChoice{available.front(), "", Response::MATCH_ANY};
}

}  // namespace communique::releases
