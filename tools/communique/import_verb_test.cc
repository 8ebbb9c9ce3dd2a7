// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/testing/temporary_folder.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using releases::v1::ImportReleaseRequest;
using releases::v1::ImportReleaseResponse;
using ::testing::HasSubstr;

class ImportVerbTest : public CommandTest {
 protected:
  ImportReleaseResponse response_ = Load<ImportReleaseResponse>("import");
};

TEST_F(ImportVerbTest, ReportsWhatWasFound) {
  server_.Answer("ImportRelease", response_);
  const Result result = Run({"import", "-", "--newsroom", "igh-de"}, "text");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.err, "");
  ExpectOutput("import", result.out);
}

TEST_F(ImportVerbTest, SaysThatNothingWasStored) {
  response_.mutable_release()->clear_name();
  server_.Answer("ImportRelease", response_);
  const std::string out = Run({"import", "-", "--newsroom", "igh-de", "--validate-only"}, "text").out;
  EXPECT_THAT(out, testing::StartsWith("Nothing was stored. The release would be:\n  IGH und"));
  EXPECT_THAT(out, testing::Not(HasSubstr("Next:")));
}

TEST_F(ImportVerbTest, NamesTheSectionsThatWereMade) {
  response_.add_sections("newsrooms/igh-de/sections/wer-wir-sind");
  server_.Answer("ImportRelease", response_);
  const std::string out = Run({"import", "-", "--newsroom", "igh-de", "--with-sections"}, "text").out;
  EXPECT_THAT(out, HasSubstr("Sections made\n  newsrooms/igh-de/sections/wer-wir-sind\n"));
  EXPECT_THAT(out, testing::Not(HasSubstr("Sections proposed")));
}

TEST_F(ImportVerbTest, SaysHowProposedContactsAreMadeWhereThereAreSome) {
  server_.Answer("ImportRelease", response_);
  EXPECT_THAT(Run({"import", "-", "--newsroom", "igh-de"}, "text").out, HasSubstr("made by --create-contacts"));
}

TEST_F(ImportVerbTest, SaysNothingOfMakingContactsWhereNoneIsProposed) {
  response_.mutable_report()->mutable_contacts(2)->set_outcome(releases::v1::ImportedContact::OUTCOME_NOT_ASKED);
  server_.Answer("ImportRelease", response_);
  EXPECT_THAT(Run({"import", "-", "--newsroom", "igh-de"}, "text").out, HasSubstr("Contacts\n"));
}

TEST_F(ImportVerbTest, SaysNothingOfContactsWhereThereAreNone) {
  response_.mutable_report()->clear_contacts();
  server_.Answer("ImportRelease", response_);
  EXPECT_THAT(Run({"import", "-", "--newsroom", "igh-de"}, "text").out, testing::Not(HasSubstr("Contacts")));
}

TEST_F(ImportVerbTest, SendsTheFileAsItIs) {
  server_.Answer("ImportRelease", response_);
  const platform::TemporaryFolder folder;
  const std::string bytes("\xef\xbb\xbfTitel\r\n\0\xff\n", 13);
  std::ofstream(folder.File("release.txt"), std::ios::binary) << bytes;
  Run({"import", folder.File("release.txt"), "--newsroom", "igh-de", "--language", "de", "--release-id", "jubilee",
       "--with-sections", "--create-contacts", "--validate-only"});
  auto request = LastRequest<ImportReleaseRequest>("ImportRelease");
  EXPECT_EQ(request.text(), bytes);
  EXPECT_EQ(request.request_id().size(), 36U);
  request.clear_text();
  request.clear_request_id();
  EXPECT_EQ(request.ShortDebugString(),
            "parent: \"newsrooms/igh-de\" language: \"de\" release_id: \"jubilee\" with_sections: true "
            "validate_only: true create_contacts: true");
}

TEST_F(ImportVerbTest, AnEmptyInputIsForTheServerToRefuse) {
  server_.Answer("ImportRelease", response_);
  EXPECT_EQ(Run({"import", "-", "--newsroom", "igh-de"}).code, kExitOk);
  EXPECT_EQ(LastRequest<ImportReleaseRequest>("ImportRelease").text(), "");
}

TEST_F(ImportVerbTest, AFolderIsNoFile) {
  const platform::TemporaryFolder folder;
  const Result result = Run({"import", folder.path(), "--newsroom", "igh-de"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err, HasSubstr("cannot be read: Is a directory"));
}

}  // namespace
}  // namespace communique::command
