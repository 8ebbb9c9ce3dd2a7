// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The edge of every limit of a content: exactly so much is accepted, one more is refused, and the refusal says of which
// field and how much would have been right. A text or list of content.proto without a limit fails here.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "communique/common/v1/data.pb.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/testing/full_content.h"

namespace communique::releases {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using platform::Reason;
using v1::ReleaseContent;

enum Rule { kText, kLine, kRequiredText, kRequiredLine, kAddress, kGap, kEntries };

struct Limit {
  const char* path;  // below the content, in FullContent()
  int max;           // characters, or entries
  Rule rule;
};

constexpr Limit kLimits[] = {
    {"release_line", 500, kText},
    {"headline", 500, kText},
    {"subhead", 1000, kText},
    {"notes_heading", 300, kText},
    {"contacts_heading", 300, kText},
    {"dateline.places", 10, kEntries},
    {"dateline.places[0].label", 100, kRequiredText},
    {"dateline.places[0].joint", 20, kText},
    {"dateline.prefix", 100, kText},
    {"dateline.date_text", 100, kText},
    {"dateline.date_joint", 20, kText},
    {"dateline.separator", 100, kText},
    {"lead.paragraph.text", 20'000, kRequiredText},
    {"body[0].paragraph.text", 20'000, kRequiredText},
    {"notes[0].paragraph.text", 20'000, kRequiredText},
    {"abouts[0].blocks[0].paragraph.text", 20'000, kRequiredText},
    {"body[0].paragraph.markup[0].uri", 2000, kAddress},
    {"body[1].heading.text", 500, kRequiredText},
    {"body[2].list.items", 500, kEntries},
    {"body[2].list.items[0].marker", 20, kText},
    {"body[2].list.items[0].text", 20'000, kText},
    {"body[2].list.items[0].gap", 200, kGap},
    {"body[3].quote.spans", 100, kEntries},
    {"body[3].quote.spans[0].quotation.opening", 10, kText},
    {"body[3].quote.spans[0].quotation.text", 20'000, kText},
    {"body[3].quote.spans[0].quotation.closing", 10, kText},
    {"body[3].quote.spans[1].narrative", 20'000, kText},
    {"body[3].quote.speaker.display_name", 200, kLine},
    {"body[3].quote.speaker.honorific", 100, kLine},
    {"body[3].quote.speaker.roles", 10, kEntries},
    {"body[3].quote.speaker.roles[0].title", 300, kText},
    {"body[3].quote.speaker.roles[0].organization", 300, kText},
    {"body[4].table.rows", 500, kEntries},
    {"body[4].table.rows[0].cells", 50, kEntries},
    {"body[4].table.rows[0].cells[0]", 5000, kLine},
    {"body[5].separator.text", 100, kRequiredLine},
    {"abouts", 20, kEntries},
    {"abouts[0].heading", 300, kText},
    {"abouts[0].blocks", 50, kEntries},
    {"contact_lines", 50, kEntries},
    {"contact_lines[0].segments", 50, kEntries},
    {"contact_lines[0].segments[0].value", 500, kText},
    {"end_marks", 20, kEntries},
    {"end_marks[0].text", 100, kRequiredText},
    {"issuers", 20, kEntries},
    {"issuers[0].display_name", 300, kRequiredLine},
    {"events", 50, kEntries},
    {"events[0].title", 300, kRequiredText},
    {"events[0].place", 300, kText},
    {"events[0].details", 2000, kText},
    {"links", 100, kEntries},
    {"links[0].title", 500, kText},
    {"links[0].uri", 2000, kAddress},
    {"layout.entries", 5000, kEntries},
    {"layout.entries[0].gap", 10'000, kGap},
    {"layout.block_gap", 20, kGap},
};

// Where a path leads: to a field of a message, or to an element of it.
struct Place {
  Message* message;
  const FieldDescriptor* field;
  int index;  // -1: the field as a whole
};

Place Find(Message& content, const std::string& path) {
  Message* message = &content;
  const std::vector<std::string> steps = absl::StrSplit(path, '.');
  for (std::size_t i = 0;; ++i) {
    const std::vector<std::string> name = absl::StrSplit(steps[i], absl::ByAnyChar("[]"));
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name[0]);
    int index = -1;
    if (field == nullptr || (name.size() > 1 && !absl::SimpleAtoi(name[1], &index))) {
      ADD_FAILURE() << "no such path: " << path;
      std::abort();
    }
    if (i + 1 == steps.size()) return {message, field, index};
    const auto& reflection = *message->GetReflection();
    message = index < 0 ? reflection.MutableMessage(message, field)
                        : reflection.MutableRepeatedMessage(message, field, index);
  }
}

void SetText(const Place& place, const std::string& text) {
  const auto& reflection = *place.message->GetReflection();
  if (place.index < 0) {
    reflection.SetString(place.message, place.field, text);
  } else {
    reflection.SetRepeatedString(place.message, place.field, place.index, text);
  }
}

// As many entries as the first; their ids are theirs alone.
void SetEntries(const Place& place, int count) {
  const auto& reflection = *place.message->GetReflection();
  if (place.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    while (reflection.FieldSize(*place.message, place.field) < count) {
      reflection.AddString(place.message, place.field, "mehr");
    }
    return;
  }
  while (reflection.FieldSize(*place.message, place.field) < count) {
    Message& entry = *reflection.AddMessage(place.message, place.field);
    entry.CopyFrom(reflection.GetRepeatedMessage(*place.message, place.field, 0));
    const FieldDescriptor* id = entry.GetDescriptor()->FindFieldByName("part_id");
    if (id != nullptr && entry.GetDescriptor() != v1::LayoutEntry::descriptor()) {
      entry.GetReflection()->ClearField(&entry, id);
    }
  }
}

void Fill(const Limit& limit, int size, ReleaseContent& content) {
  const Place place = Find(content, limit.path);
  if (limit.rule == kEntries) return SetEntries(place, size);
  std::string text(limit.rule == kAddress ? "https://example.org/" : "");
  const std::string filler = limit.rule == kGap ? "\u00a0" : limit.rule == kAddress ? "a" : "ä";
  for (int i = static_cast<int>(text.size()); i < size; ++i) text += filler;
  SetText(place, text);
}

std::string Refusal(const ReleaseContent& content, const ContentLimits& limits = {}) {
  const absl::Status status = ValidateContent("content", content, GermanNewsroom(), limits);
  if (status.ok()) return "";
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
  return std::string(status.message());
}

TEST(ContentLimitsTest, SoMuchIsAcceptedAndOneMoreIsNot) {
  for (const Limit& limit : kLimits) {
    SCOPED_TRACE(limit.path);
    ReleaseContent content = FullContent();
    Fill(limit, limit.max, content);
    EXPECT_EQ(Refusal(content), "");
    content = FullContent();
    Fill(limit, limit.max + 1, content);
    const std::string at = absl::StrCat("content.", limit.path, ": ");
    switch (limit.rule) {
      case kEntries:
        EXPECT_EQ(Refusal(content),
                  absl::StrCat(at, "has ", limit.max + 1, " entries; at most ", limit.max, " are allowed"));
        break;
      case kGap:
      case kAddress:
        EXPECT_EQ(Refusal(content), absl::StrCat(at, "is longer than ", limit.max, " characters"));
        break;
      default:
        EXPECT_EQ(Refusal(content),
                  absl::StrCat(at, "has ", limit.max + 1, " characters; at most ", limit.max, " are allowed"));
    }
  }
}

TEST(ContentLimitsTest, NoTextHoldsAControlCharacter) {
  for (const Limit& limit : kLimits) {
    if (limit.rule == kEntries || limit.rule == kGap || limit.rule == kAddress) continue;
    for (const auto& [character, name] :
         {std::pair("\x07", "U+0007"), std::pair("\x7f", "U+007F"), std::pair("\xc2\x90", "U+0090")}) {
      ReleaseContent content = FullContent();
      SetText(Find(content, limit.path), absl::StrCat("abc", character, "def"));
      EXPECT_EQ(Refusal(content),
                absl::StrCat("content.", limit.path, ": holds the control character ", name, "; take it out"));
    }
  }
}

TEST(ContentLimitsTest, WhatIsRequiredIsNotBlankAndWhatIsALineIsOne) {
  for (const Limit& limit : kLimits) {
    if (limit.rule > kRequiredLine) continue;
    SCOPED_TRACE(limit.path);
    const std::string at = absl::StrCat("content.", limit.path, ": ");
    const bool required = limit.rule == kRequiredText || limit.rule == kRequiredLine;
    const bool line = limit.rule == kLine || limit.rule == kRequiredLine;
    for (const char* blank : {"", "  ", "\u200b"}) {
      ReleaseContent content = FullContent();
      SetText(Find(content, limit.path), blank);
      // What lies over a text that is not there is wrong, too.
      const std::string refusal = Refusal(content);
      EXPECT_EQ(refusal.substr(0, refusal.find(';')), required ? absl::StrCat(at, "must not be empty") : "") << blank;
    }
    for (const char* broken : {"abc\ndef", "abc\u2028def"}) {
      ReleaseContent content = FullContent();
      SetText(Find(content, limit.path), broken);
      const std::string refusal = Refusal(content);
      EXPECT_EQ(refusal.substr(0, refusal.find(';')), line ? absl::StrCat(at, "must be one line") : "") << broken;
    }
  }
}

TEST(ContentLimitsTest, MarkupIsCountedInEveryText) {
  const auto with_marks = [](int count, bool in_list) {
    ReleaseContent content = FullContent();
    const std::string text(501, 'a');
    auto& paragraph = *content.mutable_body(0)->mutable_paragraph();
    auto& item = *content.mutable_body(2)->mutable_list()->mutable_items(0);
    in_list ? item.set_text(text) : paragraph.set_text(text);
    auto& markup = in_list ? *item.mutable_markup() : *paragraph.mutable_markup();
    markup.Clear();
    for (int i = 0; i < count; ++i) {
      auto& mark = *markup.Add();
      mark.set_kind(v1::Markup::KIND_EMPHASIS);
      mark.set_start(i);
      mark.set_end(i + 1);
    }
    return Refusal(content);
  };
  EXPECT_EQ(with_marks(500, false), "");
  EXPECT_EQ(with_marks(501, false), "content.body[0].paragraph.markup: has 501 entries; at most 500 are allowed");
  EXPECT_EQ(with_marks(500, true), "");
  EXPECT_EQ(with_marks(501, true), "content.body[2].list.items[0].markup: has 501 entries; at most 500 are allowed");
}

TEST(ContentLimitsTest, BlocksAreCountedAsConfigured) {
  for (const int max : {ContentLimits().max_blocks, 6}) {
    for (const char* field : {"body", "notes"}) {
      ReleaseContent content = FullContent();
      SetEntries(Find(content, field), max);
      EXPECT_EQ(Refusal(content, {.max_blocks = max}), "");
      SetEntries(Find(content, field), max + 1);
      EXPECT_EQ(Refusal(content, {.max_blocks = max}),
                absl::StrCat("content.", field, ": has ", max + 1, " entries; at most ", max, " are allowed"));
    }
  }
}

TEST(ContentLimitsTest, BytesAreCountedAsConfigured) {
  EXPECT_EQ(ContentLimits().max_bytes, 1'048'576);
  const ReleaseContent content = FullContent();
  const std::size_t bytes = content.ByteSizeLong();
  EXPECT_EQ(Refusal(content, {.max_bytes = bytes}), "");
  EXPECT_EQ(Refusal(content, {.max_bytes = bytes - 1}),
            absl::StrCat("content: has ", bytes, " bytes; at most ", bytes - 1, " are allowed (limits.content_bytes)"));
}

TEST(ContentLimitsTest, IdsAreAtMostFortyCharacters) {
  const auto refusal = [](std::size_t characters, bool in_layout) {
    ReleaseContent content = FullContent();
    const std::string id(characters, 'a');
    in_layout ? content.mutable_layout()->mutable_entries(0)->set_part_id(id)
              : content.mutable_lead()->set_block_id(id);
    return Refusal(content);
  };
  EXPECT_EQ(refusal(40, false), "");
  EXPECT_THAT(refusal(41, false), testing::HasSubstr("content.lead.block_id: "));
  // An about text's heading.
  EXPECT_EQ(refusal(48, true), "");
  EXPECT_THAT(refusal(49, true), testing::HasSubstr("content.layout.entries[0].part_id: "));
}

void Collect(const Descriptor& message, std::set<const Descriptor*>& seen, std::set<const FieldDescriptor*>& fields) {
  if (!seen.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (field.is_repeated() || field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) fields.insert(&field);
    if (field.message_type() != nullptr && field.message_type() != v1::MediaUse::descriptor()) {
      Collect(*field.message_type(), seen, fields);
    }
  }
}

TEST(ContentLimitsTest, EveryTextAndListHasALimit) {
  std::set<const Descriptor*> seen;
  std::set<const FieldDescriptor*> without;
  Collect(*ReleaseContent::descriptor(), seen, without);
  EXPECT_GT(without.size(), 60U);
  ReleaseContent content = FullContent();
  for (const Limit& limit : kLimits) {
    const Place place = Find(content, limit.path);
    // An element's limit is none of the list.
    if (place.index < 0) without.erase(place.field);
  }
  // What follows is looked at in another way: in the tests above, or as a name, a language tag or an id.
  std::vector<std::string> left;
  for (const FieldDescriptor* field : without) {
    const bool is_name_or_id = field->options().GetExtension(common::v1::data) == common::v1::DATA_NONE;
    if (!is_name_or_id) left.push_back(field->full_name().substr(std::string("communique.releases.v1.").size()));
  }
  EXPECT_THAT(left, testing::UnorderedElementsAre("ReleaseContent.body", "ReleaseContent.notes", "ReleaseContent.media",
                                                  "Paragraph.markup", "ListItem.markup"));
}

}  // namespace
}  // namespace communique::releases
