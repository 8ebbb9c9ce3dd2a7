// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/names.h"

#include <gtest/gtest.h>

namespace communique::contacts {
namespace {

TEST(ContactNamesTest, RoundTrip) {
  EXPECT_EQ(OrganizationName::Parse("newsrooms/geneva/organizations/igh")->ToString(),
            "newsrooms/geneva/organizations/igh");
  EXPECT_EQ(ContactName::Parse("newsrooms/geneva/contacts/qmx7")->ToString(), "newsrooms/geneva/contacts/qmx7");
  EXPECT_EQ(MergeName::Parse("newsrooms/geneva/merges/m1")->ToString(), "newsrooms/geneva/merges/m1");
  const std::string record = "newsrooms/geneva/contacts/qmx7/processingRecords/r1";
  EXPECT_EQ(ProcessingRecordName::Parse(record)->ToString(), record);
  EXPECT_EQ(ProcessingRecordName::Parse(record)->ContactToString(), "newsrooms/geneva/contacts/qmx7");
  EXPECT_EQ(SuppressionName::Parse("newsrooms/geneva/suppressions/s1")->ToString(), "newsrooms/geneva/suppressions/s1");
  EXPECT_EQ(ContactName::Parse("newsrooms/geneva/contacts/qmx7")->newsroom, "geneva");
  EXPECT_EQ(ContactName::Parse("newsrooms/geneva/contacts/qmx7")->contact, "qmx7");
}

TEST(ContactNamesTest, RefusesWhatIsNotCanonical) {
  for (const char* name :
       {"", "contacts/a", "newsrooms/n", "newsrooms/n/contacts", "newsrooms/n/contacts/", "newsrooms/n/contacts/A",
        "newsrooms/n/contacts/1a", "newsrooms/n/contacts/a-", "newsrooms/n/contacts/-", "newsrooms/-/contacts/a",
        "newsrooms/n/contacts/a/", "/newsrooms/n/contacts/a", "newsrooms/n/contacts/a/b", "newsrooms/n/contacts/ä",
        "newsrooms/n/organizations/a", "newsrooms/n/merges/a"}) {
    EXPECT_FALSE(ContactName::Parse(name)) << name;
  }
  EXPECT_FALSE(OrganizationName::Parse("newsrooms/n/contacts/a"));
  EXPECT_FALSE(MergeName::Parse("newsrooms/n/contacts/a"));
  EXPECT_FALSE(ProcessingRecordName::Parse("newsrooms/n/contacts/a/processingRecords"));
  EXPECT_FALSE(ProcessingRecordName::Parse("newsrooms/n/contacts/a/processingRecords/A"));
  EXPECT_FALSE(ProcessingRecordName::Parse("newsrooms/n/contacts/a/merges/b"));
  EXPECT_FALSE(SuppressionName::Parse("newsrooms/n/contacts/a"));
}

}  // namespace
}  // namespace communique::contacts
