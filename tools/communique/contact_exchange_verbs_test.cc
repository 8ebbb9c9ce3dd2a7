// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/exchange_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::ExportContactsRequest;
using contacts::v1::ExportContactsResponse;
using contacts::v1::ImportContactsRequest;
using contacts::v1::ImportContactsResponse;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ContactExchangeVerbsTest : public CommandTest {
 protected:
  void SetUp() override { environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address(); }

  const std::vector<std::string> import_ = {
      "contact",  "import", "-",       "--newsroom",         "igh-de", "--format", "csv",
      "--source", "Fair",   "--basis", "legitimate-interest"};
  ExportContactsResponse File() {
    ExportContactsResponse file;
    file.set_content("kind,display_name\r\n");
    file.set_contact_count(1);
    return file;
  }
};

TEST_F(ContactExchangeVerbsTest, ImportReportsOnEachCard) {
  server_.Answer("ImportContacts", Load<ImportContactsResponse>("contact_import"));
  const Result result = Run(import_, "file");
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.err, "");
  ExpectOutput("contact_import", result.out);
}

TEST_F(ContactExchangeVerbsTest, ImportSendsTheFileAndWhatIsSaidOfIt) {
  server_.Answer("ImportContacts", ImportContactsResponse());
  auto arguments = import_;
  for (const char* argument : {"--relation", "journalist", "--visibility", "media-only", "--language", "fr", "--region",
                               "CH", "--allow-duplicates", "--all-or-nothing", "--validate-only"}) {
    arguments.emplace_back(argument);
  }
  EXPECT_EQ(Run(arguments, std::string("a\0\xff", 3)).code, kExitOk);
  auto request = LastRequest<ImportContactsRequest>("ImportContacts");
  EXPECT_EQ(request.content(), std::string("a\0\xff", 3));
  EXPECT_THAT(request.request_id(), SizeIs(36));
  request.clear_content();
  request.clear_request_id();
  EXPECT_EQ(
      request.ShortDebugString(),
      "parent: \"newsrooms/igh-de\" format: EXCHANGE_FORMAT_CSV source: \"Fair\" "
      "basis: PROCESSING_BASIS_LEGITIMATE_INTEREST relation: RELATION_JOURNALIST visibility: VISIBILITY_MEDIA_ONLY "
      "language: \"fr\" region: \"CH\" allow_duplicates: true all_or_nothing: true validate_only: true");
}

TEST_F(ContactExchangeVerbsTest, ABrokenOffImportSaysHowToGoOn) {
  server_.Hang("ImportContacts");
  auto arguments = import_;
  arguments.insert(arguments.end(), {"--deadline", "200ms"});
  const Result late = Run(arguments, "file");
  EXPECT_EQ(late.code, kExitFailed);
  const std::string id = LastRequest<ImportContactsRequest>("ImportContacts").request_id();
  EXPECT_THAT(id, SizeIs(36));
  EXPECT_THAT(late.err, HasSubstr("run it again with --request-id " + id + ","));
  EXPECT_THAT(late.err, HasSubstr("--deadline 2m"));
  arguments.emplace_back("--validate-only");
  EXPECT_THAT(Run(arguments, "file").err, Not(HasSubstr("--request-id")));
}

TEST_F(ContactExchangeVerbsTest, AnImportThatIsRefusedHasMadeNothing) {
  server_.Fail("ImportContacts", platform::InvalidField("content", "holds no card"));
  server_.Fail("ImportContacts", platform::MakeError(absl::StatusCode::kDeadlineExceeded,
                                                     platform::Reason::ERROR_REASON_IMPORT_INTERRUPTED, "broken off"));
  EXPECT_THAT(Run(import_, "file").err, Not(HasSubstr("--request-id")));
  const Result interrupted = Run(import_, "file");
  EXPECT_THAT(interrupted.err, HasSubstr("broken off; some contacts may be made: run it again with --request-id "));
  EXPECT_THAT(interrupted.err, HasSubstr("reason: IMPORT_INTERRUPTED"));
}

