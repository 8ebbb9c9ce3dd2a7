// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The contract as a whole: who may call what, and what every field says of its data.

#include "services/platform/rpc/testing/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "communique/contacts/v1/consent_service.pb.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "communique/contacts/v1/exchange_service.pb.h"
#include "communique/contacts/v1/group_service.pb.h"
#include "communique/contacts/v1/organization_service.pb.h"
#include "services/contacts/storage/stored_data.h"
#include "services/platform/rpc/testing/access_matrix.h"
#include "services/platform/testing/golden.h"

namespace communique::contacts {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const FileDescriptor*> ServiceFiles() {
  return {v1::GetOrganizationRequest::descriptor()->file(), v1::GetContactRequest::descriptor()->file(),
          v1::GetGroupRequest::descriptor()->file(),        v1::ImportContactsRequest::descriptor()->file(),
          v1::CheckPermissionRequest::descriptor()->file(), v1::GetErasureRequest::descriptor()->file()};
}

TEST(ContractTest, WhoMayCallWhat) {
  std::vector<const ServiceDescriptor*> services;
  for (const FileDescriptor* file : ServiceFiles()) {
    ASSERT_EQ(file->service_count(), 1) << file->name();
    services.push_back(file->service(0));
  }
  const auto matrix = platform::AccessMatrix(services);
  ASSERT_TRUE(matrix.ok()) << matrix.status();
  platform::ExpectGolden("services/contacts/api/testdata/access_matrix.golden", *matrix);
}

TEST(ContractTest, EveryTextFieldSaysWhatDataItHolds) {
  // What is stored as well: exports and erasures go by what fields say of themselves.
  std::vector<const FileDescriptor*> files = ServiceFiles();
  for (const StoredTable& table : StoredTables()) {
    if (table.payload != nullptr) files.push_back(table.payload->file());
  }
  int fields = 0;
  EXPECT_THAT(platform::DataMistakes(files, fields), testing::IsEmpty());
  // The walk reaches the whole model, not just the requests.
  EXPECT_GT(fields, 100);
}

}  // namespace
}  // namespace communique::contacts
