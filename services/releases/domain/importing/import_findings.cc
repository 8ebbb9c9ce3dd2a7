// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/import_findings.h"

#include <utility>

namespace communique::releases {

void ImportFindings::Add(std::string_view rule, v1::Finding::Severity severity, std::size_t begin, std::size_t end,
                         std::string message) {
  PlacedFinding& placed = all_.emplace_back();
  placed.begin = begin;
  placed.end = end;
  placed.finding.set_rule(std::string(rule));
  placed.finding.set_severity(severity);
  placed.finding.set_source(v1::Finding::SOURCE_IMPORT);
  placed.finding.set_message(std::move(message));
}

}  // namespace communique::releases