TEST_F(ContactExchangeVerbsTest, ImportWantsItsBasisAndSource) {
  const Result result = Run({"contact", "import", "-", "--newsroom", "igh-de", "--format", "csv", "--source", "x"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_THAT(result.err, HasSubstr("--basis"));
  EXPECT_THAT(Methods(), IsEmpty());
}

TEST_F(ContactExchangeVerbsTest, ExportWritesTheFileByteForByte) {
  server_.Answer("ExportContacts", File());
  const Result result = Run({"contact", "export", "--newsroom", "igh-de", "--format", "csv"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out, "kind,display_name\r\n");
  EXPECT_EQ(result.err, "1 contact, 0 left out\n");
  EXPECT_EQ(LastRequest<ExportContactsRequest>("ExportContacts").ShortDebugString(),
            "parent: \"newsrooms/igh-de\" format: EXCHANGE_FORMAT_CSV min_visibility: VISIBILITY_PUBLIC");
}

TEST_F(ContactExchangeVerbsTest, ExportSaysWhatIsNotInTheFile) {
  auto file = File();
  auto& finding = *file.add_findings();
  finding.set_contact("newsrooms/igh-de/contacts/k4");
  finding.set_field("languages");
  finding.set_message("version 3.0 has no place for them");
  file.set_next_page_token("abc");
  server_.Answer("ExportContacts", file);
  const Result result = Run({"contact", "export", "igh-de/k4", "igh-de/k5", "--newsroom", "igh-de", "--format",
                             "vcard3", "--for", "internal", "--page-token", "x"});
  EXPECT_THAT(result.err, HasSubstr("version 3.0 has no place for them"));
  EXPECT_THAT(result.err, HasSubstr("--page-token abc"));
  EXPECT_EQ(LastRequest<ExportContactsRequest>("ExportContacts").ShortDebugString(),
            "parent: \"newsrooms/igh-de\" format: EXCHANGE_FORMAT_VCARD_3 min_visibility: VISIBILITY_INTERNAL "
            "names: \"newsrooms/igh-de/contacts/k4\" names: \"newsrooms/igh-de/contacts/k5\" page_token: \"x\"");
}

TEST_F(ContactExchangeVerbsTest, ExportTakesAGroupOrAFilter) {
  server_.Answer("ExportContacts", File());
  Run({"contact", "export", "--newsroom", "igh-de", "--format", "jcard", "--group", "igh-de/science"});
  EXPECT_EQ(LastRequest<ExportContactsRequest>("ExportContacts").group(), "newsrooms/igh-de/groups/science");
  Run({"contact", "export", "--newsroom", "igh-de", "--format", "vcard", "--filter", "kind=DESK"});
  EXPECT_EQ(LastRequest<ExportContactsRequest>("ExportContacts").filter(), "kind=DESK");
}

TEST_F(ContactExchangeVerbsTest, ExportForAPurposeSaysHowManyMayNotBeWrittenTo) {
  auto file = File();
  file.set_left_out_count(5);
  file.set_not_permitted_count(3);
  server_.Answer("ExportContacts", file);
  const Result result = Run({"contact", "export", "--newsroom", "igh-de", "--format", "csv", "--for", "internal",
                             "--purpose", "press-releases", "--channel", "email"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.err, "1 contact, 5 left out, of which 3 because they may not be written to for this\n");
  EXPECT_EQ(LastRequest<ExportContactsRequest>("ExportContacts").ShortDebugString(),
            "parent: \"newsrooms/igh-de\" format: EXCHANGE_FORMAT_CSV min_visibility: VISIBILITY_INTERNAL "
            "purpose: PURPOSE_PRESS_RELEASES channel: CHANNEL_EMAIL");
}

}  // namespace
}  // namespace communique::command
