// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/erasure_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/domain/personal_data.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/stored_data.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_by_name.h"
#include "services/platform/storage/scrub.h"

namespace communique::contacts {
namespace {

using platform::ResourceKey;
using platform::RowLock;
using platform::Session;
using platform::SqlParams;
using platform::WriteStamp;
using storage::ContactRecord;
using storage::ErasureRecord;
using storage::ImportRecord;
using storage::MergeRecord;

ErasureRecord WithFacts(platform::Resource<ErasureRecord> resource) {
  ErasureRecord record = std::move(resource.message);
  platform::SetRowFacts(resource.meta, *record.mutable_erasure());
  return record;
}

ErasureRecord WithoutFacts(ErasureRecord record) {
  platform::ClearRowFacts(*record.mutable_erasure());
  return record;
}

// ":p1, :p2", for IN.
std::string AddAll(const std::vector<std::string>& values, SqlParams& params) {
  return absl::StrJoin(values, ", ", [&](std::string* out, const std::string& value) { *out += params.Add(value); });
}

}  // namespace

ContactRecord ErasedContact(const ContactRecord& record, const std::string& substitute) {
  ContactRecord erased;
  v1::Contact& contact = *erased.mutable_contact();
  contact.set_name(record.contact().name());
  contact.set_uid(record.contact().uid());
  contact.set_etag(record.contact().etag());
  contact.set_state(v1::Contact::STATE_ERASED);
  contact.set_substitute(substitute);
  return erased;
}

MergeRecord ErasedMerge(const MergeRecord& record) {
  MergeRecord erased = record;
  erased.clear_before();
  ErasePersonal(erased);
  return erased;
}

absl::Status EraseContactRow(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                             const std::string& substitute, ContactRecord& record) {
  record = ErasedContact(record, substitute);
  return UpdateContact(session, newsroom_uid, stamp, record);
}

absl::StatusOr<std::vector<ImportRecord>> ImportsOf(Session& session, const std::string& newsroom_uid,
                                                    const std::vector<std::string>& contacts) {
  platform::ListQuery query{.newsroom_uid = newsroom_uid, .page_size = 100};
  std::vector<ImportRecord> found;
  do {
    auto page = ImportTable().List(session, query);
    if (!page.ok()) return page.status();
    for (const auto& resource : page->resources) {
      ImportRecord of_them = resource.message;
      of_them.clear_cards();
      for (const v1::ImportedCard& card : resource.message.cards()) {
        if (std::find(contacts.begin(), contacts.end(), card.contact()) != contacts.end()) *of_them.add_cards() = card;
      }
      if (of_them.cards_size() > 0) found.push_back(std::move(of_them));
    }
    query.page_token = std::move(page->next_page_token);
  } while (!query.page_token.empty());
  return found;
}

absl::StatusOr<std::vector<Membership>> MembershipsOf(Session& session, const std::vector<std::string>& contacts) {
  SqlParams params;
  const std::string list = AddAll(contacts, params);
  const auto rows = session.Query(
      absl::StrCat("SELECT g.name, m.contact FROM group_members m JOIN contact_groups g ON g.newsroom_uid = "
                   "m.newsroom_uid AND g.uid = m.uid WHERE m.contact IN (",
                   list, ") ORDER BY g.name, m.contact, g.uid"),
      params.params());
  if (!rows.ok()) return rows.status();
  std::vector<Membership> memberships;
  for (const auto row : *rows) memberships.push_back({row.Text(0), row.Text(1)});
  return memberships;
}

absl::Status InsertErasure(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ErasureRecord& record) {
  const ResourceKey key{newsroom_uid, platform::MakeUuidV7(stamp.now), record.erasure().name()};
  auto inserted = ErasureTable().Insert(session, stamp, key, WithoutFacts(record));
  if (!inserted.ok()) return inserted.status();
  record = WithFacts(*std::move(inserted));
  return absl::OkStatus();
}

absl::StatusOr<ErasureRecord> FindErasure(Session& session, const std::string& newsroom_uid, const std::string& name,
                                          RowLock lock) {
  auto found = ErasureTable().Find(session, newsroom_uid, "name", platform::Value(name), lock);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return platform::NotFound("erasure", name);
  return WithFacts(**std::move(found));
}

absl::StatusOr<std::optional<ErasureRecord>> FindErasureOf(Session& session, const std::string& newsroom_uid,
                                                           const std::string& contact) {
  auto page = ErasureTable().List(session, {.newsroom_uid = newsroom_uid,
                                            .condition = "t.contact = :contact",
                                            .condition_params = {{"contact", contact}},
                                            .order_by = "create_time desc",
                                            .page_size = 1});
  if (!page.ok()) return page.status();
  if (page->resources.empty()) return std::nullopt;
  return std::optional(WithFacts(std::move(page->resources.front())));
}

absl::Status UpdateErasure(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ErasureRecord& record) {
  const ResourceKey key{newsroom_uid, record.erasure().uid(), record.erasure().name()};
  auto updated = ErasureTable().Update(session, stamp, key, record.erasure().etag(), WithoutFacts(record));
  if (!updated.ok()) return updated.status();
  record = WithFacts(*std::move(updated));
  return absl::OkStatus();
}

absl::StatusOr<v1::ListErasuresResponse> ListErasures(Session& session, const std::string& newsroom_uid,
                                                      const v1::ListErasuresRequest& request) {
  platform::ListQuery query{.newsroom_uid = newsroom_uid,
                            .filter = request.filter(),
                            .order_by = request.order_by(),
                            .page_size = request.page_size(),
                            .page_token = request.page_token(),
                            .method = "ListErasures",
                            .parent = request.parent(),
                            .audience = "staff"};
  auto page = ErasureTable().List(session, query);
  if (!page.ok()) return page.status();
  v1::ListErasuresResponse response;
  for (auto& resource : page->resources) {
    ErasureRecord record = WithFacts(std::move(resource));
    record.mutable_erasure()->clear_texts();
    *response.add_erasures() = std::move(*record.mutable_erasure());
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

// Nobody has an erasure for so long (erasure.claim, erasure.retry_interval): the clock has gone back since.
constexpr absl::Duration kFar = absl::Hours(1);

absl::StatusOr<std::optional<ResourceKey>> DueErasure(Session& session, absl::Time now, RowLock lock) {
  const bool locks = lock == RowLock::kForUpdate && session.engine() == platform::Engine::kPostgres;
  const auto rows = session.Query(
      absl::StrCat(
          "SELECT newsroom_uid, uid, name FROM erasures WHERE state = :running AND (next_us <= :now OR next_us > :far) "
          "ORDER BY next_us, uid LIMIT 1",
          locks ? " FOR UPDATE SKIP LOCKED" : ""),
      {{"running", std::int64_t{v1::Erasure::STATE_RUNNING}},
       {"now", platform::ToMicros(now)},
       {"far", platform::ToMicros(now + kFar)}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  const auto row = (*rows)[0];
  return std::optional(ResourceKey{row.Text(0), row.Text(1), row.Text(2)});
}

absl::StatusOr<RunningErasures> CountRunningErasures(Session& session) {
  const auto rows = session.Query("SELECT COUNT(*), COALESCE(MIN(create_us), 0) FROM erasures WHERE state = :running",
                                  {{"running", std::int64_t{v1::Erasure::STATE_RUNNING}}});
  if (!rows.ok()) return rows.status();
  const auto row = (*rows)[0];
  if (row.Int(0) == 0) return RunningErasures{};
  return RunningErasures{row.Int(0), platform::FromMicros(row.Int(1))};
}

absl::Status ScrubErased(platform::Database& database, absl::Time deadline) {
  std::vector<std::string> tables;
  for (const StoredTable& table : StoredTables()) {
    if (table.erased) tables.emplace_back(table.name);
  }
  return platform::Scrub(database, deadline, tables);
}

}  // namespace communique::contacts
