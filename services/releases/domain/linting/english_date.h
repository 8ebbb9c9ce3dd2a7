// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "google/type/date.pb.h"

namespace communique::releases {

// "16 October 2026", for messages, which are in English; without a year when that is 0. ICU would take half a
// millisecond for each. Requires: month is 1 to 12.
inline std::string EnglishDate(const google::type::Date& date) {
  constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
  std::string text = std::to_string(date.day()) + " " + kMonths.at(static_cast<std::size_t>(date.month()) - 1);
  if (date.year() != 0) text += " " + std::to_string(date.year());
  return text;
}

}  // namespace communique::releases
