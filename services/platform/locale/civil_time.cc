// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/locale/civil_time.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

// Abseil also takes fixed offsets, any path that ends at a file of the database, and what stands in its folder without
// being a zone; only names of the database mean the same everywhere.
bool IsZoneName(std::string_view name) {
  for (const std::string_view other : {"Factory", "UTC0", "localtime", "posixrules"}) {
    if (name == other) return false;
  }
  for (const std::string_view folder : {"Fixed/", "posix/", "right/"}) {
    if (name.starts_with(folder)) return false;
  }
  // Names are made of parts ("America/Argentina/Ushuaia"); one that begins with a dot, or is empty, is a path's.
  bool part_begins = true;
  for (const char c : name) {
    if (part_begins && (c == '.' || c == '/')) return false;
    part_begins = c == '/';
  }
  return !part_begins;
}

absl::StatusOr<absl::TimeZone> LoadZone(std::string_view name) {
  absl::TimeZone zone;
  if (!IsZoneName(name) || !absl::LoadTimeZone(ToAbsl(name), &zone)) {
    return InvalidField("time_zone", absl::StrCat("\"", Excerpt(name, 64),
                                                  "\" is not a time zone; IANA names look like \"Europe/Zurich\""));
  }
  return zone;
}

}  // namespace

absl::StatusOr<absl::Time> ResolveCivilTime(std::string_view local, std::string_view time_zone) {
  const auto zone = LoadZone(time_zone);
  if (!zone.ok()) return zone.status();
  absl::CivilSecond second;
  const std::string full = local.size() == 16 ? absl::StrCat(ToAbsl(local), ":00") : std::string(local);
  // Written out again it must be the same: Abseil's parser also takes white space and days that do not exist.
  const bool readable = absl::ParseCivilTime(full, &second) && absl::FormatCivilTime(second) == full &&
                        second.year() >= 1970 && second.year() <= 9999;
  if (!readable) {
    return InvalidField(
        "local", absl::StrCat("\"", Excerpt(local, 40), "\" is not a local time; write it as \"2026-10-16T10:00\""));
  }
  const absl::TimeZone::TimeInfo info = zone->At(second);
  return info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.post;
}

absl::Status ResolveInPlace(common::v1::CivilTime& time, std::string_view default_zone) {
  if (time.time_zone().empty()) time.set_time_zone(std::string(default_zone));
  const auto instant = ResolveCivilTime(time.local(), time.time_zone());
  if (!instant.ok()) return instant.status();
  *time.mutable_instant() = ToTimestamp(*instant);
  return absl::OkStatus();
}

absl::Time InstantOf(const common::v1::CivilTime& time) { return FromTimestamp(time.instant()); }

bool IsTimeZone(std::string_view name) { return LoadZone(name).ok(); }

}  // namespace communique::platform
