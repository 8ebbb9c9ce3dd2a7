// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/contact_store.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/named_rows.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::ResourceKey;
using platform::RowLock;
using platform::Session;
using platform::WriteStamp;
using storage::ContactRecord;
using storage::MergeRecord;

// The message in a record that carries the row's facts.
v1::Contact& Inner(ContactRecord& record) { return *record.mutable_contact(); }
v1::Merge& Inner(MergeRecord& record) { return *record.mutable_merge(); }

template <typename Record>
Record WithFacts(platform::Resource<Record> resource) {
  Record record = std::move(resource.message);
  platform::SetRowFacts(resource.meta, Inner(record));
  return record;
}

template <typename Record>
Record WithoutFacts(Record record) {
  platform::ClearRowFacts(Inner(record));
  return record;
}

template <typename Record>
absl::StatusOr<Record> Find(Session& session, const platform::ResourceTable<Record>& table, std::string_view type,
                            const std::string& newsroom_uid, const std::string& name, RowLock lock) {
  auto found = table.Find(session, newsroom_uid, "name", platform::Value(name), lock);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return platform::NotFound(type, name);
  return WithFacts(**std::move(found));
}

template <typename Record>
absl::Status Insert(Session& session, const platform::ResourceTable<Record>& table, std::string_view type,
                    const std::string& newsroom_uid, const WriteStamp& stamp, Record& record) {
  const std::string name = Inner(record).name();
  const auto taken = table.Find(session, newsroom_uid, "name", platform::Value(name));
  if (!taken.ok()) return taken.status();
  if (taken->has_value()) return platform::AlreadyExists(type, name);
  const ResourceKey key{newsroom_uid, platform::MakeUuidV7(stamp.now), name};
  auto inserted = table.Insert(session, stamp, key, WithoutFacts(record));
  if (!inserted.ok()) return inserted.status();
  record = WithFacts(*std::move(inserted));
  return absl::OkStatus();
}

template <typename Record>
absl::Status Update(Session& session, const platform::ResourceTable<Record>& table, const std::string& newsroom_uid,
                    const WriteStamp& stamp, bool deleted, Record& record) {
  const ResourceKey key{newsroom_uid, Inner(record).uid(), Inner(record).name()};
  auto updated = UpdateRow(session, table, key, Inner(record).etag(), stamp, WithoutFacts(record), deleted);
  if (!updated.ok()) return updated.status();
  record = WithFacts(*std::move(updated));
  return absl::OkStatus();
}

// What was erased is as empty, but is told of.
bool IsPurged(const ContactRecord& record) {
  return record.contact().kind() == v1::Contact::KIND_UNSPECIFIED &&
         record.contact().state() != v1::Contact::STATE_ERASED;
}

}  // namespace

absl::StatusOr<ContactRecord> FindContact(Session& session, const std::string& newsroom_uid, const std::string& name,
                                          RowLock lock) {
  auto record = Find(session, ContactTable(), "contact", newsroom_uid, name, lock);
  if (record.ok() && IsPurged(*record)) return platform::NotFound("contact", name);
  return record;
}

absl::StatusOr<ContactRecord> FindContactRow(Session& session, const std::string& newsroom_uid, const std::string& name,
                                             RowLock lock) {
  return Find(session, ContactTable(), "contact", newsroom_uid, name, lock);
}

absl::StatusOr<std::vector<v1::Contact>> GetContacts(Session& session, const std::string& newsroom_uid,
                                                     const std::vector<std::string>& uids) {
  auto found = ContactTable().BatchGet(session, newsroom_uid, uids);
  if (!found.ok()) return found.status();
  std::vector<v1::Contact> contacts;
  for (auto& resource : *found) {
    auto record = WithFacts(std::move(resource));
    if (!IsPurged(record)) contacts.push_back(std::move(Inner(record)));
  }
  return contacts;
}

absl::Status InsertContact(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ContactRecord& record) {
  return Insert(session, ContactTable(), "contact", newsroom_uid, stamp, record);
}

absl::Status UpdateContact(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                           ContactRecord& record) {
  const v1::Contact::State state = record.contact().state();
  const bool deleted = state == v1::Contact::STATE_DELETED || state == v1::Contact::STATE_ERASED;
  return Update(session, ContactTable(), newsroom_uid, stamp, deleted, record);
}

absl::StatusOr<ContactPage> ListContacts(Session& session, const std::optional<std::string>& newsroom_uid,
                                         const v1::ListContactsRequest& request) {
  auto query = RowsOf({newsroom_uid.value_or("")});
  query.newsroom_uid = newsroom_uid;
  query.filter = request.filter();
  query.order_by = request.order_by();
  query.page_size = request.page_size();
  query.page_token = request.page_token();
  query.show_deleted = request.show_deleted();
  query.method = "ListContacts";
  query.parent = request.parent();
  query.audience = "staff";
  auto page = ContactTable().List(session, query);
  if (!page.ok()) return page.status();
  ContactPage contacts{{}, std::move(page->next_page_token)};
  for (auto& resource : page->resources) {
    auto record = WithFacts(std::move(resource));
    contacts.contacts.push_back(std::move(Inner(record)));
  }
  return contacts;
}

