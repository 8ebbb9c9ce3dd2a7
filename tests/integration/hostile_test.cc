// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Bytes that no client of ours would send, to every method of the running service that reflection finds, on both
// listeners: each gets an error that says what is wrong with which field, and the process goes on.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "communique/common/v1/access.pb.h"
#include "communique/releases/v1/boilerplate_service.pb.h"
#include "communique/releases/v1/section_service.pb.h"
#include "google/api/field_behavior.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "tests/testing/client.h"
#include "tests/testing/run_program.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using platform::Reason;
using ::testing::HasSubstr;

std::string Tag(int field, int wire_type) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.WriteTag(static_cast<std::uint32_t>(field) << 3U | static_cast<std::uint32_t>(wire_type));
  coded.Trim();
  return bytes;
}

std::string LengthDelimited(int field, std::uint32_t length, std::string_view value) {
  std::string bytes = Tag(field, 2);
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.WriteVarint32(length);
  }
  return bytes.append(value);
}

bool IsRead(const MethodDescriptor& method) {
  const auto permission = method.options().GetExtension(common::v1::access).permission();
  return permission == common::v1::PERMISSION_READ || permission == common::v1::PERMISSION_READ_PUBLIC;
}

bool IsRequired(const FieldDescriptor& field) {
  for (int i = 0; i < field.options().ExtensionSize(google::api::field_behavior); ++i) {
    if (field.options().GetExtension(google::api::field_behavior, i) == google::api::REQUIRED) return true;
  }
  return false;
}

class HostileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // So that the descriptors are linked in.
    google::protobuf::LinkMessageReflection<v1::GetBoilerplateRequest>();
    google::protobuf::LinkMessageReflection<v1::GetEditionRequest>();
    google::protobuf::LinkMessageReflection<v1::GetNewsroomRequest>();
    google::protobuf::LinkMessageReflection<v1::GetReleaseRequest>();
    google::protobuf::LinkMessageReflection<v1::GetSectionRequest>();
    const Outcome list = RunProgram({".tools/bin/grpcurl", "-plaintext", process_.internal(), "list"});
    ASSERT_TRUE(list.ok()) << list;
    const std::vector<std::string> names = absl::StrSplit(list.out, '\n', absl::SkipEmpty());
    for (const std::string& name : names) {
      if (!name.starts_with("communique.")) continue;
      const auto* service = DescriptorPool::generated_pool()->FindServiceByName(name);
      ASSERT_NE(service, nullptr) << name;
      for (int i = 0; i < service->method_count(); ++i) methods_.push_back(service->method(i));
    }
    ASSERT_GT(methods_.size(), 30);
  }
  void TearDown() override {
    EXPECT_TRUE(process_.process().running());
    EXPECT_EQ(process_.HttpStatus("/livez"), "200 OK");
    std::printf("%d hostile calls of %zu methods\n", calls_, methods_.size());
  }

  // Sends `bytes` to the method at each listener that has it. Whatever the answer is, it is one of ours.
  std::vector<absl::Status> Send(const MethodDescriptor& method, std::string_view bytes) {
    std::vector<absl::Status> answers;
    const bool is_public = method.options().GetExtension(common::v1::access).audience() == common::v1::AUDIENCE_PUBLIC;
    for (const auto& channel : {inside_, outside_}) {
      if (channel == outside_ && !is_public) continue;
      grpc::ClientContext context;
      // A stream that takes the request stays open.
      const bool streams = method.server_streaming();
      context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(streams ? 2 : 20));
      const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
      answers.push_back(platform::FromGrpcStatus(platform::CallWithBytes(channel, path, bytes, context)));
      ++calls_;
      if (streams && absl::IsDeadlineExceeded(answers.back())) answers.back() = absl::OkStatus();
      const absl::Status& answer = answers.back();
      EXPECT_NE(answer.code(), absl::StatusCode::kUnimplemented) << method.full_name();
      EXPECT_NE(answer.code(), absl::StatusCode::kInternal) << method.full_name() << answer;
      EXPECT_NE(answer.code(), absl::StatusCode::kUnknown) << method.full_name() << answer;
      EXPECT_NE(answer.code(), absl::StatusCode::kDeadlineExceeded) << method.full_name() << answer;
      EXPECT_TRUE(answer.ok() || !answer.message().empty()) << method.full_name();
      EXPECT_TRUE(answer.ok() || platform::ReasonOf(answer) != Reason::ERROR_REASON_UNSPECIFIED)
          << method.full_name() << answer;
    }
    return answers;
  }

  void ExpectMalformed(const MethodDescriptor& method, std::string_view bytes, const std::string& names) {
    for (const absl::Status& answer : Send(method, bytes)) {
      EXPECT_EQ(answer.code(), absl::StatusCode::kInvalidArgument) << method.full_name() << answer;
      EXPECT_EQ(platform::ReasonOf(answer), Reason::ERROR_REASON_MALFORMED_REQUEST) << method.full_name() << answer;
      EXPECT_THAT(std::string(answer.message()), HasSubstr(names)) << method.full_name();
    }
  }

  template <typename Visit>
  void ForEachField(Visit visit) {
    for (const MethodDescriptor* method : methods_) {
      for (int i = 0; i < method->input_type()->field_count(); ++i) visit(*method, *method->input_type()->field(i));
    }
  }

  ReleasesData data_{"sqlite"};
  ReleasesProcess process_{data_.FlagsAnd({"--server.reflection=true", "--rpc.max_request_bytes=100KiB"})};
  std::shared_ptr<grpc::Channel> inside_ = ChannelTo(process_.internal());
  std::shared_ptr<grpc::Channel> outside_ = ChannelTo(process_.public_reads());
  std::vector<const MethodDescriptor*> methods_;
  int calls_ = 0;
};

