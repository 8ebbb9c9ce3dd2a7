// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>
#include <string>

#include "absl/status/statusor.h"
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

  // Where the feed of contacts is now. Ends soon when `stop` is requested.
  virtual absl::StatusOr<std::string> WatchToken(const std::stop_token& stop) = 0;
};

}  // namespace communique::releases
