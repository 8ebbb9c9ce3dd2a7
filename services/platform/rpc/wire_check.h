// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace communique::platform {

// What is wrong with the bytes of a message. Protobuf's parser says only that something is, and keeps what it does not
// know; this walks the wire format beside the descriptor and says what and where.
struct WireProblem {
  enum class Kind { kMalformed, kUnknownField };
  Kind kind = Kind::kMalformed;
  // The path of the field, as in "release.content.body[2].quote.text"; of an unknown one, its number instead of its
  // name
  // ("release.999"). Empty where the message itself is broken off.
  std::string field;
  // What is wrong with it: "is not valid UTF-8".
  std::string description;
};

// For bytes that did not parse: the first thing a parser stumbles over. None when it cannot be told.
std::optional<WireProblem> FindMalformedField(const google::protobuf::Descriptor& message, std::string_view bytes);

// For bytes that did parse: the first field, at any depth, that `message` does not have or has with another wire type.
// Reading and writing the message would lose it or carry it along unseen. What a google.protobuf.Any holds is not
// looked at. Allocates only when there is one.
std::optional<WireProblem> FindUnknownField(const google::protobuf::Descriptor& message, std::string_view bytes);

}  // namespace communique::platform
