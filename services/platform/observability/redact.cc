// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/redact.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "communique/common/v1/data.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace communique::platform {
namespace {

using common::v1::Data;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Json = nlohmann::ordered_json;

constexpr int kMaxValues = 200;
constexpr std::size_t kMaxText = 512;

Data ClassOf(const FieldDescriptor& field, Data inherited) {
  const auto& options = field.options();
  return options.HasExtension(common::v1::data) ? options.GetExtension(common::v1::data) : inherited;
}

std::string Hidden(Data data, std::size_t bytes) {
  const char* name = "unclassified";
  if (data == common::v1::DATA_PUBLIC) name = "public";
  if (data == common::v1::DATA_PERSONAL) name = "personal";
  if (data == common::v1::DATA_SECRET) name = "secret";
  return absl::StrCat("<", name, ", ", bytes, " bytes>");
}

// Walks one message. What has been shown is counted over the whole tree, so that neither a long list nor a deep one
// makes a long line.
class Redactor {
 public:
  Json Show(const Message& message, Data inherited) {
    if (const auto* time = dynamic_cast<const google::protobuf::Timestamp*>(&message)) {
      return ShowTime(*time);
    }
    if (const auto* duration = dynamic_cast<const google::protobuf::Duration*>(&message)) {
      return absl::FormatDuration(absl::Seconds(duration->seconds()) + absl::Nanoseconds(duration->nanos()));
    }
    Json object = Json::object();
    const Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (shown_ >= kMaxValues) {
        object["<left out>"] = "too long";
        return object;
      }
      object[field->is_extension() ? absl::StrCat("[", field->full_name(), "]") : field->name()] =
          ShowField(message, *field, ClassOf(*field, inherited));
    }
    if (const int unknown = reflection.GetUnknownFields(message).field_count(); unknown > 0) {
      object["<unknown>"] = absl::StrCat("<unknown, ", unknown, " fields>");
    }
    return object;
  }

 private:
  static Json ShowTime(const google::protobuf::Timestamp& time) {
    const bool valid = time.seconds() >= google::protobuf::util::TimeUtil::kTimestampMinSeconds &&
                       time.seconds() <= google::protobuf::util::TimeUtil::kTimestampMaxSeconds && time.nanos() >= 0 &&
                       time.nanos() < 1'000'000'000;
    if (!valid) return absl::StrCat("<invalid time, ", time.seconds(), " s>");
    return google::protobuf::util::TimeUtil::ToString(time);
  }

  Json ShowField(const Message& message, const FieldDescriptor& field, Data data) {
    if (!field.is_repeated()) return ShowValue(message, field, -1, data);
    Json list = Json::array();
    const int size = message.GetReflection()->FieldSize(message, &field);
    for (int i = 0; i < size; ++i) {
      if (shown_ >= kMaxValues) {
        list.push_back(absl::StrCat("<left out, ", size - i, " more>"));
        break;
      }
      list.push_back(ShowValue(message, field, i, data));
    }
    return list;
  }

  // `index` is -1 for a field that is not repeated.
  Json ShowValue(const Message& message, const FieldDescriptor& field, int index, Data data) {
    ++shown_;
    const Reflection& from = *message.GetReflection();
    const bool one = index < 0;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Show(one ? from.GetMessage(message, &field) : from.GetRepeatedMessage(message, &field, index), data);
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        const std::string& text = one ? from.GetStringReference(message, &field, &scratch)
                                      : from.GetRepeatedStringReference(message, &field, index, &scratch);
        return ShowText(text, field, data);
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = one ? from.GetEnumValue(message, &field) : from.GetRepeatedEnumValue(message, &field, index);
        const auto* value = field.enum_type()->FindValueByNumber(number);
        return value == nullptr ? Json(number) : Json(value->name());
      }
      case FieldDescriptor::CPPTYPE_BOOL:
        return one ? from.GetBool(message, &field) : from.GetRepeatedBool(message, &field, index);
      case FieldDescriptor::CPPTYPE_INT32:
        return one ? from.GetInt32(message, &field) : from.GetRepeatedInt32(message, &field, index);
      case FieldDescriptor::CPPTYPE_INT64:
        return one ? from.GetInt64(message, &field) : from.GetRepeatedInt64(message, &field, index);
      case FieldDescriptor::CPPTYPE_UINT32:
        return one ? from.GetUInt32(message, &field) : from.GetRepeatedUInt32(message, &field, index);
      case FieldDescriptor::CPPTYPE_UINT64:
        return one ? from.GetUInt64(message, &field) : from.GetRepeatedUInt64(message, &field, index);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return one ? from.GetFloat(message, &field) : from.GetRepeatedFloat(message, &field, index);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return one ? from.GetDouble(message, &field) : from.GetRepeatedDouble(message, &field, index);
    }
    return nullptr;
  }

  static Json ShowText(const std::string& text, const FieldDescriptor& field, Data data) {
    if (data != common::v1::DATA_NONE) return Hidden(data, text.size());
    if (field.type() == FieldDescriptor::TYPE_BYTES) return absl::StrCat("<", text.size(), " bytes>");
    if (text.size() > kMaxText) return absl::StrCat("<long, ", text.size(), " bytes>");
    return text;
  }

  int shown_ = 0;
};

}  // namespace

std::string RedactedJson(const Message& message) {
  return Redactor().Show(message, common::v1::DATA_UNSPECIFIED).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace communique::platform
