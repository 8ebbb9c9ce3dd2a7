// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/import_contacts.h"

namespace communique::contacts {

// A store with the newsroom "relief" below "hq", and somebody who imports files into "relief".
class ImportTest : public testing::TestWithParam<const char*> {
 protected:
  static constexpr char kUuid[] = "5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11";

  ImportTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
  }

  static std::string Card(const std::string& name, const std::string& lines = "") {
    return absl::StrCat("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:", name, "\r\n", lines, "END:VCARD\r\n");
  }
  static v1::ImportContactsRequest Request(const std::string& content,
                                           v1::ExchangeFormat format = v1::EXCHANGE_FORMAT_VCARD_4) {
    v1::ImportContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_format(format);
    request.set_content(content);
    request.set_source("Accreditation 2026");
    request.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
    return request;
  }
  absl::StatusOr<v1::ImportContactsResponse> Send(const v1::ImportContactsRequest& request) {
    auto written = ImportContacts(environment_, caller_, request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  v1::ImportContactsResponse Imported(const v1::ImportContactsRequest& request) {
    auto response = Send(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::ImportContactsResponse();
  }
  // "1 CREATED", "2 DUPLICATE of 1".
  static std::vector<std::string> Outcomes(const v1::ImportContactsResponse& response) {
    constexpr std::size_t kPrefix = sizeof("OUTCOME_") - 1;
    std::vector<std::string> outcomes;
    for (const auto& card : response.cards()) {
      outcomes.push_back(
          absl::StrCat(card.index(), " ", v1::ImportedCard::Outcome_Name(card.outcome()).substr(kPrefix)));
      if (card.duplicate_of() > 0) absl::StrAppend(&outcomes.back(), " of ", card.duplicate_of());
    }
    return outcomes;
  }
  std::vector<std::string> Stored() {
    v1::ListContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_page_size(1000);
    const auto list = ListContacts(store_.environment(), caller_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    if (!list.ok()) return names;
    for (const auto& contact : list->contacts()) {
      names.push_back(contact.kind() == v1::Contact::KIND_DESK ? contact.desk_names(0).text()
                                                               : contact.person_names(0).display_name());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  Environment environment_ = store_.environment();
  const Caller caller_ = ContactsStore::As("editor");
};

}  // namespace communique::contacts
