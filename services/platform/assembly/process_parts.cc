// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/process_parts.h"

#include "services/platform/observability/process_metrics.h"

namespace communique::platform {

absl::StatusOr<std::unique_ptr<const ProcessParts>> ProcessParts::Open(const LogOptions& options) {
  const auto writer = LogWriter::Open(options);
  if (!writer.ok()) return writer.status();
  std::unique_ptr<const ProcessParts> parts(new ProcessParts{*writer, (*writer)->log()});
  ExportProcess(*parts->metrics, options.service, *writer);
  return parts;
}

}  // namespace communique::platform