absl::StatusOr<std::vector<v1::Contact>> ListContactsAfter(Session& session, const std::string& newsroom_uid,
                                                           const std::string& filter, const std::string& after,
                                                           int limit) {
  auto query = RowsOf({newsroom_uid});
  absl::StrAppend(&query.condition, " AND t.name > :after");
  query.condition_params.emplace_back("after", after);
  query.filter = filter;
  query.page_size = limit;
  auto page = ContactTable().List(session, query);
  if (!page.ok()) return page.status();
  std::vector<v1::Contact> contacts;
  for (auto& resource : page->resources) {
    auto record = WithFacts(std::move(resource));
    contacts.push_back(std::move(Inner(record)));
  }
  return contacts;
}

absl::StatusOr<std::int64_t> CountSubstituted(Session& session, const std::vector<std::string>& contacts) {
  platform::SqlParams params;
  const std::string list =
      absl::StrJoin(contacts, ", ", [&](std::string* out, const std::string& name) { out->append(params.Add(name)); });
  const auto rows = session.Query(
      absl::StrCat("SELECT count(*) FROM contacts WHERE substitute IN (", list, ") AND delete_us = 0 AND state <> ",
                   params.Add(std::int64_t{v1::Contact::STATE_MERGED})),
      params.params());
  if (!rows.ok()) return rows.status();
  return (*rows)[0].Int(0);
}

absl::StatusOr<std::vector<ResourceKey>> PurgeContacts(Session& session, const WriteStamp& stamp, int limit) {
  auto due = DueForPurge(session, "contacts", stamp.now, limit);
  if (!due.ok()) return due.status();
  std::vector<ResourceKey> purged = *std::move(due);
  // Grows: what went into a contact goes with it.
  for (std::size_t i = 0; i < purged.size(); ++i) {
    const ResourceKey key = purged[i];
    const auto merges = FindMergesInto(session, key.newsroom_uid, key.name);
    if (!merges.ok()) return merges.status();
    for (MergeRecord record : *merges) {
      for (const ContactRecord& before : record.before()) {
        if (before.contact().name() == key.name) continue;
        purged.push_back({key.newsroom_uid, before.contact().uid(), before.contact().name()});
      }
      record.clear_before();
      if (auto status = UpdateMerge(session, key.newsroom_uid, stamp, record); !status.ok()) return status;
    }
    ContactRecord emptied;
    emptied.mutable_contact()->set_name(key.name);
    emptied.mutable_contact()->set_state(v1::Contact::STATE_DELETED);
    auto updated = ContactTable().Update(session, stamp, key, "", emptied);
    if (!updated.ok()) return updated.status();
  }
  return purged;
}

absl::StatusOr<MergeRecord> FindMerge(Session& session, const std::string& newsroom_uid, const std::string& name,
                                      RowLock lock) {
  return Find(session, MergeTable(), "merge", newsroom_uid, name, lock);
}

absl::StatusOr<std::vector<MergeRecord>> FindMergesInto(Session& session, const std::string& newsroom_uid,
                                                        const std::string& contact) {
  return FindMergesInto(session, newsroom_uid, std::vector<std::string>{contact});
}

absl::StatusOr<std::vector<MergeRecord>> FindMergesInto(Session& session, const std::string& newsroom_uid,
                                                        const std::vector<std::string>& contacts) {
  platform::ListQuery query{.newsroom_uid = newsroom_uid,
                            .order_by = "create_time desc",
                            .page_size = std::numeric_limits<std::int32_t>::max()};
  platform::SqlParams params;
  const std::string list =
      absl::StrJoin(contacts, ", ", [&](std::string* out, const std::string& name) { out->append(params.Add(name)); });
  query.condition = absl::StrCat("t.contact IN (", list, ") AND t.undone = 0");
  query.condition_params = params.params();
  std::vector<MergeRecord> merges;
  do {
    auto page = MergeTable().List(session, query);
    if (!page.ok()) return page.status();
    for (auto& resource : page->resources) merges.push_back(WithFacts(std::move(resource)));
    query.page_token = std::move(page->next_page_token);
  } while (!query.page_token.empty());
  return merges;
}

absl::Status InsertMerge(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                         MergeRecord& record) {
  return Insert(session, MergeTable(), "merge", newsroom_uid, stamp, record);
}

absl::Status UpdateMerge(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                         MergeRecord& record) {
  return Update(session, MergeTable(), newsroom_uid, stamp, /*deleted=*/false, record);
}

}  // namespace communique::contacts
