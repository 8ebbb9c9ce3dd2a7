// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/personal_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/exchange.pb.h"
#include "services/contacts/testing/filled_message.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Contact Milena() {
  v1::Contact contact;
  contact.set_name("newsrooms/relief/contacts/a");
  contact.add_person_names()->set_display_name("Milena Quux");
  contact.mutable_person_names(0)->set_locale("sr");
  auto& desk = *contact.add_desk_names();
  desk.set_locale("de");
  desk.set_text("Pressestelle");
  contact.add_emails();
  contact.add_emails()->set_address("milena@example.org");
  contact.add_languages("sr");
  contact.set_note("before noon");
  return contact;
}

TEST(PersonalDataTest, PathsNameWhatIsSet) {
  EXPECT_THAT(PersonalPaths(Milena()), ElementsAre("person_names[0].display_name", "emails[1].address", "note"));
  EXPECT_THAT(TextPaths(Milena()),
              ElementsAre("person_names[0].display_name", "desk_names[0].text", "emails[1].address", "note"));
  EXPECT_THAT(PersonalPaths(v1::Contact()), IsEmpty());
}

TEST(PersonalDataTest, RepeatedTextsHaveAPathEach) {
  v1::PrintableContact printable;
  printable.add_phones("1");
  printable.add_phones("2");
  EXPECT_THAT(PersonalPaths(printable), ElementsAre("phones[0]", "phones[1]"));
}

TEST(PersonalDataTest, WhatIsNotKnownCountsAsPersonal) {
  v1::Contact contact;
  auto& name = *contact.add_person_names();
  name.GetReflection()->MutableUnknownFields(&name)->AddLengthDelimited(99, "Quux");
  EXPECT_THAT(PersonalPaths(contact), ElementsAre("person_names[0].(unknown)"));
  ErasePersonal(contact);
  EXPECT_EQ(contact.SerializeAsString().find("Quux"), std::string::npos);
}

TEST(PersonalDataTest, ErasingLeavesTheRest) {
  v1::Contact contact = Milena();
  ErasePersonal(contact);
  EXPECT_THAT(PersonalPaths(contact), IsEmpty());
  EXPECT_EQ(contact.name(), "newsrooms/relief/contacts/a");
  EXPECT_EQ(contact.person_names(0).locale(), "sr");
  EXPECT_EQ(contact.desk_names(0).text(), "Pressestelle");
  EXPECT_THAT(contact.languages(), ElementsAre("sr"));
}

// Every message of the contract that can hold something about a person.
TEST(PersonalDataTest, NoFieldIsForgotten) {
  for (const google::protobuf::Message* prototype : std::initializer_list<const google::protobuf::Message*>{
           &v1::Contact::default_instance(), &v1::PrintableContact::default_instance(), &v1::Merge::default_instance(),
           &v1::ImportedCard::default_instance()}) {
    const std::unique_ptr<google::protobuf::Message> message(prototype->New());
    MessageFiller filler;
    filler.Fill(*message);
    ASSERT_GT(filler.personal_fields, 0) << prototype->GetTypeName();
    EXPECT_EQ(PersonalPaths(*message).size(), filler.personal.size()) << prototype->GetTypeName();
    ErasePersonal(*message);
    EXPECT_THAT(PersonalPaths(*message), IsEmpty()) << prototype->GetTypeName();
    const std::string bytes = message->SerializeAsString();
    for (const std::string& value : filler.personal) {
      EXPECT_EQ(bytes.find(value), std::string::npos) << prototype->GetTypeName() << ": " << value;
    }
    EXPECT_NE(bytes.find("other-"), std::string::npos) << prototype->GetTypeName();
  }
}

}  // namespace
}  // namespace communique::contacts
