// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/contact_search.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/named_rows.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/page_token.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::ListLimits;
using platform::ListQuery;
using platform::Session;
using platform::SqlParams;

std::string FoundByWords(const SearchWords& words, const std::string& newsroom_uid,
                         const std::vector<std::string>& organizations_of, SqlParams& params) {
  std::vector<std::string> conditions;
  for (const auto& forms : words) {
    conditions.push_back(absl::StrCat(
        "(t.uid IN (SELECT k.uid FROM contact_keys k WHERE ", KeyIsOf({newsroom_uid}, params), " AND ",
        KeyBeginsWith(forms, params), ") OR t.organization IN (SELECT o.name FROM organization_keys k JOIN ",
        "organizations o ON o.newsroom_uid = k.newsroom_uid AND o.uid = k.uid WHERE o.delete_us = 0 AND ",
        KeyIsOf(organizations_of, params), " AND ", KeyBeginsWith(forms, params), "))"));
  }
  return absl::StrCat("(", absl::StrJoin(conditions, " AND "), ")");
}

std::string FoundByAddress(const std::vector<std::string>& addresses, const std::vector<std::string>& newsroom_uids,
                           SqlParams& params) {
  std::vector<std::string> values;
  for (const std::string& address : addresses) values.push_back(params.Add(address));
  return absl::StrCat("t.uid IN (SELECT k.uid FROM contact_addresses k WHERE ", KeyIsOf(newsroom_uids, params),
                      " AND k.value IN (", absl::StrJoin(values, ", "), "))");
}

// The contacts of one newsroom of the line that are found, in the order of their names.
ListQuery QueryOf(const std::vector<Newsroom>& line, std::size_t level, const ContactSearch& search, absl::Time now) {
  const std::string& newsroom_uid = line[level].uid;
  std::vector<std::string> organizations_of;
  for (std::size_t i = level; i < line.size(); ++i) organizations_of.push_back(line[i].uid);
  SqlParams params;
  std::vector<std::string> found;
  if (!search.words.empty()) found.push_back(FoundByWords(search.words, newsroom_uid, organizations_of, params));
  if (level == 0 && !search.addresses.empty()) {
    found.push_back(FoundByAddress(search.addresses, {newsroom_uid}, params));
  }
  if (found.empty()) found.emplace_back("1 = 0");
  ListQuery query = RowsOf({newsroom_uid});
  absl::StrAppend(&query.condition, " AND (", absl::StrJoin(found, " OR "), ")");
  if (level == 0) {
    absl::StrAppend(&query.condition, " AND t.state <> ", params.Add(std::int64_t{v1::Contact::STATE_MERGED}));
  } else {
    absl::StrAppend(&query.condition, " AND ", ContactIsPrinted(now, params));
  }
  query.condition_params.insert(query.condition_params.end(), params.params().begin(), params.params().end());
  return query;
}

// What a page begins behind: a contact of this name on this level.
struct Position {
  std::size_t level = 0;
  std::string name;
};

const std::vector<platform::OrderTerm>& TokenOrder() {
  static const auto* const kOrder = new std::vector<platform::OrderTerm>{{"level", platform::ColumnType::kInt},
                                                                         {"name", platform::ColumnType::kText}};
  return *kOrder;
}

absl::StatusOr<Position> ParsePosition(const std::string& token, const platform::PageScope& scope) {
  if (token.empty()) return Position();
  auto key = platform::ParsePageToken(token, scope, TokenOrder());
  if (!key.ok()) return key.status();
  return Position{static_cast<std::size_t>(std::get<std::int64_t>((*key)[0])), std::get<std::string>((*key)[1])};
}

}  // namespace

absl::StatusOr<FoundContacts> FindContacts(Session& session, const std::vector<Newsroom>& line,
                                           const ContactSearch& search, absl::Time now,
                                           const v1::SearchContactsRequest& request) {
  constexpr ListLimits kLimits;
  if (request.page_size() < 0) {
    return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  }
  const std::int32_t page_size =
      request.page_size() == 0 ? kLimits.default_page_size : std::min(request.page_size(), kLimits.max_page_size);
  const platform::PageScope scope{"SearchContacts", request.parent(), request.query(), "",
                                  search.addresses.empty() ? "staff" : "staff, addresses"};
  const auto after = ParsePosition(request.page_token(), scope);
  if (!after.ok()) return after.status();

  FoundContacts found;
  const auto is_full = [&] { return static_cast<std::int32_t>(found.contacts.size()) == page_size; };
  for (std::size_t level = after->level; level < line.size(); ++level) {
    ListQuery query = QueryOf(line, level, search, now);
    if (level == after->level && !after->name.empty()) {
      absl::StrAppend(&query.condition, " AND t.name > :after");
      query.condition_params.emplace_back("after", after->name);
    }
    // When the page is full already: whether there is anything to come.
    query.page_size = is_full() ? 1 : page_size - static_cast<std::int32_t>(found.contacts.size());
    auto page = ContactTable().List(session, query);
    if (!page.ok()) return page.status();
    const bool more = is_full() ? !page->resources.empty() : !page->next_page_token.empty();
    if (!is_full()) {
      for (auto& resource : page->resources) {
        v1::Contact contact = std::move(*resource.message.mutable_contact());
        platform::SetRowFacts(resource.meta, contact);
        found.contacts.push_back({std::move(contact), level});
      }
    }
    if (!more) continue;
    const FoundContact& last = found.contacts.back();
    found.next_page_token =
        platform::MakePageToken(scope, {static_cast<std::int64_t>(last.level), platform::Value(last.contact.name())});
    break;
  }
  return found;
}

absl::Status ForEachAtAddress(Session& session, const std::vector<std::string>& newsroom_uids,
                              const std::vector<std::string>& addresses, Deleted deleted,
                              const std::function<void(const v1::Contact&)>& visit) {
  if (newsroom_uids.empty() || addresses.empty()) return absl::OkStatus();
  SqlParams params;
  ListQuery query = RowsOf(newsroom_uids);
  absl::StrAppend(&query.condition, " AND ", FoundByAddress(addresses, newsroom_uids, params), " AND t.state <> ",
                  params.Add(std::int64_t{v1::Contact::STATE_MERGED}));
  query.condition_params.insert(query.condition_params.end(), params.params().begin(), params.params().end());
  query.show_deleted = deleted == Deleted::kFound;
  query.order_by = "create_time";
  query.page_size = 200;
  do {
    auto page = ContactTable().List(session, query);
    if (!page.ok()) return page.status();
    for (auto& resource : page->resources) {
      v1::Contact& contact = *resource.message.mutable_contact();
      platform::SetRowFacts(resource.meta, contact);
      visit(contact);
    }
    query.page_token = page->next_page_token;
  } while (!query.page_token.empty());
  return absl::OkStatus();
}

}  // namespace communique::contacts