TEST_F(HostileTest, InvalidUtf8IsNamedByItsField) {
  ForEachField([this](const MethodDescriptor& method, const FieldDescriptor& field) {
    if (field.type() != FieldDescriptor::TYPE_STRING) return;
    ExpectMalformed(method, LengthDelimited(field.number(), 2, "\xc3\x28"), field.name());
  });
}

TEST_F(HostileTest, WhatBreaksOffIsNamedByItsField) {
  ForEachField([this](const MethodDescriptor& method, const FieldDescriptor& field) {
    const bool has_length = field.type() == FieldDescriptor::TYPE_STRING ||
                            field.type() == FieldDescriptor::TYPE_BYTES ||
                            field.type() == FieldDescriptor::TYPE_MESSAGE;
    ExpectMalformed(method, has_length ? LengthDelimited(field.number(), 100, "abc") : Tag(field.number(), 0) + "\xff",
                    field.name());
  });
}

TEST_F(HostileTest, RubbishInsideAMessageIsNamedByItsField) {
  ForEachField([this](const MethodDescriptor& method, const FieldDescriptor& field) {
    if (field.type() != FieldDescriptor::TYPE_MESSAGE) return;
    ExpectMalformed(method, LengthDelimited(field.number(), 4, "\xff\xff\xff\xff"), field.name());
  });
}

TEST_F(HostileTest, UnknownFieldsAreRefusedByMutations) {
  const std::string unknown = Tag(9'999, 0) + "\x01";
  for (const MethodDescriptor* method : methods_) {
    for (const absl::Status& answer : Send(*method, unknown)) {
      if (IsRead(*method)) {
        EXPECT_EQ(std::string(answer.message()).find("9999"), std::string::npos) << method->full_name() << answer;
      } else {
        EXPECT_EQ(answer.code(), absl::StatusCode::kInvalidArgument) << method->full_name() << answer;
        EXPECT_THAT(std::string(answer.message()), HasSubstr("9999")) << method->full_name();
      }
    }
  }
}

TEST_F(HostileTest, AnEmptyRequestIsToldWhatIsMissing) {
  int with_required_fields = 0;
  for (const MethodDescriptor* method : methods_) {
    std::vector<std::string> required;
    for (int i = 0; i < method->input_type()->field_count(); ++i) {
      if (IsRequired(*method->input_type()->field(i))) required.push_back(method->input_type()->field(i)->name());
    }
    if (required.empty()) continue;
    ++with_required_fields;
    for (const absl::Status& answer : Send(*method, "")) {
      EXPECT_EQ(answer.code(), absl::StatusCode::kInvalidArgument) << method->full_name() << answer;
      bool named = false;
      for (const std::string& field : required) named |= std::string(answer.message()).find(field) != std::string::npos;
      EXPECT_TRUE(named) << method->full_name() << answer;
    }
  }
  EXPECT_GT(with_required_fields, 25);
}

TEST_F(HostileTest, WhatIsTooLargeIsRefusedWithTheLimit) {
  const std::string large(150 << 10, 'x');
  for (const MethodDescriptor* method : methods_) {
    for (const absl::Status& answer : Send(*method, LengthDelimited(1, 150 << 10, large))) {
      EXPECT_TRUE(absl::IsInvalidArgument(answer) || absl::IsResourceExhausted(answer))
          << method->full_name() << answer;
      EXPECT_THAT(std::string(answer.message()), HasSubstr("rpc.max_request_bytes")) << method->full_name();
    }
  }
}

TEST_F(HostileTest, AnyBytesGetAnAnswer) {
  std::mt19937 random(20'261'016);
  std::uniform_int_distribution<int> byte(0, 255), length(1, 60), small(1, 12);
  for (const MethodDescriptor* method : methods_) {
    for (int i = 0; i < 15; ++i) {
      // Half of them begin as a request might.
      std::string bytes = i % 2 == 0 ? "" : LengthDelimited(small(random), 3, "a/b");
      for (int n = length(random); n > 0; --n) bytes.push_back(static_cast<char>(byte(random)));
      Send(*method, bytes);
    }
  }
}

}  // namespace
}  // namespace communique::testing
