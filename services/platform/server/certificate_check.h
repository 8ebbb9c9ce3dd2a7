// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace communique::platform {

// The contents of the PEM files that TlsOptions names.
struct TlsFiles {
  std::string certificate;
  std::string key;
  std::string client_ca;  // empty: none

  bool operator==(const TlsFiles&) const = default;
};

// When the server's certificate ends. INVALID_ARGUMENT when a server could not work with the files at `now`: they do
// not parse, the key is not the certificate's, the certificate is not valid now. The message begins with the setting
// that is to blame ("tls.key_file: …").
absl::StatusOr<absl::Time> CheckTlsFiles(const TlsFiles& files, absl::Time now);

}  // namespace communique::platform
