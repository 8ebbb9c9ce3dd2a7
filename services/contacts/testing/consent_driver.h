// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/permissions.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressions.h"

namespace communique::contacts {

// Says to a store what people have said about being written to, in few words.
class ConsentDriver {
 public:
  using Record = v1::ProcessingRecord;

  explicit ConsentDriver(ContactsStore& store) : store_(store) {}

  static Record Granted(v1::Purpose purpose = v1::PURPOSE_PRESS_RELEASES) {
    Record record;
    record.set_event(Record::EVENT_GRANTED);
    record.set_purpose(purpose);
    record.set_notice_version("2026-03");
    record.set_notice_locale("de");
    return record;
  }
  static Record Declared(v1::Purpose purpose = v1::PURPOSE_PRESS_RELEASES) {
    Record record;
    record.set_event(Record::EVENT_DECLARED);
    record.set_purpose(purpose);
    record.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
    return record;
  }
  static Record Said(Record::Event event, v1::Purpose purpose = v1::PURPOSE_PRESS_RELEASES) {
    Record record;
    record.set_event(event);
    record.set_purpose(purpose);
    return record;
  }

  // An objection to everything, to being printed as well.
  static Record ObjectedToAll() {
    Record record = Said(Record::EVENT_OBJECTED);
    record.clear_purpose();
    return record;
  }
  // A consent that ends after an hour.
  static Record GrantedForAnHour(const ContactsStore& store, v1::Purpose purpose) {
    Record record = Granted(purpose);
    *record.mutable_expire_time() = platform::ToTimestamp(store.environment().clock.Now() + absl::Hours(1));
    return record;
  }

  absl::StatusOr<Record> Send(const v1::CreateProcessingRecordRequest& request) const {
    auto written = CreateProcessingRecord(env(), ContactDriver::Editor(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  absl::StatusOr<Record> Add(const std::string& contact, const Record& record) const {
    v1::CreateProcessingRecordRequest request;
    request.set_parent(contact);
    *request.mutable_processing_record() = record;
    return Send(request);
  }
  // Adds it, and expects no trouble.
  Record Recorded(const std::string& contact, const Record& record) const {
    const auto made = Add(contact, record);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : Record();
  }
  std::vector<Record> RecordsOf(const std::string& contact) const {
    v1::ListProcessingRecordsRequest request;
    request.set_parent(contact);
    const auto list = ListProcessingRecords(env(), ContactDriver::Editor(), request);
    EXPECT_TRUE(list.ok()) << list.status();
    if (!list.ok()) return {};
    return {list->processing_records().begin(), list->processing_records().end()};
  }

  absl::StatusOr<v1::Permission> Check(const std::string& contact, v1::Purpose purpose = v1::PURPOSE_PRESS_RELEASES,
                                       v1::Channel channel = v1::CHANNEL_EMAIL,
                                       const std::string& newsroom = "relief") const {
    v1::CheckPermissionRequest request;
    request.set_newsroom("newsrooms/" + newsroom);
    request.set_contact(contact);
    request.set_purpose(purpose);
    request.set_channel(channel);
    return CheckPermission(env(), ContactDriver::Editor(), request);
  }
  // "ALLOWED", or the reasons without their prefix.
  std::vector<std::string> Answer(const std::string& contact, v1::Purpose purpose = v1::PURPOSE_PRESS_RELEASES,
                                  v1::Channel channel = v1::CHANNEL_EMAIL,
                                  const std::string& newsroom = "relief") const {
    const auto permission = Check(contact, purpose, channel, newsroom);
    EXPECT_TRUE(permission.ok()) << permission.status();
    if (!permission.ok()) return {};
    if (permission->allowed()) return {"ALLOWED"};
    return ReasonsOf(*permission);
  }
  static std::vector<std::string> ReasonsOf(const v1::Permission& permission) {
    constexpr std::size_t kPrefix = sizeof("PERMISSION_REASON_") - 1;
    std::vector<std::string> reasons;
    for (const auto reason : permission.reasons()) {
      reasons.push_back(v1::PermissionReason_Name(static_cast<v1::PermissionReason>(reason)).substr(kPrefix));
    }
    return reasons;
  }

  static v1::CreateSuppressionRequest SuppressionRequest(const std::string& email, v1::Suppression::Reason reason,
                                                         const std::string& newsroom = "relief") {
    v1::CreateSuppressionRequest request;
    request.set_parent("newsrooms/" + newsroom);
    request.mutable_address()->set_email(email);
    request.mutable_suppression()->set_reason(reason);
    return request;
  }
  absl::StatusOr<v1::Suppression> Send(const v1::CreateSuppressionRequest& request,
                                       const Caller& caller = ContactsStore::Officer()) const {
    auto written = CreateSuppression(env(), caller, request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  v1::Suppression Suppress(const std::string& email,
                           v1::Suppression::Reason reason = v1::Suppression::REASON_UNSUBSCRIBED,
                           const std::string& newsroom = "relief") const {
    const auto made = Send(SuppressionRequest(email, reason, newsroom));
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? *made : v1::Suppression();
  }
  // What an erasure of these contacts does to their addresses.
  void SuppressAsErased(const std::vector<v1::Contact>& contacts, const std::string& newsroom = "relief") const {
    const absl::Status status = store_.db().Write(ContactsStore::Soon(), [&](platform::Session& session) {
      const auto others = FindOthersSharing(session, contacts);
      if (!others.ok()) return others.status();
      return SuppressErased(env(), session, "uid-of-" + newsroom, {"officer", "call", store_.clock().Now()}, contacts,
                            *others);
    });
    EXPECT_TRUE(status.ok()) << status;
  }
  absl::StatusOr<v1::Suppression> Lift(const std::string& name) const {
    v1::DeleteSuppressionRequest request;
    request.set_name(name);
    auto written = DeleteSuppression(env(), ContactsStore::Officer(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  // The reasons for which an address is suppressed, without their prefix.
  std::vector<std::string> WhySuppressed(const v1::SuppressedAddress& address,
                                         const std::string& newsroom = "relief") const {
    constexpr std::size_t kPrefix = sizeof("REASON_") - 1;
    v1::LookupSuppressionsRequest request;
    request.set_parent("newsrooms/" + newsroom);
    *request.mutable_address() = address;
    const auto found = LookupSuppressions(env(), ContactsStore::Officer(), request);
    EXPECT_TRUE(found.ok()) << found.status();
    std::vector<std::string> reasons;
    if (!found.ok()) return reasons;
    for (const auto& suppression : found->suppressions()) {
      reasons.push_back(v1::Suppression::Reason_Name(suppression.reason()).substr(kPrefix));
    }
    return reasons;
  }
  std::vector<std::string> WhySuppressed(const std::string& email, const std::string& newsroom = "relief") const {
    v1::SuppressedAddress address;
    address.set_email(email);
    return WhySuppressed(address, newsroom);
  }
  std::vector<std::string> WhyNotCalled(const std::string& number) const {
    v1::SuppressedAddress address;
    address.set_phone(number);
    return WhySuppressed(address);
  }

 private:
  const Environment& env() const { return store_.environment(); }

  ContactsStore& store_;
};

}  // namespace communique::contacts
