// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/processing_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using Record = v1::ProcessingRecord;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Record Granted() {
  Record record;
  record.set_event(Record::EVENT_GRANTED);
  record.set_purpose(v1::PURPOSE_PRESS_RELEASES);
  record.set_notice_version("2026-03");
  record.set_notice_locale("de-ch");
  return record;
}

absl::Status Validate(Record record) {
  NormalizeProcessingRecord(kNow, record);
  return ValidateProcessingRecord({}, kNow, record);
}

TEST(ProcessingRecordTest, IsCompletedWithWhatFollows) {
  Record record = Granted();
  record.set_name("newsrooms/n/contacts/a/processingRecords/chosen");
  record.set_recorder("somebody else");
  record.mutable_evidence()->set_form_sha256(std::string(64, 'A'));
  NormalizeProcessingRecord(kNow, record);
  EXPECT_EQ(record.basis(), v1::PROCESSING_BASIS_CONSENT);
  EXPECT_EQ(platform::FromTimestamp(record.event_time()), kNow);
  EXPECT_EQ(record.notice_locale(), "de-CH");
  EXPECT_EQ(record.evidence().form_sha256(), std::string(64, 'a'));
  EXPECT_TRUE(record.name().empty());
  EXPECT_TRUE(record.recorder().empty());
  EXPECT_TRUE(ValidateProcessingRecord({}, kNow, record).ok());
}

TEST(ProcessingRecordTest, TakesWhatHappens) {
  EXPECT_TRUE(Validate(Granted()).ok());
  Record record;
  record.set_event(Record::EVENT_OBJECTED);
  EXPECT_TRUE(Validate(record).ok()) << "to everything: " << Validate(record);
  record.set_event(Record::EVENT_DECLARED);
  record.set_purpose(v1::PURPOSE_PRINTING);
  record.set_basis(v1::PROCESSING_BASIS_ORGANIZATION_MANDATE);
  EXPECT_TRUE(Validate(record).ok()) << Validate(record);
  record = Granted();
  record.set_event(Record::EVENT_CONFIRMED);
  record.clear_notice_version();
  record.clear_notice_locale();
  record.mutable_evidence()->set_ip_address("2001:db8::7");
  EXPECT_TRUE(Validate(record).ok()) << Validate(record);
}

