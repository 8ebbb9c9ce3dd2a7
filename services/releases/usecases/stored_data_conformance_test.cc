// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// That listing somebody's data and erasing it think of every table, and of every field of what is stored in one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/message.h"
#include "services/platform/following/followed_feed.h"
#include "services/platform/testing/schema_dump.h"
#include "services/releases/storage/stored_data.h"
#include "services/releases/testing/filled_texts.h"
#include "services/releases/testing/personal_data.h"
#include "services/releases/usecases/boilerplates.h"
#include "services/releases/usecases/sections.h"

namespace communique::releases {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr char kHer[] = "Milena Brkić";

std::string NameOf(const FieldDescriptor& field) { return std::string(field.full_name()); }

bool IsPersonalField(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::data) == common::v1::DATA_PERSONAL;
}

std::unique_ptr<Message> Parse(const StoredMessage& stored, const std::string& bytes) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  std::unique_ptr<Message> message(factory->GetPrototype(stored.type)->New());
  EXPECT_TRUE(message->ParseFromString(bytes)) << stored.type->full_name();
  return message;
}

// All texts that are stored.
std::set<const FieldDescriptor*> StoredTexts() {
  std::set<const FieldDescriptor*> fields;
  for (const StoredTable& table : StoredTables()) {
    for (const StoredMessage& stored : table.messages) AddTextFields(*stored.type, fields);
  }
  return fields;
}

// Texts that are left and that nobody is told of, by where they stand, and why that is right. (A newsroom's name and
// address are told where editions show them.)
const std::map<std::string, std::string>& NotTold() {
  static constexpr char kHouses[] = "a standing text, the house's own";
  static const auto* const kNotTold =
      new std::map<std::string, std::string>{{"boilerplate_revisions.payload.creator", kHouses},
                                             {"boilerplate_revisions.payload.texts", kHouses},
                                             {"boilerplates.payload.texts", kHouses},
                                             {"boilerplates.payload.title", kHouses},
                                             {"newsrooms.payload.end_mark", kHouses},
                                             {"newsrooms.payload.labels", kHouses},
                                             {"sections.payload.link", kHouses},
                                             {"sections.payload.texts", kHouses},
                                             {"editions.card.dateline", "its edition's"},
                                             {"editions.card.headline", "its edition's"},
                                             {"editions.card.slug", "its edition's"},
                                             {"editions.card.subhead", "its edition's"},
                                             {"editions.card.summary", "its edition's"},
                                             {"editions.card.web_address", "its edition's"},
                                             {"editions.payload.content", "a revision's, where it is told"},
                                             {"releases.payload.lines", "the newest revision's, where it is told"}};
  return *kNotTold;
}

// The one of `places` that `path` begins with; `path` itself when there is none.
std::string PlaceIn(const std::map<std::string, std::string>& places, const std::string& path) {
  for (const auto& [place, why] : places) {
    if (path == place || path.starts_with(place + ".")) return place;
  }
  return path;
}

std::set<std::string> Keys(const std::map<std::string, std::string>& places) {
  std::set<std::string> keys;
  for (const auto& [place, why] : places) keys.insert(place);
  return keys;
}

bool IsLeft(const v1::PersonalDataPlace& place) { return place.kind() == v1::PersonalDataPlace::KIND_TEXT; }

class StoredDataTest : public PersonalDataStore, public testing::TestWithParam<const char*> {
 protected:
  StoredDataTest() : PersonalDataStore(GetParam()) {}

  // A line of hers with a piece of each kind there is.
  static v1::ContactLine LineOfAllKinds() {
    std::map<Segment::Kind, std::string> values = {{Segment::KIND_EMAIL, "milena@example.org"},
                                                   {Segment::KIND_PHONE, "030/123 45 67"},
                                                   {Segment::KIND_URL, "https://example.org/milena"}};
    Pieces pieces;
    const auto& kinds = *Segment::Kind_descriptor();
    for (int k = 0; k < kinds.value_count(); ++k) {
      const auto kind = static_cast<Segment::Kind>(kinds.value(k)->number());
      pieces.emplace_back(kind, values.emplace(kind, kHer).first->second);
    }
    return LineOf("milena", pieces);
  }

  // Something in every table that holds texts.
  void MakeAll() {
    v1::CreateBoilerplateRequest about;
    about.set_parent(newsroom_);
    about.set_boilerplate_id("about");
    about.mutable_boilerplate()->set_title("Über uns");
    auto& text = *about.mutable_boilerplate()->add_texts();
    text.set_locale("de");
    text.add_blocks()->mutable_paragraph()->set_text("Wir helfen.");
    ASSERT_TRUE(CreateBoilerplate(store_.environment(), ReleasesStore::As("editor"), about).ok());
    v1::CreateSectionRequest site;
    site.set_parent(newsroom_);
    site.set_section_id("site");
    site.mutable_section()->add_texts()->set_locale("de");
    site.mutable_section()->mutable_texts(0)->set_title("Über uns");
    site.mutable_section()->mutable_link()->set_uri("https://example.org/about");
    ASSERT_TRUE(CreateSection(store_.environment(), ReleasesStore::As("editor"), site).ok());
    ASSERT_TRUE(PublishedWith({LineOfAllKinds(), Referring("milena")}).ok());
    ASSERT_TRUE(Correct(driver_, "Berichtigt"));
    ASSERT_TRUE(driver_.Withdraw(v1::Withdrawal::KIND_NOTICE).ok());
  }

