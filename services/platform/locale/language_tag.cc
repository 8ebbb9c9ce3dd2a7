// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/locale/language_tag.h"

#include <unicode/localebuilder.h>
#include <unicode/locid.h>
#include <unicode/uloc.h>

#include <array>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

absl::Status NotATag(std::string_view tag) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("\"", Excerpt(tag, kMaxLanguageTagBytes),
                                "\" is not a language tag; BCP 47 tags look like \"de\", \"pt-BR\" or \"zh-Hant\""));
}

}  // namespace

absl::StatusOr<std::string> CanonicalLanguageTag(std::string_view tag) {
  if (tag.empty() || tag.size() > kMaxLanguageTagBytes) return NotATag(tag);
  for (const char c : tag) {
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (!allowed) return NotATag(tag);
  }
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale = icu::LocaleBuilder()
                           .setLanguageTag(icu::StringPiece(tag.data(), static_cast<std::int32_t>(tag.size())))
                           .build(error);
  if (U_FAILURE(error)) return NotATag(tag);
  locale.canonicalize(error);
  std::string canonical = locale.toLanguageTag<std::string>(error);
  if (U_FAILURE(error) || canonical.size() > kMaxLanguageTagBytes) return NotATag(tag);
  // "und" says that the language is not known: nothing can be published in it. ICU also makes it of an empty language.
  if (canonical == "und" || canonical.starts_with("und-")) return NotATag(tag);
  return canonical;
}

bool IsCanonicalLanguageTag(std::string_view tag) {
  const auto canonical = CanonicalLanguageTag(tag);
  return canonical.ok() && *canonical == tag;
}

std::vector<std::string> LookupChain(std::string_view tag) {
  std::vector<std::string> chain;
  std::string rest(tag);
  while (!rest.empty()) {
    chain.push_back(rest);
    const std::size_t dash = rest.rfind('-');
    if (dash == std::string::npos) break;
    rest.resize(dash);
    // A single letter opens an extension: without what it opens it means nothing.
    if (rest.size() >= 2 && rest[rest.size() - 2] == '-') rest.resize(rest.size() - 2);
  }
  return chain;
}

bool IsRightToLeft(std::string_view tag) {
  return icu::Locale::createFromName(std::string(tag).c_str()).isRightToLeft();
}

}  // namespace communique::platform
