// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/erase_release.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/storage/forget_fingerprints.h"
#include "services/releases/domain/contact_printing.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/edition_plan.h"
#include "services/releases/domain/erase_person.h"
#include "services/releases/storage/contact_line_store.h"
#include "services/releases/storage/personal_data_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/personal_data.h"

namespace communique::releases {
namespace {

// How vouched values are known by the old key, and how by the new one.
using NewCommitments = std::map<std::string, std::string>;

bool EraseWorkingText(OpenRelease& open, const Person& person) {
  auto& lines = *open.release().mutable_content()->mutable_contact_lines();
  const int working = ErasePerson(person, kDigestVersion, lines);
  const int written = ErasePerson(person, kDigestVersion, *open.record.mutable_lines());
  return working + written > 0;
}

void AddCommitments(const v1::ReleaseContent& content, const std::string& old_key, const std::string& new_key,
                    NewCommitments& commitments) {
  for (const v1::ContactLine& line : content.contact_lines()) {
    if (line.contact().empty()) continue;
    const auto asked = ToAsk(line);
    for (const std::string& value : asked.values()) {
      commitments.emplace(VouchedAs(value, old_key), VouchedAs(value, new_key));
    }
  }
}

// Whether anything was erased: then the release has a new key, and `commitments` tell of what it changed.
absl::StatusOr<bool> EraseRevisions(OpenRelease& open, const Person& person, NewCommitments& commitments) {
  const std::string& newsroom = open.owner.newsroom_uid;
  const auto before = FindRevisions(open.session, newsroom, open.release());
  if (!before.ok()) return before.status();
  Revisions after = *before;
  bool changed = false;
  for (auto& [number, revision] : after) {
    auto& lines = *revision.mutable_content()->mutable_contact_lines();
    if (ErasePerson(person, revision.digest_version(), lines) == 0) continue;
    const auto status = UpdateRevision(open.session, newsroom, open.release(), number, revision);
    if (!status.ok()) return status;
    changed = true;
  }
  if (!changed) return false;

  auto kept = FindKeptCommitments(open.session, newsroom, open.owner.release_uid);
  if (!kept.ok()) return kept.status();
  const std::string old_key = open.record.digest_key();
  const std::string new_key = NewDigestKey();
  for (const auto& [number, revision] : *before) {
    const auto found = kept->find(number);
    const internal::KeptCommitments* own = found == kept->end() ? nullptr : &found->second;
    internal::KeptCommitments now = Rekey(revision, after.at(number), own, old_key, new_key);
    if (!now.commitments().empty()) (*kept)[number] = std::move(now);
    AddCommitments(revision.content(), old_key, new_key, commitments);
  }
  open.record.set_digest_key(new_key);
  const auto status = ReplaceKeptCommitments(open.session, newsroom, open.owner.release_uid, *kept);
  if (!status.ok()) return status;
  return true;
}

void Renew(const NewCommitments& commitments, internal::PrintedLine& line) {
  std::vector<std::string> renewed;
  for (const std::string& value : line.vouched_values()) {
    // A commitment to what no revision has any more is to what was erased.
    if (const auto found = commitments.find(value); found != commitments.end()) renewed.push_back(found->second);
  }
  std::sort(renewed.begin(), renewed.end());
  line.mutable_vouched_values()->Assign(renewed.begin(), renewed.end());
}

// Takes the person out of what editions showed once: what they show from now on has been decided without.
absl::Status RewriteStates(OpenRelease& open, const Person& person) {
  auto rows = FindEditionRows(open.session, open.owner.newsroom_uid, open.owner.release_uid);
  if (!rows.ok()) return rows.status();
  const auto revisions = FindRevisions(open.session, open.owner.newsroom_uid, open.release());
  if (!revisions.ok()) return revisions.status();
  for (EditionRow& row : *rows) {
    if (!row.edition.has_content()) continue;
    const int version = DigestVersionOf(row.edition, *revisions);
    v1::ReleaseContent& content = *row.edition.mutable_content();
    if (ErasePersonFromEdition(person, version, row.edition.locale(), content) == 0) continue;
    // The etag is a digest of all of it, by which the rest could be tried out.
    SetEtag(row.edition);
    row.card.set_etag(row.edition.etag());
    const auto status = RewriteEditionRow(open.session, open.owner.newsroom_uid, row);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status EraseEditions(OpenRelease& open, const Person& person, bool new_key, const NewCommitments& commitments,
                           bool shown) {
  auto lines = FindContactLines(open.session, open.owner.release_uid);
  if (!lines.ok()) return lines.status();
  bool changed = false;
  for (internal::PrintedLine& line : *lines) {
    changed = ErasePerson(person, line) || changed;
    if (new_key) Renew(commitments, line);
  }
  if (changed || new_key) {
    // The contacts service is asked again who is shown now.
    const auto status = ReplaceContactLines(open.session, open.owner, *lines, /*news=*/true);
    if (!status.ok()) return status;
  }
  if ((changed || shown) && !open.release().editions().empty()) {
    if (auto status = DecideEditionsByLines(open, *lines); !status.ok()) return status;
  }
  return RewriteStates(open, person);
}

}  // namespace

absl::Status EraseFromRelease(OpenRelease& open, const Person& person, ErasedPlaces& erased) {
  erased = {};
  const auto places = FindPlaces(open.session, person, open.owner.newsroom_uid, open.record);
  if (!places.ok()) return places.status();
  for (const v1::PersonalDataPlace& place : *places) {
    if (place.kind() == v1::PersonalDataPlace::KIND_CONTACT_LINE) ++erased.contact_lines;
    if (place.kind() == v1::PersonalDataPlace::KIND_EDITION_LINE) ++erased.edition_lines;
  }
  if (erased.contact_lines + erased.edition_lines == 0) return absl::OkStatus();

  const bool rewritten = EraseWorkingText(open, person);
  NewCommitments commitments;
  const auto new_key = EraseRevisions(open, person, commitments);
  if (!new_key.ok()) return new_key.status();
  const auto editions = EraseEditions(open, person, *new_key, commitments, erased.edition_lines > 0);
  if (!editions.ok()) return editions;
  open.done = v1::Change::VERB_UPDATED;
  // Whoever edits the text must see it as it is now before saving it.
  open.keeps_release = !rewritten && !*new_key;
  return platform::ForgetFingerprints(open.session, open.owner.release_name);
}

}  // namespace communique::releases
