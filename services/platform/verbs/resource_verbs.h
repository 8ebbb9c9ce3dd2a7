// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/util/message_differencer.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/changes/resource_change.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_mask.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/verbs/write_once.h"

// Create, get, list and update of a kind of resource that has no state of its own (newsrooms, sections, boilerplates,
// organizations). What differs between them is in ResourceKind.
namespace communique::platform {

// A message of one kind, in its table. `Scope` is what it lives in, found before anything else is done (the newsroom of
// a section; nothing for a newsroom itself).
template <typename Message, typename Scope>
struct ResourceKind {
  // The field of requests that holds the message ("section"): where field errors begin.
  std::string_view field;
  // Looks at the newsroom in `name` only: the rest may be no good name.
  std::function<absl::StatusOr<Scope>(Session&, const std::string& name)> find_scope;
  std::function<absl::StatusOr<Message>(Session&, const Scope&, const std::string& name, RowLock)> find;
  // Normalises the message and says what is wrong with it, fields named from the message down.
  std::function<absl::Status(Session&, const Scope&, Message&)> prepare;
  std::function<absl::Status(Session&, const Scope&, const WriteStamp&, Message&)> insert;
  // `before` is what is replaced.
  std::function<absl::Status(Session&, const Scope&, const WriteStamp&, const Message& before, Message&)> update;
};

template <typename Message>
absl::StatusOr<Written<Message>> TellFeed(Session& session, const WriteStamp& stamp, std::string_view verb,
                                          Message message) {
  const auto positions =
      AppendChanges(session, stamp, {.internal = {ResourceChange(message.name(), message.uid(), verb)}});
  if (!positions.ok()) return positions.status();
  return Written<Message>{std::move(message), positions->internal};
}

template <typename Message, typename Scope>
absl::Status Prepare(const ResourceKind<Message, Scope>& kind, Session& session, const Scope& scope, Message& message) {
  FieldViolations violations;
  violations.Merge(kind.field, kind.prepare(session, scope, message));
  return violations.ToStatus();
}

template <typename Message, typename Scope>
absl::StatusOr<Message> FindResource(const ResourceKind<Message, Scope>& kind, Session& session,
                                     const std::string& name) {
  const auto scope = kind.find_scope(session, name);
  if (!scope.ok()) return scope.status();
  return kind.find(session, *scope, name, RowLock::kNone);
}

// What is wrong with the id that the caller chose, and with the message, told in one round.
template <typename Message, typename Scope>
absl::Status PrepareNew(const ResourceKind<Message, Scope>& kind, Session& session, const Scope& scope,
                        const absl::Status& id, Message& message) {
  const absl::Status prepared = kind.prepare(session, scope, message);
  FieldViolations violations;
  violations.Merge("", id);
  const bool of_fields = ReasonOf(prepared) == Reason::ERROR_REASON_FIELD_INVALID;
  if (id.ok() || of_fields) violations.Merge(kind.field, prepared);
  return violations.ToStatus();
}

// Makes `given` under `name`, of whose last part `id` says whether it is a good one.
template <typename Message, typename Scope>
absl::StatusOr<Written<Message>> CreateResource(const ResourceKind<Message, Scope>& kind, const StoreAccess& store,
                                                const Caller& caller, const WriteOptions& options,
                                                const absl::Status& id, const std::string& name, const Message& given) {
  return WriteOnce<Message>(
      store, caller, options,
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<Message>> {
        const auto scope = kind.find_scope(session, name);
        if (!scope.ok()) return scope.status();
        Message message = given;
        message.set_name(name);
        if (auto status = PrepareNew(kind, session, *scope, id, message); !status.ok()) return status;
        const WriteStamp stamp{caller.principal, caller.request_id, now};
        if (auto status = kind.insert(session, *scope, stamp, message); !status.ok()) return status;
        return TellFeed(session, stamp, "CREATED", std::move(message));
      },
      [&](Session& session, absl::Time, const std::string& made) { return FindResource(kind, session, made); });
}

// Changes what `mask` names to what `given` says. The same again writes nothing.
template <typename Message, typename Scope>
absl::StatusOr<Written<Message>> UpdateResource(const ResourceKind<Message, Scope>& kind, const StoreAccess& store,
                                                const Caller& caller, const WriteOptions& options, const Message& given,
                                                const google::protobuf::FieldMask& mask) {
  return WriteOnce<Message>(
      store, caller, options,
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<Message>> {
        const auto scope = kind.find_scope(session, given.name());
        if (!scope.ok()) return scope.status();
        const auto before = kind.find(session, *scope, given.name(), RowLock::kForUpdate);
        if (!before.ok()) return before.status();
        if (!given.etag().empty() && given.etag() != before->etag()) {
          return EtagMismatch(given.name(), before->etag());
        }
        Message message = *before;
        if (auto status = ApplyUpdate(given, mask, message); !status.ok()) return status;
        if (auto status = Prepare(kind, session, *scope, message); !status.ok()) return status;
        if (google::protobuf::util::MessageDifferencer::Equals(*before, message)) return Written<Message>{*before};
        const WriteStamp stamp{caller.principal, caller.request_id, now};
        if (auto status = kind.update(session, *scope, stamp, *before, message); !status.ok()) return status;
        return TellFeed(session, stamp, "UPDATED", std::move(message));
      },
      [&](Session& session, absl::Time, const std::string& name) { return FindResource(kind, session, name); });
}

template <typename Message, typename Scope>
absl::StatusOr<Message> GetResource(const ResourceKind<Message, Scope>& kind, const StoreAccess& store,
                                    const Caller& caller, const std::string& name) {
  absl::StatusOr<Message> message;
  const absl::Status status = store.database.Read(caller.deadline, [&](Session& session) {
    message = FindResource(kind, session, name);
    return message.status();
  });
  if (!status.ok()) return status;
  return message;
}

// Reads one page by `list` together with the feed's position before it.
template <typename Response, typename List>
absl::StatusOr<Response> ListResources(const StoreAccess& store, const Caller& caller, List list) {
  absl::StatusOr<Response> response;
  const absl::Status status = store.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto token = FeedTokenNow(session, Feed::kInternal);
    if (!token.ok()) return token.status();
    response = list(session);
    if (response.ok()) response->set_watch_token(*token);
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::platform
