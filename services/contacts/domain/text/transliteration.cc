// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/transliteration.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace communique::contacts {
namespace {

using Owned = std::unique_ptr<icu::Transliterator>;

// In the order of Romanization. What the first step leaves alone, Any-Latin takes.
constexpr std::array<const char16_t*, 4> kChains = {
    u"Any-Latin; NFD; [:M:] Remove; NFC; Latin-ASCII; Lower",
    u"Russian-Latin/BGN; Any-Latin; NFD; [:M:] Remove; NFC; Latin-ASCII; Lower",
    u"Ukrainian-Latin/BGN; Any-Latin; NFD; [:M:] Remove; NFC; Latin-ASCII; Lower",
    u"Serbian-Latin/BGN; Any-Latin; NFD; [:M:] Remove; NFC; Latin-ASCII; Lower",
};

// Null when ICU's data are missing.
Owned CloneOf(std::size_t chain) {
  static std::mutex mutex;
  static auto* const originals = new std::array<Owned, kChains.size()>;
  const std::lock_guard lock(mutex);
  Owned& original = (*originals)[chain];
  if (original == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    original.reset(icu::Transliterator::createInstance(kChains[chain], UTRANS_FORWARD, status));
    if (original == nullptr || U_FAILURE(status)) return nullptr;
  }
  return Owned(original->clone());
}

const icu::Transliterator* OfThisThread(Romanization romanization) {
  thread_local std::array<Owned, kChains.size()> own;
  const auto chain = static_cast<std::size_t>(romanization);
  if (own[chain] == nullptr) own[chain] = CloneOf(chain);
  return own[chain].get();
}

}  // namespace

std::string Romanized(std::string_view text, Romanization romanization) {
  const icu::Transliterator* transliterator = OfThisThread(romanization);
  if (transliterator == nullptr) return std::string(text);
  icu::UnicodeString utf16 =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  transliterator->transliterate(utf16);
  std::string utf8;
  utf16.toUTF8String(utf8);
  return utf8;
}

}  // namespace communique::contacts
