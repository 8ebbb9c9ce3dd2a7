// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/quiet_protobuf.h"

#include <cstdio>

#include "google/protobuf/stubs/logging.h"

namespace communique::platform {
namespace {

void WriteFatalOnly(google::protobuf::LogLevel level, const char* file, int line, const std::string& message) {
  if (level == google::protobuf::LOGLEVEL_FATAL)
    std::fprintf(stderr, "protobuf: %s:%d: %s\n", file, line, message.c_str());
}

}  // namespace

void QuietProtobuf() { google::protobuf::SetLogHandler(&WriteFatalOnly); }

}  // namespace communique::platform
