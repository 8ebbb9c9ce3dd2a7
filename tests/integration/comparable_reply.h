// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/unknown_field_set.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace communique::testing {

// Writes replies down so that those of two stores, in which the same was done at different times, are equal if and only
// if a reader could not tell the stores apart. Every byte counts: fields are written in the order of the wire, known or
// not. Only these are replaced, each by what can be compared of it:
//   - times, in messages and page tokens: by their order among the times of the same observation. One store did
//     everything a little later than the other.
//   - etags: by the order in which they were first seen. They are hashes over texts with times in them.
//   - what a page token is bound to: the same way. It is a hash over arguments, and filters have times in them.
//   - the id of the store in watch tokens: the same way. It is random. The feed and the position stay.
// For one store, over all that is read of it.
class ComparableReply {
 public:
  // With times marked, to be replaced by Finish.
  std::string OfMessage(const std::string& bytes, const google::protobuf::Descriptor& type);
  // Replaces the times by their order.
  static std::vector<std::string> Finish(std::vector<std::string> lines);

  // Watch tokens of events and lists that this store gave.
  const std::set<std::string>& watch_tokens() const { return watch_tokens_; }

 private:
  std::string OfFields(const google::protobuf::UnknownFieldSet& fields, const google::protobuf::Descriptor* type);
  std::string OfBytes(const std::string& bytes, const google::protobuf::FieldDescriptor* field);
  std::string OfPageToken(const std::string& token);
  std::string OfWatchToken(const std::string& token);
  std::string Ordinal(const std::string& what, const std::string& value);

  std::map<std::string, std::map<std::string, std::size_t>> seen_;
  std::set<std::string> watch_tokens_;
};

}  // namespace communique::testing
