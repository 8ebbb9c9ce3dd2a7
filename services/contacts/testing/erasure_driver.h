// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <utility>

#include "communique/contacts/v1/erasure_service.pb.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/testing/fake_personal_data.h"
#include "services/contacts/usecases/carry_on_erasure.h"
#include "services/contacts/usecases/erase_contact.h"
#include "services/contacts/usecases/erasures.h"
#include "services/contacts/usecases/merge_contacts.h"

namespace communique::contacts {

// Says to a store what a privacy officer says to it. Releases are a fake.
class ErasureDriver {
 public:
  using Result = absl::StatusOr<v1::Erasure>;

  explicit ErasureDriver(ContactsStore& store) : environment(store.environment()) {
    environment.personal_data = &releases;
  }

  static v1::EraseContactRequest Request(const std::string& name, const std::string& etag) {
    v1::EraseContactRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_identity_verified(true);
    request.set_reason(v1::Erasure::REASON_REQUESTED);
    return request;
  }
  static v1::EraseContactRequest Request(const v1::Contact& read) { return Request(read.name(), read.etag()); }

  Result Send(const v1::EraseContactRequest& request) {
    auto written = EraseContact(environment, Officer(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  Result Erase(const v1::Contact& read) { return Send(Request(read)); }
  Result Plan(const v1::Contact& read) {
    auto request = Request(read);
    request.set_validate_only(true);
    return Send(request);
  }
  v1::Erasure Expect(const Result& result) {
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : v1::Erasure();
  }
  v1::Erasure Get(const std::string& name) {
    v1::GetErasureRequest request;
    request.set_name(name);
    return Expect(GetErasure(environment, Officer(), request));
  }
  // What a replica's worker does when it is time to.
  absl::Status CarryOn(const std::stop_token& stop = {}) {
    return CarryOnErasures(environment, ContactsStore::Soon(), stop);
  }

  absl::StatusOr<v1::Merge> Merge(const v1::Contact& left, const v1::Contact& source) {
    v1::MergeContactsRequest request;
    request.set_contact(left.name());
    request.set_etag(left.etag());
    auto& added = *request.add_sources();
    added.set_contact(source.name());
    added.set_etag(source.etag());
    const auto merged = MergeContacts(environment, ContactDriver::Editor(), request);
    if (!merged.ok()) return merged.status();
    return merged->value.response.merge();
  }

  static Caller Officer() {
    Caller caller = ContactsStore::As("officer");
    caller.permissions = {common::v1::PERMISSION_READ, common::v1::PERMISSION_READ_PERSONAL,
                          common::v1::PERMISSION_ERASE_PERSONAL};
    return caller;
  }

  FakePersonalData releases;
  Environment environment;
};

}  // namespace communique::contacts
