// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/generated_enum_reflection.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "communique/common/v1/civil_time.pb.h"
#include "communique/releases/v1/content.pb.h"
#include "google/type/date.pb.h"

// Single values in words, for text output.
namespace communique::command {

// "2026-10-16 08:00:00 UTC"; "-" where none is set.
std::string TimeWords(const google::protobuf::Timestamp& time);

// "2026-10-16T10:00 Europe/Zurich", with the instant where it is known.
std::string CivilTimeWords(const common::v1::CivilTime& time);

// "2026-10-16", or "10-16" without a year.
std::string DateWords(const google::type::Date& date);

// The name of the value without the prefix that all values of its enum have: "IN_REVIEW". A number that this build does
// not know is given as it is.
std::string EnumWords(const google::protobuf::EnumDescriptor& type, int value);
template <typename Enum>
std::string EnumWords(Enum value) {
  return EnumWords(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

// "3 notes", "1 note".
std::string CountWords(int count, const std::string& noun);

}  // namespace communique::command
