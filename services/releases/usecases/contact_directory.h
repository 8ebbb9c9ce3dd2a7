// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "communique/contacts/v1/match.pb.h"
#include "communique/contacts/v1/printing.pb.h"
#include "services/platform/verbs/caller.h"

namespace communique::releases {

// What this service asks the contacts service; over gRPC (api/contact_peer.h). Each call ends by the caller's deadline
// and waits on the calling thread, so it is made on the executor for that. From any thread.
// Errors: UNAVAILABLE, PEER_UNAVAILABLE when there is no answer.
class ContactDirectory {
 public:
  virtual ~ContactDirectory() = default;

  // What may be printed of contacts in a language, from now on (ContactService.PrintContacts).
  virtual absl::StatusOr<contacts::v1::PrintContactsResponse> Print(
      const platform::Caller& caller, const contacts::v1::PrintContactsRequest& request) = 0;

  // Who is meant by somebody that a text shows (ContactService.MatchContacts).
  virtual absl::StatusOr<contacts::v1::MatchContactsResponse> Match(
      const platform::Caller& caller, const contacts::v1::MatchContactsRequest& request) = 0;

  // Makes a contact (ContactService.CreateContact), as the step `step` of the change whose request_id the request
  // carries: the same step of the same change makes it once. The contacts service sees this service and not the caller,
  // whose permission is for us to check.
  virtual absl::StatusOr<contacts::v1::Contact> Create(const platform::Caller& caller,
                                                       const contacts::v1::CreateContactRequest& request,
                                                       std::string_view step) = 0;

  // Where the feed of contacts is now. Ends soon when `stop` is requested.
  virtual absl::StatusOr<std::string> WatchToken(const std::stop_token& stop) = 0;
};

}  // namespace communique::releases