  // Calls `visit(table, stored, bytes)` for each stored message.
  void VisitStored(const std::function<void(const StoredTable&, const StoredMessage&, const std::string&)>& visit) {
    std::map<std::string, std::vector<std::string>> bytes;
    for (const auto& cell : platform::DumpTables(store_.db())) {
      bytes[absl::StrCat(cell.table, ".", cell.column)].push_back(cell.value);
    }
    for (const StoredTable& table : StoredTables()) {
      for (const StoredMessage& stored : table.messages) {
        const std::string place = absl::StrCat(std::string(table.name), ".", std::string(stored.column));
        for (const std::string& message : bytes[place]) visit(table, stored, message);
      }
    }
  }

  // Her name in every text there is, behind the back of whoever keeps it.
  void FillAll() {
    TextFiller filler(kHer);
    VisitStored([&](const StoredTable& table, const StoredMessage& stored, const std::string& bytes) {
      const auto message = Parse(stored, bytes);
      filler.Fill(*message);
      const absl::Status written = store_.db().Write(ReleasesStore::Soon(), [&](platform::Session& session) {
        const std::string column(stored.column);
        return session
            .Execute(absl::StrCat("UPDATE ", std::string(table.name), " SET ", column, " = :filled WHERE ", column,
                                  " = :found"),
                     {{"filled", platform::Bytes{message->SerializeAsString()}}, {"found", platform::Bytes{bytes}}})
            .status();
      });
      ASSERT_TRUE(written.ok()) << written;
    });
    for (const FieldDescriptor* field : StoredTexts()) {
      EXPECT_TRUE(filler.fields().contains(field)) << NameOf(*field) << " is in nothing that this test stores";
    }
  }
};

TEST_P(StoredDataTest, EveryTableIsListed) {
  platform::TestDatabase empty(GetParam());
  const absl::Time now = absl::Now();
  const absl::Status migrated =
      platform::Migrate(empty.db(),
                        {&ReleasesMigrations(), &platform::FollowedFeedMigrations(), &platform::ChangeFeedMigrations(),
                         &platform::IdempotencyMigrations()},
                        now, now + absl::Seconds(60));
  ASSERT_TRUE(migrated.ok()) << migrated;
  const std::string schema = platform::DumpSchema(empty.db());
  std::set<std::string> there;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(schema, '\n'))) {
    if (line.starts_with("table ")) there.insert(line.substr(line.find(' ') + 1));
  }
  std::set<std::string> listed;
  for (const StoredTable& table : StoredTables()) {
    EXPECT_TRUE(listed.insert(std::string(table.name)).second) << table.name;
    EXPECT_FALSE(table.how.empty()) << table.name;
    for (const StoredMessage& stored : table.messages) {
      const std::string column = absl::StrCat("  ", std::string(stored.column), " bytes\n");
      const auto begin = schema.find(absl::StrCat("table ", std::string(table.name), "\n"));
      EXPECT_THAT(schema.substr(begin, schema.find("\n\n", begin) - begin), HasSubstr(column)) << table.name;
    }
  }
  EXPECT_EQ(listed, there) << "say in stored_data.cc what an erasure does to the table, and do it";
}

TEST_P(StoredDataTest, EveryPersonalFieldIsListed) {
  std::set<std::string> there;
  for (const FieldDescriptor* field : StoredTexts()) {
    if (IsPersonalField(*field)) there.insert(NameOf(*field));
  }
  std::set<std::string> listed;
  for (const PersonalField& field : PersonalFields()) {
    EXPECT_TRUE(listed.insert(std::string(field.name)).second) << field.name;
    EXPECT_FALSE(field.how.empty()) << field.name;
  }
  EXPECT_EQ(listed, there) << "say in stored_data.cc what an erasure does to the field, and do it";
}

TEST_P(StoredDataTest, WhatIsLeftOfAnyFieldIsWordsAndTold) {
  MakeAll();
  FillAll();
  const auto planned = Places();
  StopPrinting();
  const auto erased = Erase();
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->texts_left(), std::count_if(planned.begin(), planned.end(), IsLeft));
  std::set<std::string> told;
  for (const auto& place : Places()) {
    EXPECT_TRUE(IsLeft(place)) << place.ShortDebugString();
    told.insert(place.text());
  }

  std::set<std::string> personal;
  std::set<std::string> pieces;
  std::set<std::string> not_told;
  VisitStored([&](const StoredTable& table, const StoredMessage& stored, const std::string& bytes) {
    const std::string column = absl::StrCat(std::string(table.name), ".", std::string(stored.column));
    VisitTexts(*Parse(stored, bytes), [&](const std::string& path, const Message& holder, const FieldDescriptor& field,
                                          const std::string& text) {
      if (text.find(kHer) == std::string::npos) return;
      if (const auto* piece = dynamic_cast<const Segment*>(&holder)) {
        pieces.insert(Segment::Kind_Name(piece->kind()));
      } else if (IsPersonalField(field)) {
        personal.insert(NameOf(field));
      }
      if (!told.contains(text)) not_told.insert(PlaceIn(NotTold(), column + path));
    });
  });
  std::set<std::string> left;
  for (const PersonalField& field : PersonalFields()) {
    if (field.when_erased == WhenErased::kLeftToEditor) left.insert(std::string(field.name));
  }
  EXPECT_EQ(personal, left);
  EXPECT_THAT(pieces, UnorderedElementsAre("KIND_UNSPECIFIED", "KIND_TEXT", "KIND_ORGANIZATION", "KIND_ROLE"));
  EXPECT_EQ(not_told, Keys(NotTold()));
}

INSTANTIATE_TEST_SUITE_P(Engines, StoredDataTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
