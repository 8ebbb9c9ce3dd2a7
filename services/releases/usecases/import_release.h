// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/usecases/environment.h"

// ReleaseService.ImportRelease in two steps: reading the file keeps a processor busy and nothing else; storing what was
// read is one transaction.
namespace communique::releases {

// A file, read.
struct ReadImport {
  v1::Newsroom newsroom;
  ImportResult result;
};

absl::StatusOr<ReadImport> ReadImportFile(const Environment& environment, const Caller& caller,
                                          const v1::ImportReleaseRequest& request);

// Makes the release, and the sections when the request says so: all or nothing.
absl::StatusOr<Written<v1::ImportReleaseResponse>> StoreImport(const Environment& environment, const Caller& caller,
                                                               const v1::ImportReleaseRequest& request,
                                                               const ReadImport& read);

}  // namespace communique::releases
