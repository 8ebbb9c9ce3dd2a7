// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/consent_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::ProcessingRecord;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ContactConsentVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    record_.set_name("newsrooms/igh-de/contacts/k4/processingRecords/c1");
    record_.set_event(ProcessingRecord::EVENT_GRANTED);
    record_.set_purpose(contacts::v1::PURPOSE_PRESS_RELEASES);
    record_.add_channels(contacts::v1::CHANNEL_EMAIL);
    record_.set_basis(contacts::v1::PROCESSING_BASIS_CONSENT);
    record_.mutable_event_time()->set_seconds(1'792'137'600);
    record_.mutable_create_time()->set_seconds(1'792'137'600);
    record_.set_notice_version("2026-03");
    record_.set_notice_locale("de");
    record_.set_recorder("anna");
    server_.Answer("CreateProcessingRecord", record_);
  }

  template <typename Request>
  std::string Sent(const std::string& method) {
    auto request = LastRequest<Request>(method);
    request.clear_request_id();
    return request.ShortDebugString();
  }

  ProcessingRecord record_;
};

TEST_F(ContactConsentVerbsTest, RecordSendsWhatTheOptionsSay) {
  const Result result = Run({"contact",
                             "consent",
                             "record",
                             "igh-de/k4",
                             "--event",
                             "granted",
                             "--purpose",
                             "press-releases",
                             "--channel",
                             "email,phone",
                             "--at",
                             "2026-10-16T08:00:00Z",
                             "--until",
                             "2027-10-16T08:00:00Z",
                             "--notice",
                             "2026-03",
                             "--notice-language",
                             "de",
                             "--method",
                             "form",
                             "--evidence",
                             "ticked",
                             "--ip-address",
                             "192.0.2.7",
                             "--validate-only"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, StartsWith("Nothing was recorded. It would be so:\n"));
  EXPECT_EQ(Sent<contacts::v1::CreateProcessingRecordRequest>("CreateProcessingRecord"),
            "parent: \"newsrooms/igh-de/contacts/k4\" processing_record { purpose: PURPOSE_PRESS_RELEASES channels: "
            "CHANNEL_EMAIL channels: CHANNEL_PHONE event: EVENT_GRANTED event_time { seconds: 1792137600 } expire_time "
            "{ seconds: 1823673600 } notice_version: \"2026-03\" notice_locale: \"de\" method: \"form\" evidence { "
            "text: \"ticked\" ip_address: \"192.0.2.7\" } } validate_only: true");
}

TEST_F(ContactConsentVerbsTest, ARefusalOfEverythingIsShort) {
  EXPECT_EQ(Run({"contact", "consent", "record", "igh-de/k4", "--event", "objected"}).code, kExitOk);
  EXPECT_EQ(Sent<contacts::v1::CreateProcessingRecordRequest>("CreateProcessingRecord"),
            "parent: \"newsrooms/igh-de/contacts/k4\" processing_record { event: EVENT_OBJECTED }");
  EXPECT_EQ(Run({"contact", "consent", "record", "igh-de/k4"}).code, kExitUsage);
  EXPECT_EQ(Run({"contact", "consent", "record", "igh-de/k4", "--event", "forgotten"}).code, kExitUsage);
  EXPECT_THAT(Run({"contact", "consent", "record", "igh-de/k4", "--event", "granted", "--at", "today"}).err,
              HasSubstr("is no time"));
}

TEST_F(ContactConsentVerbsTest, ListShowsWhatHappened) {
  contacts::v1::ListProcessingRecordsResponse list;
  *list.add_processing_records() = record_;
  ProcessingRecord& refusal = *list.add_processing_records();
  refusal = record_;
  refusal.set_event(ProcessingRecord::EVENT_OBJECTED);
  refusal.clear_purpose();
  refusal.clear_channels();
  server_.Answer("ListProcessingRecords", list);
  const Result result = Run({"contact", "consent", "list", "igh-de/k4", "--filter", "purpose = SURVEYS"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, StartsWith("newsrooms/igh-de/contacts/k4/processingRecords/c1\n"
                                     "  Happened  GRANTED, 2026-10-16 08:00:00 UTC\n"
                                     "  For       PRESS_RELEASES, EMAIL\n"
                                     "  Basis     CONSENT\n"
                                     "  Notice    2026-03, de\n"
                                     "  Recorded  2026-10-16 08:00:00 UTC by anna\n"));
  EXPECT_THAT(result.out, HasSubstr("  For       everything, every channel\n"));
  EXPECT_THAT(LastRequest<contacts::v1::ListProcessingRecordsRequest>("ListProcessingRecords").ShortDebugString(),
              HasSubstr("filter: \"purpose = SURVEYS\""));
}

TEST_F(ContactConsentVerbsTest, MayAnswersContactByContact) {
  contacts::v1::BatchCheckPermissionsResponse answers;
  auto& yes = *answers.add_permissions();
  yes.set_contact("newsrooms/igh-de/contacts/k4");
  yes.set_allowed(true);
  yes.add_addresses("a@example.org");
  yes.add_addresses("b@example.org");
  yes.mutable_valid_until()->set_seconds(1'792'137'600);
  auto& no = *answers.add_permissions();
  no.set_contact("newsrooms/igh-de/contacts/k5");
  no.add_reasons(contacts::v1::PERMISSION_REASON_OBJECTED);
  no.add_reasons(contacts::v1::PERMISSION_REASON_NO_ADDRESS);
  server_.Answer("BatchCheckPermissions", answers);
  const Result result =
      Run({"contact", "may", "igh-de/k4", "igh-de/k5", "--purpose", "press-releases", "--channel", "email"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out,
            "newsrooms/igh-de/contacts/k4  yes: a@example.org, b@example.org  until 2026-10-16 08:00:00 UTC\n"
            "newsrooms/igh-de/contacts/k5  no: OBJECTED, NO_ADDRESS\n");
  EXPECT_EQ(LastRequest<contacts::v1::BatchCheckPermissionsRequest>("BatchCheckPermissions").ShortDebugString(),
            "newsroom: \"newsrooms/igh-de\" checks { contact: \"newsrooms/igh-de/contacts/k4\" purpose: "
            "PURPOSE_PRESS_RELEASES channel: CHANNEL_EMAIL } checks { contact: \"newsrooms/igh-de/contacts/k5\" "
            "purpose: PURPOSE_PRESS_RELEASES channel: CHANNEL_EMAIL }");
  Run({"contact", "may", "igh-de/k4", "--purpose", "printing", "--newsroom", "kenya"});
  EXPECT_EQ(LastRequest<contacts::v1::BatchCheckPermissionsRequest>("BatchCheckPermissions").ShortDebugString(),
            "newsroom: \"newsrooms/kenya\" checks { contact: \"newsrooms/igh-de/contacts/k4\" purpose: "
            "PURPOSE_PRINTING }");
}

}  // namespace
}  // namespace communique::command
