// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/personal_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::HasSubstr;

// Sets every field of `message` and below; texts tell whether they are personal. Adds a field of a later version to
// each message.
void Fill(Message& message) {
  const auto* reflection = message.GetReflection();
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const std::string text = IsPersonal(*field) ? "personal" : "open";
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Fill(field->is_repeated() ? *reflection->AddMessage(&message, field)
                                  : *reflection->MutableMessage(&message, field));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->is_repeated()) {
          reflection->AddString(&message, field, text);
        } else {
          reflection->SetString(&message, field, text);
        }
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        ASSERT_FALSE(field->is_repeated());
        reflection->SetEnumValue(&message, field, 1);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection->SetBool(&message, field, true);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection->SetInt64(&message, field, 1);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection->SetInt32(&message, field, 1);
        break;
      default:
        FAIL() << "fill " << field->full_name();
    }
  }
  reflection->MutableUnknownFields(&message)->AddLengthDelimited(999, "personal");
}

v1::Contact Full() {
  v1::Contact contact;
  Fill(contact);
  return contact;
}

absl::StatusOr<ContactReadMask> Parse(std::initializer_list<const char*> paths) {
  google::protobuf::FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return ContactReadMask::Parse(mask);
}

v1::Contact Read(std::initializer_list<const char*> paths) {
  v1::Contact contact = Full();
  const auto mask = Parse(paths);
  EXPECT_TRUE(mask.ok()) << mask.status();
  mask->Apply(contact);
  return contact;
}

TEST(PersonalFieldsTest, NothingPersonalSlipsThroughTheDefault) {
  v1::Contact contact = Read({});
  ASSERT_EQ(contact.person_names_size(), 1);
  EXPECT_EQ(contact.person_names(0).display_name(), "personal");
  contact.mutable_person_names(0)->clear_display_name();
  EXPECT_EQ(contact.SerializeAsString().find("personal"), std::string::npos) << contact.DebugString();
  EXPECT_FALSE(Parse({})->asks_for_personal());
}

TEST(PersonalFieldsTest, TheDefaultHasAllElse) {
  const v1::Contact full = Full();
  const v1::Contact contact = Read({});
  const auto* reflection = contact.GetReflection();
  for (int i = 0; i < v1::Contact::descriptor()->field_count(); ++i) {
    const FieldDescriptor* field = v1::Contact::descriptor()->field(i);
    const bool there = field->is_repeated() ? reflection->FieldSize(contact, field) > 0
                       : field->has_presence()
                           ? reflection->HasField(contact, field)
                           : reflection->HasField(contact, field) == reflection->HasField(full, field);
    const bool about_personal =
        field->name() == "emails" || field->name() == "phones" || field->name() == "web_addresses";
    EXPECT_EQ(there, !IsPersonal(*field) && !about_personal) << field->name();
  }
  EXPECT_EQ(contact.person_names(0).locale(), "open");
  EXPECT_EQ(contact.role_titles(0).text(), "open");
  EXPECT_EQ(contact.valid_until().seconds(), 1);
}

TEST(PersonalFieldsTest, MasksGiveWhatTheyName) {
  v1::Contact expected;
  expected.set_name("open");
  expected.add_person_names()->set_phonetic("personal");
  EXPECT_EQ(Read({"name", "person_names.phonetic"}).SerializeAsString(), expected.SerializeAsString());

  expected.Clear();
  *expected.mutable_emails() = Full().emails();
  expected.add_languages("open");
  EXPECT_EQ(Read({"emails", "languages"}).SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ(Read({"emails.address", "emails", "languages"}).SerializeAsString(), expected.SerializeAsString());

  expected.Clear();
  expected.mutable_valid_from()->set_seconds(1);
  EXPECT_EQ(Read({"valid_from.seconds"}).SerializeAsString(), expected.SerializeAsString());

  EXPECT_EQ(Read({"*"}).SerializeAsString(), Full().SerializeAsString());
}

TEST(PersonalFieldsTest, TellsWhatNeedsThePermission) {
  for (const char* path : {"*", "emails", "emails.address", "phones.e164", "web_addresses.label", "person_names",
                           "person_names.family_name", "source", "note", "deactivation_reason"}) {
    EXPECT_TRUE(Parse({"name", path})->asks_for_personal()) << path;
  }
  for (const char* path : {"name", "person_names.display_name", "person_names.locale", "role_titles", "desk_names",
                           "emails.visibility", "emails.role_mailbox", "phones.kind", "valid_until"}) {
    EXPECT_FALSE(Parse({path})->asks_for_personal()) << path;
  }
}

// Every field of every message, by itself: whoever may not read what is personal gets nothing of it by any path.
void ExpectPathsHonest(const google::protobuf::Descriptor& type, const std::string& prefix) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const std::string path = prefix + field->name();
    const auto mask = Parse({path.c_str()});
    ASSERT_TRUE(mask.ok()) << mask.status();
    v1::Contact contact = Full();
    mask->Apply(contact);
    EXPECT_FALSE(contact.SerializeAsString().empty()) << path;
    if (path != "person_names.display_name") {
      EXPECT_EQ(contact.SerializeAsString().find("personal") != std::string::npos, mask->asks_for_personal()) << path;
      EXPECT_EQ(mask->asks_for_personal(), HoldsPersonal(*field)) << path;
    }
    if (field->message_type() != nullptr) ExpectPathsHonest(*field->message_type(), path + ".");
  }
}

TEST(PersonalFieldsTest, NoPathShowsPersonalFieldsUnasked) { ExpectPathsHonest(*v1::Contact::descriptor(), ""); }

TEST(PersonalFieldsTest, NamesPathsThatAreNotThere) {
  for (const char* path :
       {"email", "", "emails.adress", "name.x", "emails.", ".emails", "emails[0]", "personNames", "emails.*"}) {
    const auto mask = Parse({"name", path});
    EXPECT_EQ(mask.status().code(), absl::StatusCode::kInvalidArgument) << path;
    EXPECT_THAT(std::string(mask.status().message()),
                HasSubstr("read_mask: \"" + std::string(path) + "\" is not a field"));
  }
}

}  // namespace
}  // namespace communique::contacts