TEST(ProcessingRecordTest, RefusesWhatIsWrong) {
  struct Case {
    const char* what;
    std::function<void(Record&)> change;
    const char* field;
  };
  const Case kCases[] = {
      {"nothing that happened", [](Record& r) { r.clear_event(); }, "event: "},
      {"an event of another version", [](Record& r) { r.set_event(static_cast<Record::Event>(77)); }, "event: "},
      {"a consent to nothing", [](Record& r) { r.clear_purpose(); }, "purpose: "},
      {"an unknown purpose", [](Record& r) { r.set_purpose(static_cast<v1::Purpose>(77)); }, "purpose: "},
      {"a consent without the notice", [](Record& r) { r.clear_notice_version(); }, "notice_version: "},
      {"a version that is a sentence", [](Record& r) { r.set_notice_version("the new one"); }, "notice_version: "},
      {"a consent without the notice's language", [](Record& r) { r.clear_notice_locale(); }, "notice_locale: "},
      {"a language that is none", [](Record& r) { r.set_notice_locale("d e"); }, "notice_locale: "},
      {"a consent to come",
       [](Record& r) { *r.mutable_event_time() = platform::ToTimestamp(kNow + absl::Microseconds(1)); },
       "event_time: must not be in the future"},
      {"no time", [](Record& r) { r.mutable_event_time()->set_nanos(-1); }, "event_time: is not a time"},
      {"an end before the beginning", [](Record& r) { *r.mutable_expire_time() = platform::ToTimestamp(kNow); },
       "expire_time: must be after"},
      {"a refusal that ends",
       [](Record& r) {
         r.set_event(Record::EVENT_WITHDRAWN);
         *r.mutable_expire_time() = platform::ToTimestamp(kNow + absl::Hours(1));
       },
       "expire_time: "},
      {"a consent on another basis", [](Record& r) { r.set_basis(v1::PROCESSING_BASIS_CONTRACT); }, "basis: "},
      {"a consent that the office declares",
       [](Record& r) {
         r.set_event(Record::EVENT_DECLARED);
         r.set_basis(v1::PROCESSING_BASIS_CONSENT);
       },
       "basis: "},
      {"a declaration of nothing", [](Record& r) { r.set_event(Record::EVENT_DECLARED); }, "basis: "},
      {"no channel", [](Record& r) { r.add_channels(v1::CHANNEL_UNSPECIFIED); }, "channels[0]: "},
      {"a channel twice",
       [](Record& r) {
         r.add_channels(v1::CHANNEL_EMAIL);
         r.add_channels(v1::CHANNEL_EMAIL);
       },
       "channels[1]: "},
      {"printing by mail",
       [](Record& r) {
         r.set_purpose(v1::PURPOSE_PRINTING);
         r.add_channels(v1::CHANNEL_EMAIL);
       },
       "channels: "},
      {"a long method", [](Record& r) { r.set_method(std::string(201, 'm')); }, "method: "},
      {"a method of two lines", [](Record& r) { r.set_method("a\nb"); }, "method: "},
      {"long evidence", [](Record& r) { r.mutable_evidence()->set_text(std::string(2001, 'e')); }, "evidence.text: "},
      {"no network address", [](Record& r) { r.mutable_evidence()->set_ip_address("192.0.2.300"); },
       "evidence.ip_address: "},
      {"half a hash", [](Record& r) { r.mutable_evidence()->set_form_sha256(std::string(32, 'a')); },
       "evidence.form_sha256: "},
      {"no hash", [](Record& r) { r.mutable_evidence()->set_form_sha256(std::string(64, 'g')); },
       "evidence.form_sha256: "},
      {"a long user agent", [](Record& r) { r.mutable_evidence()->set_user_agent(std::string(501, 'u')); },
       "evidence.user_agent: "},
  };
  for (const Case& c : kCases) {
    Record record = Granted();
    c.change(record);
    const absl::Status status = Validate(record);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.what;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(c.field)) << c.what;
  }
}

TEST(ProcessingRecordTest, TheEdgesAreAllowed) {
  Record record = Granted();
  record.set_method(std::string(200, 'm'));
  record.set_notice_version(std::string(64, 'v'));
  record.mutable_evidence()->set_text(std::string(2000, 'e'));
  record.mutable_evidence()->set_user_agent(std::string(500, 'u'));
  *record.mutable_event_time() = platform::ToTimestamp(kNow);
  *record.mutable_expire_time() = platform::ToTimestamp(kNow + absl::Microseconds(1));
  EXPECT_TRUE(Validate(record).ok()) << Validate(record);
  record.set_notice_version(std::string(65, 'v'));
  EXPECT_FALSE(Validate(record).ok());
}

TEST(ProcessingRecordTest, AQuestionIsWhole) {
  v1::PermissionCheck check;
  check.set_contact("newsrooms/n/contacts/a");
  check.set_purpose(v1::PURPOSE_SURVEYS);
  check.set_channel(v1::CHANNEL_PHONE);
  EXPECT_TRUE(ValidateCheck(check).ok());
  check.clear_channel();
  EXPECT_THAT(std::string(ValidateCheck(check).message()), testing::HasSubstr("channel: "));
  check.set_purpose(v1::PURPOSE_PRINTING);
  EXPECT_TRUE(ValidateCheck(check).ok());
  check.set_channel(v1::CHANNEL_EMAIL);
  EXPECT_THAT(std::string(ValidateCheck(check).message()), testing::HasSubstr("channel: "));
  check.clear_purpose();
  check.set_contact("a");
  EXPECT_THAT(std::string(ValidateCheck(check).message()),
              testing::AllOf(testing::HasSubstr("purpose: "), testing::HasSubstr("contact: ")));
}

}  // namespace
}  // namespace communique::contacts
