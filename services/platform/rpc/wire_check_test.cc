// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/wire_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "services/platform/rpc/quiet_protobuf.h"
#include "services/platform/rpc/testing/note_service.pb.h"

namespace communique::platform {
namespace {

using rpctest::v1::Note;
using rpctest::v1::UpdateNoteRequest;
using ::testing::HasSubstr;

// A request with something at every depth.
UpdateNoteRequest Nested() {
  UpdateNoteRequest request;
  Note& note = *request.mutable_note();
  note.set_name("newsrooms/n/notes/1");
  note.set_text("AAAA");
  note.add_counts(7);
  note.add_counts(300);
  note.mutable_title()->set_text("BBBB");
  note.add_replies()->set_text("first");
  note.add_replies()->set_text("CCCC");
  note.add_replies();
  note.mutable_replies(2)->add_replies()->set_text("DDDD");
  (*note.mutable_titles())["de"].set_text("EEEE");
  note.mutable_attachment()->set_type_url("type.googleapis.com/unknown");
  note.mutable_attachment()->set_value("\xff\xff");
  note.set_picture("\xff\xfe\xfd");
  return request;
}

// The bytes of Nested with `text` replaced by `by`, of the same length.
std::string NestedWith(std::string_view text, std::string_view by) {
  const std::string bytes = Nested().SerializeAsString();
  EXPECT_NE(bytes.find(text), std::string::npos);
  return absl::StrReplaceAll(bytes, {{std::string(text), std::string(by)}});
}

std::optional<WireProblem> Malformed(std::string_view bytes) {
  return FindMalformedField(*UpdateNoteRequest::descriptor(), bytes);
}
std::optional<WireProblem> Unknown(std::string_view bytes) {
  return FindUnknownField(*UpdateNoteRequest::descriptor(), bytes);
}

TEST(WireCheckTest, FindsNothingInWhatIsRight) {
  const std::string bytes = Nested().SerializeAsString();
  EXPECT_FALSE(Malformed(bytes));
  EXPECT_FALSE(Unknown(bytes));
  EXPECT_FALSE(Malformed(""));
  EXPECT_FALSE(Unknown(""));
}

struct Utf8Case {
  const char* text;
  const char* field;
};
class InvalidUtf8Test : public testing::TestWithParam<Utf8Case> {};

TEST_P(InvalidUtf8Test, IsFoundWhereItIs) {
  const std::string bytes = NestedWith(GetParam().text, "\xc3\x28zz");
  ASSERT_FALSE(UpdateNoteRequest().ParseFromString(bytes));
  const auto problem = Malformed(bytes);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->field, GetParam().field);
  EXPECT_EQ(problem->description, "is not valid UTF-8");
}

INSTANTIATE_TEST_SUITE_P(All, InvalidUtf8Test,
                         testing::Values(Utf8Case{"AAAA", "note.text"}, Utf8Case{"BBBB", "note.title.text"},
                                         Utf8Case{"CCCC", "note.replies[1].text"},
                                         Utf8Case{"DDDD", "note.replies[2].replies[0].text"},
                                         Utf8Case{"EEEE", "note.titles[0].value.text"}));

TEST(WireCheckTest, TellsWhereBytesBreakOff) {
  const std::string bytes = Nested().SerializeAsString();
  int told = 0;
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    UpdateNoteRequest request;
    if (request.ParseFromString(bytes.substr(0, size))) continue;
    const auto problem = Malformed(bytes.substr(0, size));
    ASSERT_TRUE(problem) << size;
    EXPECT_EQ(problem->kind, WireProblem::Kind::kMalformed);
    EXPECT_THAT(problem->field, HasSubstr("note")) << size;
    ++told;
  }
  EXPECT_GT(told, 50);
}

TEST(WireCheckTest, TellsOfAFieldLongerThanItsMessage) {
  const auto problem =
      Malformed(std::string("\x0a\x04\x12\x7f"
                            "ab",
                            6));
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->field, "note.text");
  EXPECT_THAT(problem->description, HasSubstr("127 bytes were announced, 2 came"));
}

TEST(WireCheckTest, TellsOfTooDeepNesting) {
  std::string bytes;
  for (int i = 0; i < 120; ++i) {
    Note note;
    note.ParseFromString("");
    std::string outer = "\x22";  // replies
    std::string length;
    for (std::size_t n = bytes.size();;) {
      const auto low = static_cast<unsigned char>(n & 0x7fU);
      n >>= 7U;
      length.push_back(static_cast<char>(n != 0 ? low | 0x80U : low));
      if (n == 0) break;
    }
    bytes = outer + length + bytes;
  }
  ASSERT_FALSE(Note().ParseFromString(bytes));
  const auto problem = FindMalformedField(*Note::descriptor(), bytes);
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->description, HasSubstr("nests deeper than 100"));
}

TEST(WireCheckTest, NamesAnUnknownFieldByItsPathAndNumber) {
  UpdateNoteRequest request = Nested();
  Note& reply = *request.mutable_note()->mutable_replies(1);
  reply.GetReflection()->MutableUnknownFields(&reply)->AddVarint(999, 1);
  const auto problem = Unknown(request.SerializeAsString());
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->kind, WireProblem::Kind::kUnknownField);
  EXPECT_EQ(problem->field, "note.replies[1].999");
  EXPECT_FALSE(Malformed(request.SerializeAsString()));
}

TEST(WireCheckTest, AnotherWireTypeIsAnUnknownFieldToo) {
  UpdateNoteRequest request;
  Note& note = *request.mutable_note();
  note.GetReflection()->MutableUnknownFields(&note)->AddVarint(2, 1);  // text is a string
  ASSERT_TRUE(UpdateNoteRequest().ParseFromString(request.SerializeAsString()));
  const auto problem = Unknown(request.SerializeAsString());
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->field, "note.text");
  EXPECT_THAT(problem->description, HasSubstr("another type"));
}

TEST(WireCheckTest, NumbersMayComePackedOrNot) {
  Note note;
  note.GetReflection()->MutableUnknownFields(&note)->AddVarint(6, 1);  // counts, one by one
  note.GetReflection()->MutableUnknownFields(&note)->AddVarint(6, 2);
  EXPECT_FALSE(FindUnknownField(*Note::descriptor(), note.SerializeAsString()));
  Note parsed;
  ASSERT_TRUE(parsed.ParseFromString(note.SerializeAsString()));
  EXPECT_EQ(parsed.counts_size(), 2);
}

// Bytes that were hit at random: the walk must agree with the parser about what is unknown, and never run wild.
TEST(WireCheckTest, SurvivesAnyBytesAndAgreesWithTheParser) {
  QuietProtobuf();
  const std::string good = Nested().SerializeAsString();
  std::mt19937 random(20260101);
  int unknown = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = good;
    for (int hits = 1 + static_cast<int>(random() % 3); hits > 0; --hits) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    UpdateNoteRequest request;
    if (!request.ParseFromString(bytes)) {
      (void)Malformed(bytes);
      continue;
    }
    UpdateNoteRequest known = request;
    known.DiscardUnknownFields();
    const bool has_unknown = known.ByteSizeLong() != request.ByteSizeLong();
    const std::string text = request.ShortDebugString();
    // In a map's entries the parser drops what it does not know, without a trace; the walk tells of it there too.
    if (has_unknown || !absl::StrContains(text, "titles")) {
      EXPECT_EQ(Unknown(bytes).has_value(), has_unknown) << text;
    }
    unknown += has_unknown ? 1 : 0;
  }
  EXPECT_GT(unknown, 100);
}

}  // namespace
}  // namespace communique::platform
