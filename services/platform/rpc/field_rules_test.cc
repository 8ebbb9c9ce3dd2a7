// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/field_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/errors/error.h"
#include "services/platform/rpc/testing/note_service.pb.h"

namespace communique::platform {
namespace {

using rpctest::v1::CountNotesRequest;
using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::UpdateNoteRequest;
using ::testing::HasSubstr;
using ::testing::Not;

// The message of what is missing; "" for nothing.
std::string Apply(UpdateNoteRequest& request) {
  const absl::Status status = FieldRules::Compile(*UpdateNoteRequest::descriptor(), "note.name").Apply(request);
  EXPECT_TRUE(status.ok() || ReasonOf(status) == Reason::ERROR_REASON_FIELD_INVALID) << status;
  return std::string(status.message());
}

TEST(FieldRulesTest, AMissingFieldIsNamed) {
  GetNoteRequest request;
  const FieldRules rules = FieldRules::Compile(*GetNoteRequest::descriptor(), "name");
  EXPECT_EQ(rules.Apply(request).message(), "name: is required and must not be empty");
  request.set_name("x");
  EXPECT_TRUE(rules.Apply(request).ok());
}

TEST(FieldRulesTest, AMessageWithoutRulesIsLeftAlone) {
  CountNotesRequest request;
  EXPECT_TRUE(FieldRules::Compile(*CountNotesRequest::descriptor(), "").Apply(request).ok());
  EXPECT_TRUE(FieldRules().Apply(request).ok());
}

TEST(FieldRulesTest, ARequiredMessageMustBeThere) {
  UpdateNoteRequest request;
  EXPECT_THAT(Apply(request), HasSubstr("note: is required"));
}

TEST(FieldRulesTest, WithoutAMaskTheResourcesAbsentFieldsAreLeftAlone) {
  UpdateNoteRequest request;
  request.mutable_note()->set_name("n");
  EXPECT_EQ(Apply(request), "");
  // What is there is there whole.
  request.mutable_note()->mutable_title();
  EXPECT_EQ(Apply(request), "note.title.text: is required and must not be empty");
}

TEST(FieldRulesTest, AMaskSaysWhatIsRequired) {
  UpdateNoteRequest request;
  request.mutable_note()->set_name("n");
  request.mutable_update_mask()->add_paths("replies");
  request.mutable_note()->mutable_title();  // not in the mask: will not be written
  EXPECT_EQ(Apply(request), "");
  request.mutable_note()->add_replies();
  EXPECT_EQ(Apply(request), "note.replies[0].text: is required and must not be empty");
  request.mutable_update_mask()->add_paths("text");
  EXPECT_THAT(Apply(request), HasSubstr("note.text: is required"));
  request.mutable_update_mask()->clear_paths();
  request.mutable_update_mask()->add_paths("*");
  EXPECT_THAT(Apply(request),
              testing::AllOf(HasSubstr("note.text"), HasSubstr("note.title.text"), HasSubstr("note.replies[0].text")));
}

TEST(FieldRulesTest, OutputOnlyFieldsAreClearedAtAnyDepth) {
  UpdateNoteRequest request;
  request.mutable_note()->set_etag("1");
  Note& deep = *request.mutable_note()->add_replies()->add_replies();
  deep.set_etag("2");
  request.mutable_update_mask()->add_paths("title");
  EXPECT_EQ(Apply(request), "");
  EXPECT_EQ(request.note().etag(), "");
  EXPECT_EQ(deep.etag(), "");
}

TEST(FieldRulesTest, AMillionMistakesCostNoMillionLines) {
  UpdateNoteRequest request;
  for (int i = 0; i < 100'000; ++i) request.mutable_note()->add_replies();
  const std::string message = Apply(request);
  EXPECT_THAT(message, HasSubstr("note.replies[19].text"));
  EXPECT_THAT(message, Not(HasSubstr("note.replies[60].text")));
}

}  // namespace
}  // namespace communique::platform
