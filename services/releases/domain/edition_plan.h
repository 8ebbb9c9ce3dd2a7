// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "communique/releases/v1/change.pb.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "services/releases/domain/contact_printing.h"

// From what is decided about a release to what its readers get, now and at every later instant that is decided already.
namespace communique::releases {

// A frozen text and its digest.
struct FrozenText {
  v1::ReleaseContent content;
  std::string digest;
};

// By the name of the revision and the language.
using FrozenTexts = std::map<std::pair<std::string, std::string>, FrozenText>;

// One state of one edition: in force from `public_since` until the edition's next state begins.
struct PlannedEdition {
  absl::Time public_since;
  // What the public feed says when it begins, unless it is the edition's first state, which is a publication.
  v1::Change::Verb verb = v1::Change::VERB_UNSPECIFIED;
  // The reply to a reader, complete but for max_age, which is no part of it.
  v1::Edition edition;
  v1::EditionCard card;
};

// The states of all editions of the stored `release` from `now` on, in order of time: one per edition that is public at
// `now`, and for each later instant at which an edition begins one per edition that is public then (the others get a
// link to it). The caller drops those that say what is in force already. `verb` is what is done now to the editions
// that were decided about now; the others are updated. An edition whose text is not in `texts` must have no text to
// show (redirect, tombstone).
//
// `lines` say what is printed for contact lines that refer to contacts; where that changes at an instant, so does the
// edition. The digest stays that of the text as it was signed.
std::vector<PlannedEdition> PlanEditions(const v1::Release& release, const v1::Newsroom& newsroom,
                                         const FrozenTexts& texts, const PrintedLines& lines, v1::Change::Verb verb,
                                         absl::Time now);

// Gives the edition, which is otherwise complete, its etag: a digest of all of it.
void SetEtag(v1::Edition& edition);

// What there is to read of an edition that has begun, as it is decided: the release's withdrawal goes before its own.
v1::Edition::Visibility DecidedVisibility(const v1::Release& release, const v1::EditionSummary& summary);

// Whether an edition with that visibility shows its text.
bool ShowsText(v1::Edition::Visibility visibility);

// The address of an edition on the newsroom's site; empty when the newsroom has no template.
std::string WebAddress(const v1::Newsroom& newsroom, const std::string& release_id, const std::string& locale,
                       const std::string& slug);

// The slug of a new edition: the words of its headline. Where the address holds nothing else that tells releases apart,
// the random letters of the release's id are added; other releases are not looked at, so a slug tells nothing about
// them.
std::string NewSlug(const v1::Newsroom& newsroom, const std::string& release_id, const v1::ReleaseContent& content);

}  // namespace communique::releases
