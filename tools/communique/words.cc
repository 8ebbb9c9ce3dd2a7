// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "services/platform/base/timestamp.h"

namespace communique::command {
namespace {

// "RenderFormat" gives "RENDER_FORMAT_".
std::string ValuePrefix(const std::string& enum_name) {
  std::string prefix;
  for (const char c : enum_name) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + '_';
}

}  // namespace

std::string TimeWords(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "-";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", platform::FromTimestamp(time), absl::UTCTimeZone());
}

std::string CivilTimeWords(const common::v1::CivilTime& time) {
  std::string words = time.local();
  if (!time.time_zone().empty()) absl::StrAppend(&words, " ", time.time_zone());
  if (time.has_instant()) absl::StrAppend(&words, " (", TimeWords(time.instant()), ")");
  return words;
}

std::string DateWords(const google::type::Date& date) {
  const std::string day = absl::StrFormat("%02d-%02d", date.month(), date.day());
  return date.year() == 0 ? day : absl::StrFormat("%04d-%s", date.year(), day);
}

std::string EnumWords(const google::protobuf::EnumDescriptor& type, int value) {
  const auto* known = type.FindValueByNumber(value);
  if (known == nullptr) return absl::StrCat(value);
  return std::string(absl::StripPrefix(known->name(), ValuePrefix(type.name())));
}

std::string CountWords(int count, const std::string& noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

}  // namespace communique::command
