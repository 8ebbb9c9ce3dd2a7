// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/change.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

namespace communique::contacts {

// What the caller of a verb says besides the verb's own arguments.
struct ContactCall {
  const Caller& caller;
  v1::Change::Verb verb;
  const std::string& name;
  const std::string& etag;
  const std::string& request_id;
  bool validate_only = false;
  // The request as it came, to tell a repetition from another request under the same request_id.
  const google::protobuf::Message& request;
};

// A contact in the middle of a verb's transaction.
struct OpenContact {
  platform::Session& session;
  // Its newsroom and those above.
  const std::vector<Newsroom>& line;
  absl::Time now;
  storage::ContactRecord& record;

  v1::Contact& contact() { return *record.mutable_contact(); }
};

// Carries out a verb on one contact in one transaction: sees that the request is not a repetition, that the caller has
// seen the contact as it is (etag) and that its state allows the verb; lets `change` work on the record, which nobody
// else changes meanwhile; saves it and tells the feed. What `change` leaves as it was is not written. On any error, and
// with validate_only, nothing is changed. Returns the contact as GetContact gives it without a read_mask.
absl::StatusOr<Written<v1::Contact>> ChangeContact(const Environment& environment, const ContactCall& call,
                                                   const std::function<absl::Status(OpenContact&)>& change);

// A contact as GetContact gives it without a read_mask.
v1::Contact PresentContact(const storage::ContactRecord& record);

// FAILED_PRECONDITION (STATE_CONFLICT) unless the contact's state allows the verb.
absl::Status CheckContactVerb(v1::Change::Verb verb, const v1::Contact& contact);

}  // namespace communique::contacts
