// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/contact_references.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/search_keys.h"
#include "services/contacts/storage/contact_search.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::RowLock;
using platform::Session;
using platform::ToAbsl;

// In one question.
constexpr std::size_t kNewsroomsAtOnce = 500;

absl::Status OfAnotherNewsroom(std::string_view field, std::string_view type, const std::vector<Newsroom>& line) {
  return platform::InvalidField(
      field, absl::StrCat("must be ", ToAbsl(type), " of ", line.front().name, " or of a newsroom above it"));
}

absl::Status ReferenceMissing(std::string_view field, const std::string& resource, std::string_view why) {
  return platform::FailedPrecondition(Reason::ERROR_REASON_REFERENCE_MISSING, resource,
                                      absl::StrCat(ToAbsl(field), ": ", resource, " ", ToAbsl(why)),
                                      {{"resource", resource}});
}

absl::Status CheckOrganizationThere(Session& session, const std::vector<Newsroom>& line, std::string_view field,
                                    const std::string& name) {
  const auto organization = FindOrganizationIn(session, line, name, RowLock::kForUpdate);
  if (!organization.ok()) return organization.status();
  if (!organization->has_delete_time()) return absl::OkStatus();
  return ReferenceMissing(field, name, "is deleted; undelete it or choose another one");
}

// Whoever it went into counts: that one is printed.
absl::Status CheckSubstituteThere(Session& session, const std::vector<Newsroom>& line, std::string_view field,
                                  const std::string& name) {
  std::string next = name;
  while (true) {
    const auto record = FindContactIn(session, line, next, RowLock::kForUpdate);
    if (!record.ok()) return record.status();
    const v1::Contact& contact = record->contact();
    if (auto status = RefuseErased(contact); !status.ok()) return status;
    if (contact.state() == v1::Contact::STATE_DELETED) {
      return ReferenceMissing(field, next, "is deleted; undelete it or choose another one");
    }
    if (contact.state() != v1::Contact::STATE_MERGED) return absl::OkStatus();
    next = contact.merged_into();
  }
}

}  // namespace

absl::StatusOr<Newsroom> NewsroomOf(Session& session, const std::string& newsroom_id, std::string_view type,
                                    const std::string& name) {
  auto found = FindNewsroom(session, NewsroomName{newsroom_id}.ToString());
  if (absl::IsNotFound(found.status())) return platform::NotFound(type, name);
  return found;
}

absl::StatusOr<std::vector<Newsroom>> LineOf(Session& session, const std::string& newsroom_id, std::string_view type,
                                             const std::string& name) {
  auto line = NewsroomAndAncestors(session, NewsroomName{newsroom_id}.ToString());
  if (absl::IsNotFound(line.status())) return platform::NotFound(type, name);
  return line;
}

const Newsroom* NewsroomIn(const std::vector<Newsroom>& line, std::string_view resource) {
  const auto found = std::find_if(line.begin(), line.end(), [&](const Newsroom& newsroom) {
    return resource.size() > newsroom.name.size() && resource.starts_with(newsroom.name) &&
           resource[newsroom.name.size()] == '/';
  });
  return found == line.end() ? nullptr : &*found;
}

absl::StatusOr<storage::ContactRecord> FindContactIn(Session& session, const std::vector<Newsroom>& line,
                                                     const std::string& name, RowLock lock) {
  const Newsroom* newsroom = NewsroomIn(line, name);
  if (newsroom == nullptr) return platform::NotFound("contact", name);
  return FindContact(session, newsroom->uid, name, lock);
}

absl::StatusOr<v1::Organization> FindOrganizationIn(Session& session, const std::vector<Newsroom>& line,
                                                    const std::string& name, RowLock lock) {
  const Newsroom* newsroom = NewsroomIn(line, name);
  if (newsroom == nullptr) return platform::NotFound("organization", name);
  return FindOrganization(session, newsroom->uid, name, lock);
}

absl::Status CheckOrganization(Session& session, const std::vector<Newsroom>& line, std::string_view field,
                               const v1::Contact& contact) {
  const std::string& name = contact.organization();
  if (name.empty()) return absl::OkStatus();
  if (NewsroomIn(line, name) == nullptr) return OfAnotherNewsroom(field, "an organization", line);
  return CheckOrganizationThere(session, line, field, name);
}

