// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/organization_store.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/domain/folded_name.h"
#include "services/contacts/domain/text/word_keys.h"
#include "services/contacts/storage/named_rows.h"
#include "services/contacts/storage/search_conditions.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

constexpr std::size_t kQueryCharacters = 200;

// Narrows a list to what all words of `text` are found in.
absl::Status AddWords(const std::string& text, platform::ListQuery& query) {
  if (platform::CountCharacters(text) > kQueryCharacters) {
    return platform::InvalidField("query", absl::StrCat("has more than ", kQueryCharacters, " characters"));
  }
  const SearchWords words = WordForms(text);
  if (words.empty()) {
    return platform::InvalidField("query", "holds neither a letter nor a digit; give words that a name begins with");
  }
  platform::SqlParams params;
  absl::StrAppend(&query.condition, " AND ", OrganizationIsFoundBy(words, params));
  query.condition_params.insert(query.condition_params.end(), params.params().begin(), params.params().end());
  return absl::OkStatus();
}

bool IsPurged(const v1::Organization& organization) { return organization.names().empty(); }

}  // namespace

absl::StatusOr<v1::Organization> FindOrganization(Session& session, const std::string& newsroom_uid,
                                                  const std::string& name, RowLock lock) {
  auto organization = FindByName(session, OrganizationTable(), "organization", newsroom_uid, name, lock);
  if (organization.ok() && IsPurged(*organization)) return platform::NotFound("organization", name);
  return organization;
}

absl::Status InsertOrganization(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                                v1::Organization& organization) {
  return InsertByName(session, OrganizationTable(), "organization", newsroom_uid, stamp, organization);
}

absl::Status UpdateOrganization(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                                v1::Organization& organization) {
  const platform::ResourceKey key{newsroom_uid, organization.uid(), organization.name()};
  auto updated = UpdateRow(session, OrganizationTable(), key, organization.etag(), stamp,
                           platform::WithoutRowFacts(organization), organization.has_delete_time());
  if (!updated.ok()) return updated.status();
  organization = platform::WithRowFacts(*std::move(updated));
  return absl::OkStatus();
}

absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(Session& session,
                                                                const std::vector<std::string>& newsroom_uids,
                                                                const v1::ListOrganizationsRequest& request) {
  auto query = RowsOf(newsroom_uids);
  query.filter = request.filter();
  query.order_by = request.order_by();
  query.page_size = request.page_size();
  query.page_token = request.page_token();
  query.show_deleted = request.show_deleted();
  query.method = "ListOrganizations";
  query.parent = request.parent();
  // The page token is for one query alone.
  query.audience = absl::StrCat(request.include_ancestors() ? "staff, ancestors" : "staff", "?", request.query());
  if (!request.query().empty()) {
    if (auto status = AddWords(request.query(), query); !status.ok()) return status;
  }
  auto page = OrganizationTable().List(session, query);
  if (!page.ok()) return page.status();
  v1::ListOrganizationsResponse response;
  for (auto& resource : page->resources) {
    *response.add_organizations() = platform::WithRowFacts(std::move(resource));
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<std::vector<std::string>> FindOrganizationsCalled(Session& session, const std::string& newsroom_uid,
                                                                 const std::string& called) {
  std::vector<std::string> names;
  SearchWords words = WordForms(called);
  const std::string key = FoldedName(called);
  if (words.empty() || key.empty()) return names;
  // Enough to tell it from nearly all others; the comparison below says which it is.
  constexpr std::size_t kWords = 4;
  if (words.size() > kWords) words.resize(kWords);
  platform::SqlParams params;
  auto query = RowsOf({newsroom_uid});
  absl::StrAppend(&query.condition, " AND ", OrganizationIsFoundBy(words, params));
  query.condition_params.insert(query.condition_params.end(), params.params().begin(), params.params().end());
  query.page_size = std::numeric_limits<std::int32_t>::max();
  do {
    auto page = OrganizationTable().List(session, query);
    if (!page.ok()) return page.status();
    for (const auto& resource : page->resources) {
      for (const auto& name : resource.message.names()) {
        if (FoldedName(name.display_name()) != key && FoldedName(name.acronym()) != key) continue;
        names.push_back(resource.message.name());
        break;
      }
    }
    query.page_token = std::move(page->next_page_token);
  } while (!query.page_token.empty());
  return names;
}

absl::StatusOr<std::int64_t> CountMembers(Session& session, const std::string& organization) {
  const auto rows = session.Query(
      "SELECT (SELECT count(*) FROM contacts WHERE organization = :name AND delete_us = 0 AND state <> :merged) + "
      "(SELECT count(*) FROM organizations WHERE parent_organization = :name AND delete_us = 0)",
      {{"name", organization}, {"merged", std::int64_t{v1::Contact::STATE_MERGED}}});
  if (!rows.ok()) return rows.status();
  return (*rows)[0].Int(0);
}

absl::StatusOr<std::vector<platform::ResourceKey>> PurgeOrganizations(Session& session, const WriteStamp& stamp,
                                                                      int limit) {
  auto due = DueForPurge(session, "organizations", stamp.now, limit);
  if (!due.ok()) return due;
  for (const platform::ResourceKey& key : *due) {
    v1::Organization emptied;
    emptied.set_name(key.name);
    auto updated = OrganizationTable().Update(session, stamp, key, "", emptied);
    if (!updated.ok()) return updated.status();
  }
  return due;
}

}  // namespace communique::contacts
