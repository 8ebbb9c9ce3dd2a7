// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The contract as a whole: who may call what, and what every field says of its data.

#include "services/platform/rpc/testing/contract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "communique/releases/v1/boilerplate_service.pb.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "communique/releases/v1/newsroom_service.pb.h"
#include "communique/releases/v1/personal_data_service.pb.h"
#include "communique/releases/v1/release_service.pb.h"
#include "communique/releases/v1/section_service.pb.h"
#include "services/platform/rpc/testing/access_matrix.h"
#include "services/platform/testing/golden.h"
#include "services/releases/storage/stored_data.h"

namespace communique::releases {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const FileDescriptor*> ServiceFiles() {
  return {v1::GetNewsroomRequest::descriptor()->file(),    v1::GetSectionRequest::descriptor()->file(),
          v1::GetBoilerplateRequest::descriptor()->file(), v1::GetReleaseRequest::descriptor()->file(),
          v1::GetEditionRequest::descriptor()->file(),     v1::ListPersonalDataRequest::descriptor()->file()};
}

TEST(ContractTest, WhoMayCallWhat) {
  std::vector<const ServiceDescriptor*> services;
  for (const FileDescriptor* file : ServiceFiles()) {
    ASSERT_EQ(file->service_count(), 1) << file->name();
    services.push_back(file->service(0));
  }
  const auto matrix = platform::AccessMatrix(services);
  ASSERT_TRUE(matrix.ok()) << matrix.status();
  platform::ExpectGolden("services/releases/api/testdata/access_matrix.golden", *matrix);
}

TEST(ContractTest, EveryTextFieldSaysWhatDataItHolds) {
  // What is stored as well: listing and erasing go by what fields say of themselves.
  std::vector<const FileDescriptor*> files = ServiceFiles();
  for (const StoredTable& table : StoredTables()) {
    for (const StoredMessage& message : table.messages) files.push_back(message.type->file());
  }
  int fields = 0;
  EXPECT_THAT(platform::DataMistakes(files, fields), testing::IsEmpty());
  // The walk reaches the whole model, not just the requests.
  EXPECT_GT(fields, 200);
}

}  // namespace
}  // namespace communique::releases
