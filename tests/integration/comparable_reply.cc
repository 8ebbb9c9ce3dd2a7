// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/comparable_reply.h"

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/platform/changes/feed_token.h"

namespace communique::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// Around microseconds; no text that has been escaped has it.
constexpr char kMark = '\x01';

std::string Marked(std::int64_t micros) { return absl::StrCat(std::string(1, kMark), micros, std::string(1, kMark)); }

std::uint64_t Number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number << 8U | static_cast<unsigned char>(c);
  return number;
}

}  // namespace

std::string ComparableReply::Ordinal(const std::string& what, const std::string& value) {
  if (value.empty()) return "";
  auto& seen = seen_[what];
  return absl::StrCat(what, " ", seen.try_emplace(value, seen.size()).first->second);
}

std::string ComparableReply::OfWatchToken(const std::string& token) {
  const auto decoded = platform::DecodeFeedToken(token);
  if (!decoded.ok()) return absl::StrCat("not a watch token: ", absl::CEscape(token));
  watch_tokens_.insert(token);
  return absl::StrCat(Ordinal("store", decoded->store_id), " feed ", static_cast<int>(decoded->feed), " at ",
                      decoded->position);
}

// The bytes of a token, its numbers read as the times they are: a version, 12 bytes of what it is bound to, then 'i'
// and 8 bytes, or 't', 4 bytes of length and a text.
std::string ComparableReply::OfPageToken(const std::string& token) {
  std::string bytes;
  if (token.empty()) return "";
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() < 13)
    return absl::StrCat("not a page token: ", token);
  std::string text = absl::StrCat(absl::CEscape(bytes.substr(0, 1)), " ", Ordinal("list", bytes.substr(1, 12)));
  for (std::size_t at = 13; at < bytes.size();) {
    const bool number = bytes[at] == 'i';
    const std::size_t head = at + (number ? 9 : 5);
    if (head > bytes.size()) return absl::StrCat("not a page token: ", token);
    const std::uint64_t value = Number(std::string_view(bytes).substr(at + 1, head - at - 1));
    at = number ? head : head + static_cast<std::size_t>(value);
    if (at > bytes.size()) return absl::StrCat("not a page token: ", token);
    if (number) {
      absl::StrAppend(&text, " i ", Marked(static_cast<std::int64_t>(value)));
    } else {
      absl::StrAppend(&text, " t ", absl::CEscape(bytes.substr(head, at - head)));
    }
  }
  return text;
}

std::string ComparableReply::OfBytes(const std::string& bytes, const FieldDescriptor* field) {
  const std::string as_text = absl::StrCat("\"", absl::CEscape(bytes), "\"");
  if (field == nullptr) return as_text;
  const bool message = field->message_type() != nullptr;
  if (message && field->message_type() == google::protobuf::Timestamp::descriptor()) {
    google::protobuf::Timestamp time;
    const bool parses = time.ParseFromString(bytes);
    // To the microsecond, as stores keep times; more than that would be news.
    if (!parses || time.SerializeAsString() != bytes || time.nanos() % 1000 != 0) {
      return absl::StrCat("odd time ", absl::CEscape(bytes));
    }
    return Marked(time.seconds() * 1'000'000 + time.nanos() / 1000);
  }
  if (message) return absl::StrCat("{", OfMessage(bytes, *field->message_type()), "}");
  const std::string& name = field->name();
  // A block's is a hash over its words alone.
  if (name == "etag" && field->containing_type()->name() != "Block") return Ordinal("etag", bytes);
  if (name == "token" || name == "watch_token") return OfWatchToken(bytes);
  if (name == "next_page_token") return OfPageToken(bytes);
  return as_text;
}

std::string ComparableReply::OfFields(const UnknownFieldSet& fields, const Descriptor* type) {
  std::string text;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* known = type == nullptr ? nullptr : type->FindFieldByNumber(field.number());
    absl::StrAppend(&text, i == 0 ? "" : " ", known == nullptr ? absl::StrCat("#", field.number()) : known->name(),
                    ":");
    switch (field.type()) {
      case UnknownField::TYPE_VARINT:
        absl::StrAppend(&text, field.varint());
        break;
      case UnknownField::TYPE_FIXED32:
        absl::StrAppend(&text, field.fixed32());
        break;
      case UnknownField::TYPE_FIXED64:
        absl::StrAppend(&text, field.fixed64());
        break;
      case UnknownField::TYPE_LENGTH_DELIMITED:
        absl::StrAppend(&text, OfBytes(field.length_delimited(), known));
        break;
      case UnknownField::TYPE_GROUP:
        absl::StrAppend(&text, "{", OfFields(field.group(), nullptr), "}");
        break;
    }
  }
  return text;
}

std::string ComparableReply::OfMessage(const std::string& bytes, const Descriptor& type) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) return absl::StrCat("no message: ", absl::CEscape(bytes));
  return OfFields(fields, &type);
}

std::vector<std::string> ComparableReply::Finish(std::vector<std::string> lines) {
  std::set<std::int64_t> times;
  const auto for_each_time = [](const std::string& line, const auto& take) {
    std::string rest;
    for (std::size_t at = 0;;) {
      const std::size_t begin = line.find(kMark, at);
      rest += line.substr(at, begin - at);
      if (begin == std::string::npos) return rest;
      const std::size_t end = line.find(kMark, begin + 1);
      std::int64_t micros = 0;
      if (absl::SimpleAtoi(line.substr(begin + 1, end - begin - 1), &micros)) rest += take(micros);
      at = end + 1;
    }
  };
  for (const std::string& line : lines) {
    for_each_time(line, [&](std::int64_t micros) {
      times.insert(micros);
      return "";
    });
  }
  for (std::string& line : lines) {
    line = for_each_time(line, [&](std::int64_t micros) {
      return absl::StrCat("time ", std::distance(times.begin(), times.find(micros)));
    });
  }
  return lines;
}

}  // namespace communique::testing
