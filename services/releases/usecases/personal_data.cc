// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/personal_data.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/storage/order_by.h"
#include "services/platform/storage/page_token.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/erase_person.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/personal_places.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/storage/contact_line_store.h"

namespace communique::releases {
namespace {

using Place = v1::PersonalDataPlace;
using Places = std::vector<Place>;

constexpr int kMostValues = 100;
constexpr std::size_t kFewestCharacters = 3;
constexpr std::size_t kMostCharacters = 2000;

const std::vector<platform::OrderTerm>& Order() {
  static const auto* const kOrder = new std::vector<platform::OrderTerm>{
      {"release", platform::ColumnType::kText, false}, {"places", platform::ColumnType::kInt, false}};
  return *kOrder;
}

// The values are no part of it: they are not to be found in what is logged.
platform::PageScope ScopeOf(std::string_view method, const std::string& contact) {
  return {std::string(method), contact, "", "", "staff"};
}

void Add(const std::string& resource, Places found, Places& places) {
  for (Place& place : found) {
    place.set_resource(resource);
    places.push_back(std::move(place));
  }
}

// Of each edition what any of its states shows: of each line what the newest does, and each text once.
void AddEditions(const Person& person, const std::vector<EditionRow>& rows, const Revisions& revisions,
                 Places& places) {
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const EditionRow& row : rows) {
    Places fresh;
    for (Place& place : PlacesIn(person, DigestVersionOf(row.edition, revisions), row.edition)) {
      const std::string text = IsErasable(place) ? std::string() : place.text();
      if (seen.emplace(row.edition.name(), place.path(), text).second) fresh.push_back(std::move(place));
    }
    Add(row.edition.name(), std::move(fresh), places);
  }
}

// What is decided about lines whose edition has no beginning yet stands in no state of it.
void AddDecidedLines(const Person& person, const std::string& release, const PrintedLines& lines, Places& places) {
  for (const internal::PrintedLine& line : lines) {
    const std::string edition = absl::StrCat(release, "/editions/", line.locale());
    const bool known = std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return IsErasable(place) && place.resource() == edition;
    });
    internal::PrintedLine erased = line;
    if (known || !ErasePerson(person, erased)) continue;
    Place place;
    place.set_resource(edition);
    place.set_path(absl::StrCat("content.contact_lines[part_id=", line.part_id(), "]"));
    place.set_kind(Place::KIND_EDITION_LINE);
    for (const auto& period : line.periods()) {
      if (period.contact() != person.contact()) continue;
      for (const auto& segment : period.segments()) place.mutable_text()->append(segment.value());
    }
    places.push_back(std::move(place));
  }
}

}  // namespace

void CheckPerson(const std::string& contact, const google::protobuf::RepeatedPtrField<std::string>& values,
                 platform::FieldViolations& violations) {
  if (!ContactName::Parse(contact)) violations.Merge("", InvalidName("contact", contact, kContactPattern));
  if (values.size() > kMostValues) {
    violations.Add("values", absl::StrCat("has ", values.size(), " entries; at most ", kMostValues,
                                          " are allowed: ask again with the others"));
  }
  for (int i = 0; i < std::min(values.size(), kMostValues); ++i) {
    const std::size_t characters = CountCodePoints(values.Get(i));
    if (characters >= kFewestCharacters && characters <= kMostCharacters) continue;
    violations.Add(absl::StrCat("values[", i, "]"), absl::StrCat("has ", characters, " characters; ", kFewestCharacters,
                                                                 " to ", kMostCharacters, " are allowed"));
  }
}

absl::StatusOr<PlaceCursor> ParsePlaceCursor(std::string_view method, const std::string& contact,
                                             const std::string& page_token) {
  if (page_token.empty()) return PlaceCursor();
  const auto key = platform::ParsePageToken(page_token, ScopeOf(method, contact), Order());
  if (!key.ok()) return key.status();
  return PlaceCursor{std::get<std::string>((*key)[0]), std::get<std::int64_t>((*key)[1])};
}

std::string MakePlaceToken(std::string_view method, const std::string& contact, const PlaceCursor& cursor) {
  return platform::MakePageToken(ScopeOf(method, contact), {cursor.release, cursor.places});
}

int DigestVersionOf(const v1::Edition& edition, const Revisions& revisions) {
  for (const auto& [number, revision] : revisions) {
    if (revision.digest() == edition.digest()) return revision.digest_version();
  }
  return kDigestVersion;
}

absl::StatusOr<Places> FindPlaces(platform::Session& session, const Person& person, const std::string& newsroom_uid,
                                  const storage::ReleaseRecord& record) {
  const v1::Release& release = record.release();
  Places places;
  Add(release.name(), PlacesIn(person, release, record.lines()), places);
  const auto revisions = FindRevisions(session, newsroom_uid, release);
  if (!revisions.ok()) return revisions.status();
  for (const auto& [number, revision] : *revisions) Add(revision.name(), PlacesIn(person, revision), places);
  const auto rows = FindEditionRows(session, newsroom_uid, release.uid());
  if (!rows.ok()) return rows.status();
  AddEditions(person, *rows, *revisions, places);
  const auto lines = FindContactLines(session, release.uid());
  if (!lines.ok()) return lines.status();
  AddDecidedLines(person, release.name(), *lines, places);
  return places;
}

}  // namespace communique::releases
