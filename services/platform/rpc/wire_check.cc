// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/wire_check.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/stubs/common.h"
#include "google/protobuf/wire_format.h"
#include "google/protobuf/wire_format_lite.h"

namespace communique::platform {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormat;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// Protobuf's own limit: what nests deeper does not parse.
constexpr int kMaxDepth = 100;

bool TypeFits(const FieldDescriptor& field, WireFormatLite::WireType type) {
  if (type == WireFormat::WireTypeForFieldType(field.type())) return true;
  return field.is_packable() && type == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
}

class Walk {
 public:
  enum class Purpose { kMalformed, kUnknown };

  Walk(Purpose purpose, std::string_view bytes)
      : purpose_(purpose),
        bytes_(bytes),
        input_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {}

  // Up to the end of the message that the input is limited to.
  std::optional<WireProblem> Message(const Descriptor& message, int depth) {
    const int begin = input_.CurrentPosition();
    while (input_.BytesUntilLimit() != 0 && input_.CurrentPosition() < static_cast<int>(bytes_.size())) {
      const int at = input_.CurrentPosition();
      const std::uint32_t tag = input_.ReadTagNoLastTag();
      const int number = WireFormatLite::GetTagFieldNumber(tag);
      const auto type = WireFormatLite::GetTagWireType(tag);
      if (tag == 0 || number == 0) return Malformed("", "holds bytes that are no field");
      const FieldDescriptor* field = message.FindFieldByNumber(number);
      if (field == nullptr || !TypeFits(*field, type)) {
        if (purpose_ == Purpose::kUnknown) return Unknown(field, number);
        if (!WireFormatLite::SkipField(&input_, tag)) return Malformed(absl::StrCat(number), "breaks off");
        continue;
      }
      if (auto problem = Value(*field, tag, depth)) {
        problem->field = absl::StrCat(Name(*field, begin, at), problem->field.empty() ? "" : ".", problem->field);
        return problem;
      }
    }
    return std::nullopt;
  }

 private:
  static WireProblem Malformed(std::string field, std::string description) {
    return {WireProblem::Kind::kMalformed, std::move(field), std::move(description)};
  }

  static WireProblem Unknown(const FieldDescriptor* field, int number) {
    if (field == nullptr) {
      return {WireProblem::Kind::kUnknownField, absl::StrCat(number),
              "is a field number that this server does not know"};
    }
    return {WireProblem::Kind::kUnknownField, field->name(),
            absl::StrCat("is of another type here (", field->type_name(), ")")};
  }

  std::optional<WireProblem> Value(const FieldDescriptor& field, std::uint32_t tag, int depth) {
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (WireFormatLite::SkipField(&input_, tag)) return std::nullopt;
      return Malformed("", "breaks off");
    }
    int length = 0;
    if (!input_.ReadVarintSizeAsInt(&length)) return Malformed("", "has no length");
    if (length > Remaining()) {
      return Malformed("", absl::StrCat("breaks off: ", length, " bytes were announced, ", Remaining(), " came"));
    }
    if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
      if (depth == kMaxDepth) return Malformed("", absl::StrCat("nests deeper than ", kMaxDepth, " messages"));
      const auto limit = input_.PushLimit(length);
      auto problem = Message(*field.message_type(), depth + 1);
      if (!problem) input_.PopLimit(limit);
      return problem;
    }
    const std::string_view value =
        bytes_.substr(static_cast<std::size_t>(input_.CurrentPosition()), static_cast<std::size_t>(length));
    input_.Skip(length);
    if (purpose_ == Purpose::kMalformed && field.type() == FieldDescriptor::TYPE_STRING &&
        !google::protobuf::internal::IsStructurallyValidUTF8(value.data(), length)) {
      return Malformed("", "is not valid UTF-8");
    }
    return std::nullopt;
  }

  int Remaining() const {
    const int until_limit = input_.BytesUntilLimit();
    const int until_end = static_cast<int>(bytes_.size()) - input_.CurrentPosition();
    return until_limit < 0 || until_end < until_limit ? until_end : until_limit;
  }

  // The field's name; of a repeated one with the index of the element at `at`, in the message that starts at `begin`.
  // Counted only now: without a problem, nobody asks.
  std::string Name(const FieldDescriptor& field, int begin, int at) const {
    if (!field.is_repeated()) return field.name();
    CodedInputStream before(reinterpret_cast<const std::uint8_t*>(bytes_.data()) + begin, at - begin);
    int index = 0;
    while (const std::uint32_t tag = before.ReadTagNoLastTag()) {
      if (WireFormatLite::GetTagFieldNumber(tag) == field.number()) ++index;
      if (!WireFormatLite::SkipField(&before, tag)) break;
    }
    return absl::StrCat(field.name(), "[", index, "]");
  }

  const Purpose purpose_;
  const std::string_view bytes_;
  CodedInputStream input_;
};

}  // namespace

std::optional<WireProblem> FindMalformedField(const Descriptor& message, std::string_view bytes) {
  return Walk(Walk::Purpose::kMalformed, bytes).Message(message, 1);
}

std::optional<WireProblem> FindUnknownField(const Descriptor& message, std::string_view bytes) {
  return Walk(Walk::Purpose::kUnknown, bytes).Message(message, 1);
}

}  // namespace communique::platform
