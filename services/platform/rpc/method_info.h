// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "communique/common/v1/access.pb.h"
#include "google/protobuf/descriptor.h"

namespace communique::platform {

enum class MethodKind { kUnary, kServerStream };

// What is known about a method before any call. Lives as long as the chain.
struct MethodInfo {
  std::string path;     // "/communique.releases.v1.ReleaseService/GetRelease"
  std::string service;  // "communique.releases.v1.ReleaseService"
  std::string name;     // "GetRelease"
  std::string package;  // "communique.releases.v1": the domain of its errors
  MethodKind kind = MethodKind::kUnary;
  common::v1::Access access;
  const google::protobuf::MethodDescriptor* descriptor = nullptr;

  // Whether it may change something: all but reads.
  bool mutation() const {
    return access.permission() != common::v1::PERMISSION_READ &&
           access.permission() != common::v1::PERMISSION_READ_PUBLIC;
  }
};

}  // namespace communique::platform
