// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/stored_data.h"

#include "communique/releases/v1/boilerplate.pb.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "communique/releases/v1/section.pb.h"
#include "services/releases/domain/contact_printing.pb.h"
#include "services/releases/domain/kept_commitments.pb.h"
#include "services/releases/storage/release_record.pb.h"

namespace communique::releases {
namespace {

// Not searched either: a text that took one is, from when it was submitted.
constexpr char kStandingTexts[] = "standing texts are the house's own";
constexpr char kPrincipal[] = "a principal who works here; told like a text where the person stands in it";

}  // namespace

const std::vector<StoredTable>& StoredTables() {
  using enum WhenErased;
  static const auto* const kTables = new std::vector<StoredTable>{
      {"releases",
       {{"payload", storage::ReleaseRecord::descriptor()}},
       kErased,
       "contact lines, also those written for the last revision; another digest key"},
      {"release_topics", {}, kNothingPersonal, "keys"},
      {"release_revisions",
       {{"payload", v1::ReleaseRevision::descriptor()}},
       kErased,
       "contact lines, in place: digests verify"},
      {"kept_commitments",
       {{"payload", internal::KeptCommitments::descriptor()}},
       kHashesOnly,
       "commitments by a key that is gone; sealed anew"},
      {"editions",
       {{"payload", v1::Edition::descriptor()}, {"card", v1::EditionCard::descriptor()}},
       kErased,
       "contact lines in all states, and etags, which are digests of them"},
      {"edition_topics", {}, kNothingPersonal, "keys"},
      {"contact_lines",
       {{"payload", internal::PrintedLine::descriptor()}},
       kErased,
       "who was shown and with what; commitments to others' addresses are made anew"},
      {"contact_line_contacts", {}, kNothingPersonal, "names of resources"},
      {"contact_news", {}, kNothingPersonal, "names of resources"},
      {"idempotency_records",
       {},
       kHashesOnly,
       "hashes of requests about the release are removed; others go after a day"},
      {"boilerplates", {{"payload", v1::Boilerplate::descriptor()}}, kLeftToEditor, kStandingTexts},
      {"boilerplate_revisions", {{"payload", v1::BoilerplateRevision::descriptor()}}, kLeftToEditor, kStandingTexts},
      {"sections", {{"payload", v1::Section::descriptor()}}, kLeftToEditor, kStandingTexts},
      {"newsrooms", {{"payload", v1::Newsroom::descriptor()}}, kLeftToEditor, kStandingTexts},
      {"feed_entries", {}, kNothingPersonal, "names of resources, and of principals who work here"},
      {"feed_heads", {}, kNothingPersonal, "positions"},
      {"feed_stores", {}, kNothingPersonal, "the store's id"},
      {"feed_trims", {}, kNothingPersonal, "positions"},
      {"followed_feeds", {}, kNothingPersonal, "positions"},
      {"schema_migrations", {}, kNothingPersonal, "what was migrated when"},
      {"schema_versions", {}, kNothingPersonal, "what was migrated when"}};
  return *kTables;
}

const std::vector<PersonalField>& PersonalFields() {
  using enum WhenErased;
  static const auto* const kFields = new std::vector<PersonalField>{
      {"communique.releases.v1.ContactSegment.value", kErased,
       "in the person's lines what the digest covers commitments to; other pieces are words, which are left and told"},
      {"communique.releases.v1.Approval.approver", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.BoilerplateRevision.creator", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.Release.assignees", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.Release.creator", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.Release.last_editor", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.ReleaseRevision.creator", kLeftToEditor, kPrincipal},
      {"communique.releases.v1.ReviewComment.reviewer", kLeftToEditor, kPrincipal}};
  return *kFields;
}

std::vector<std::string> TablesToScrub() {
  std::vector<std::string> names;
  for (const StoredTable& table : StoredTables()) {
    const bool changed = table.when_erased == WhenErased::kErased || table.when_erased == WhenErased::kHashesOnly;
    if (changed) names.emplace_back(table.name);
  }
  return names;
}

}  // namespace communique::releases
