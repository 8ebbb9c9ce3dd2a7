// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "google/type/date.pb.h"
#include "services/releases/domain/text/tokens.h"

namespace communique::releases {

// A date as somebody wrote it: "16. Oktober", "Friday, October 16, 2026", "le 1er octobre 2026", "2026-10-16",
// "16/10/2026", "١٦ أكتوبر ٢٠٢٦". What the text does not say is 0 in `date`; the day is 0 in "October 2026" only.
struct FoundDate {
  std::size_t begin = 0;
  std::size_t end = 0;
  google::type::Date date;
  // The weekday it is said to be, 1 (Monday) to 7 (Sunday); 0 when none is named.
  std::int32_t weekday = 0;
};

// The dates in `text`, in order. Month names are those of `language` and of English. Numbers of the form a/b/year are
// day, month, year, except in "en-US" and where only the other order exists. A day that its month does not have is no
// date.
std::vector<FoundDate> FindDates(std::string_view text, std::string_view language);

// The date that begins exactly at `offset`.
std::optional<FoundDate> DateAt(std::string_view text, std::size_t offset, std::string_view language);

}  // namespace communique::releases
