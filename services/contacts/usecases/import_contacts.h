// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/exchange_service.pb.h"
#include "services/contacts/domain/exchange/import_card.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// ExchangeService.ImportContacts in steps: reading the file keeps a processor busy; then each transaction stores some
// of its cards (limits.exchange.cards_at_once), so that a large file does not keep everybody else from writing.
//
// A transaction records what it did under the call's request_id and its first card. So the same call again, after one
// that was broken off between two transactions, passes over what is done, goes on where that one ended, and reports on
// all.
namespace communique::contacts {

// A file, read, and what has been stored of it. `caller` and `request` must outlive it. One thread at a time.
class ContactImport {
 public:
  ContactImport(const Environment& environment, const Caller& caller, const v1::ImportContactsRequest& request)
      : environment_(environment), caller_(caller), request_(request) {}

  // First: checks the request and reads the file. INVALID_ARGUMENT naming each field that is wrong, FILE_INVALID,
  // NOT_FOUND for the newsroom, PERMISSION_DENIED.
  absl::Status Read();

  // Whether all cards are dealt with.
  bool done() const { return next_ >= cards_.size(); }
  // Deals with some more, in one transaction. After an error, nothing of them is stored; see Interrupted.
  absl::Status StoreSome();

  // The error to answer with when the import ends with `status` before it is done: IMPORT_INTERRUPTED, with the same
  // code, when something is stored already; else `status`.
  absl::Status Interrupted(const absl::Status& status) const;

  // Requires: done().
  Written<v1::ImportContactsResponse> Finish();

 private:
  struct Part;

  absl::Status CheckFields() const;
  absl::Status CheckCount() const;
  absl::Status Store(platform::Session& session, Part& part) const;
  absl::Status Repeat(platform::Session& session, const std::string& record, Part& part) const;
  bool IsTakenBack(const Part& part) const;

  const Environment& environment_;
  const Caller caller_;
  const v1::ImportContactsRequest& request_;
  std::string fingerprint_;
  std::vector<v1::ProcessingRecord> records_;
  std::vector<ImportCard> cards_;
  std::size_t next_ = 0;
  std::map<std::string, int> seen_;
  v1::ImportContactsResponse response_;
  platform::FeedPosition position_ = 0;
};

// All of it at once.
absl::StatusOr<Written<v1::ImportContactsResponse>> ImportContacts(const Environment& environment, const Caller& caller,
                                                                   const v1::ImportContactsRequest& request);

}  // namespace communique::contacts
