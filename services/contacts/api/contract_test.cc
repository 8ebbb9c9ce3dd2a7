// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The contract as a whole: who may call what, and what every field says of its data.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "communique/common/v1/data.pb.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "communique/contacts/v1/organization_service.pb.h"
#include "services/platform/rpc/testing/access_matrix.h"
#include "services/platform/testing/golden.h"

namespace communique::contacts {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::ServiceDescriptor;

std::vector<const FileDescriptor*> ServiceFiles() {
  return {v1::GetOrganizationRequest::descriptor()->file(), v1::GetContactRequest::descriptor()->file()};
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

// Every file of ours that the services' files import, in any number of steps.
void Collect(const FileDescriptor& file, std::set<const FileDescriptor*>& found) {
  if (file.package().find("communique.") != 0 || !found.insert(&file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) Collect(*file.dependency(i), found);
}

void ExpectEveryFieldSaysWhatItHolds(const Descriptor& message, int& fields) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const bool is_text = field.type() == FieldDescriptor::TYPE_STRING || field.type() == FieldDescriptor::TYPE_BYTES;
    const common::v1::Data data = field.options().GetExtension(common::v1::data);
    // The entries of maps are made by protoc; their strings are described by the map's own field.
    if (message.options().map_entry()) continue;
    if (is_text) {
      ++fields;
      EXPECT_NE(data, common::v1::DATA_UNSPECIFIED) << field.full_name() << " does not say what data it holds";
      EXPECT_TRUE(common::v1::Data_IsValid(data)) << field.full_name();
    } else if (!field.is_map()) {
      EXPECT_EQ(data, common::v1::DATA_UNSPECIFIED) << field.full_name() << " is no text";
    }
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    ExpectEveryFieldSaysWhatItHolds(*message.nested_type(i), fields);
  }
}

TEST(ContractTest, EveryTextFieldSaysWhatDataItHolds) {
  std::set<const FileDescriptor*> files;
  for (const FileDescriptor* file : ServiceFiles()) Collect(*file, files);
  int fields = 0;
  for (const FileDescriptor* file : files) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      ExpectEveryFieldSaysWhatItHolds(*file->message_type(i), fields);
    }
  }
  // The walk reaches the whole model, not just the requests.
  EXPECT_GT(fields, 100);
}

}  // namespace
}  // namespace communique::contacts