absl::Status CheckSubstitute(Session& session, const std::vector<Newsroom>& line, std::string_view field,
                             const v1::Contact& contact) {
  const std::string& name = contact.substitute();
  if (name.empty()) return absl::OkStatus();
  if (name != contact.name()) {
    if (NewsroomIn(line, name) == nullptr) return OfAnotherNewsroom(field, "a contact", line);
    if (auto status = CheckSubstituteThere(session, line, field, name); !status.ok()) return status;
  }
  return CheckSubstitutes(contact, LookupIn(session, line, RowLock::kForUpdate));
}

absl::Status RestoreReferences(Session& session, const std::vector<Newsroom>& line, v1::Contact& contact) {
  if (!contact.organization().empty()) {
    const auto status = CheckOrganizationThere(session, line, "organization", contact.organization());
    if (absl::IsNotFound(status)) {
      contact.clear_organization();
    } else if (!status.ok()) {
      return status;
    }
  }
  if (contact.substitute().empty()) return absl::OkStatus();
  const auto status = CheckSubstituteThere(session, line, "substitute", contact.substitute());
  // Whoever stands in for one that was erased stands in here as well.
  if (platform::ReasonOf(status) == Reason::ERROR_REASON_ERASED) return absl::OkStatus();
  if (!absl::IsNotFound(status)) return status;
  contact.clear_substitute();
  return absl::OkStatus();
}

ContactLookup LookupIn(Session& session, const std::vector<Newsroom>& line, RowLock lock) {
  return [&session, &line, lock](const std::string& name) -> absl::StatusOr<std::optional<v1::Contact>> {
    auto record = FindContactIn(session, line, name, lock);
    if (absl::IsNotFound(record.status())) return std::nullopt;
    if (!record.ok()) return record.status();
    return std::move(*record->mutable_contact());
  };
}

absl::StatusOr<std::vector<std::string>> WithMergedContacts(Session& session, const std::string& newsroom_uid,
                                                            const std::string& contact) {
  std::vector<std::string> all{contact};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto merges = FindMergesInto(session, newsroom_uid, all[i]);
    if (!merges.ok()) return merges.status();
    for (const storage::MergeRecord& record : *merges) {
      all.insert(all.end(), record.merge().merged_contacts().begin(), record.merge().merged_contacts().end());
    }
  }
  return all;
}

absl::StatusOr<std::vector<std::string>> NewsroomsAboveAndBelow(Session& session, const std::string& newsroom) {
  const auto line = NewsroomAndAncestors(session, newsroom);
  if (!line.ok()) return line.status();
  const auto below = NewsroomsBelow(session, newsroom);
  if (!below.ok()) return below.status();
  std::vector<std::string> uids;
  for (const Newsroom& each : *line) uids.push_back(each.uid);
  for (const Newsroom& each : *below) uids.push_back(each.uid);
  return uids;
}

absl::StatusOr<std::vector<v1::Contact>> FindOthersSharing(Session& session, const std::vector<v1::Contact>& contacts) {
  std::vector<v1::Contact> others;
  std::set<std::string> own, addresses;
  for (const v1::Contact& contact : contacts) {
    own.insert(contact.name());
    for (SearchKey& key : SearchKeysOf(contact, nullptr)) {
      if (key.kind != SearchKeyKind::kWord) addresses.insert(std::move(key.key));
    }
  }
  if (addresses.empty()) return others;
  const std::string newsroom = NewsroomName{ContactName::Parse(contacts.front().name())->newsroom}.ToString();
  const auto uids = NewsroomsAboveAndBelow(session, newsroom);
  if (!uids.ok()) return uids.status();
  const auto add = [&](const v1::Contact& other) {
    if (!own.contains(other.name())) others.push_back(other);
  };
  for (std::size_t begin = 0; begin < uids->size(); begin += kNewsroomsAtOnce) {
    const auto first = uids->begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = uids->begin() + static_cast<std::ptrdiff_t>(std::min(uids->size(), begin + kNewsroomsAtOnce));
    const auto status =
        ForEachAtAddress(session, {first, last}, {addresses.begin(), addresses.end()}, Deleted::kFound, add);
    if (!status.ok()) return status;
  }
  return others;
}

}  // namespace communique::contacts
