// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/contacts/usecases/environment.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/verbs/resource_verbs.h"

namespace communique::contacts {

// What the caller of a verb on an organization or group says besides the verb's own arguments.
struct ResourceCall {
  const Caller& caller;
  v1::Change::Verb verb;
  const std::string& name;
  const std::string& etag;
  platform::WriteOptions options;
};

// Carries out a verb of its own on a resource in one transaction: sees that the caller has seen it as it is (etag),
// locks it, has `change` work on it, saves it by `save` and tells the feed; as often as its request_id says: once. On
// any error, and with validate_only, nothing is changed. Requires: the name is one of this kind.
template <typename Message, typename Scope>
absl::StatusOr<Written<Message>> ChangeResource(
    const platform::ResourceKind<Message, Scope>& kind, const platform::StoreAccess& store, const ResourceCall& call,
    const std::function<absl::Status(platform::Session&, const Scope&, absl::Time now, Message&)>& change,
    const std::function<absl::Status(platform::Session&, const Scope&, const platform::WriteStamp&, Message&)>& save) {
  if (auto status = CheckEtagGiven(call.name, call.etag); !status.ok()) return status;
  return platform::WriteOnce<Message>(
      store, call.caller, call.options,
      [&](platform::Session& session, absl::Time now) -> absl::StatusOr<Written<Message>> {
        const auto scope = kind.find_scope(session, call.name);
        if (!scope.ok()) return scope.status();
        auto message = kind.find(session, *scope, call.name, platform::RowLock::kForUpdate);
        if (!message.ok()) return message.status();
        if (message->etag() != call.etag) return platform::EtagMismatch(call.name, message->etag());
        if (auto status = change(session, *scope, now, *message); !status.ok()) return status;
        const platform::WriteStamp stamp{call.caller.principal, call.caller.request_id, now};
        if (auto status = save(session, *scope, stamp, *message); !status.ok()) return status;
        return platform::TellFeed(session, stamp, VerbName(call.verb), *std::move(message));
      },
      [&](platform::Session& session, absl::Time, const std::string& made) {
        return platform::FindResource(kind, session, made);
      });
}

}  // namespace communique::contacts
