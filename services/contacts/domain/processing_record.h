// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "services/platform/errors/error.h"

// The rules of a processing record, and of questions about permissions, by themselves. Pure functions, from any thread.
namespace communique::contacts {

// What an installation decides about consent, from the configuration; the contract states the limits.
struct ConsentRules {
  // consent.double_opt_in
  bool double_opt_in = false;
  // Characters of ConsentEvidence.text.
  std::size_t evidence_characters = 2000;
  // Questions in one call.
  int checks = 200;
};

// Makes of what a caller sent what is stored: canonical language, the basis that an event implies, and `now` for an
// event without time; without what only the server says. What is wrong stays as it is.
void NormalizeProcessingRecord(absl::Time now, v1::ProcessingRecord& record);

// INVALID_ARGUMENT naming each field that is wrong, of a record that is normalized: with the same `now`.
absl::Status ValidateProcessingRecord(const ConsentRules& rules, absl::Time now, const v1::ProcessingRecord& record);

// What is wrong with a use as the fields "purpose" and "channel" name it: PRINTING goes by no channel.
void CheckUse(v1::Purpose purpose, v1::Channel channel, platform::FieldViolations& violations);

// INVALID_ARGUMENT naming each field that is wrong, as fields of a request.
absl::Status ValidateCheck(const v1::PermissionCheck& check);

}  // namespace communique::contacts
