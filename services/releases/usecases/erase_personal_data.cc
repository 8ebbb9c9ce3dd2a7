// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/erase_personal_data.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/resources/names.h"
#include "services/platform/storage/forget_fingerprints.h"
#include "services/platform/storage/scrub.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/contact_line_store.h"
#include "services/releases/storage/personal_data_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/storage/stored_data.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/erase_release.h"
#include "services/releases/usecases/personal_data.h"

namespace communique::releases {
namespace {

using platform::Session;

constexpr char kMethod[] = "ErasePersonalData";
constexpr std::string_view kErasurePattern = "newsrooms/{newsroom}/erasures/{erasure}";

bool IsErasure(std::string_view name) {
  const auto ids = platform::MatchName<2>(name, {"newsrooms", "erasures"});
  return ids && platform::IsId((*ids)[0]) && platform::IsIdOrDated((*ids)[1]);
}

// What there is of the person in a release.
struct Finding {
  ReleaseKey key;
  bool lines = false;
  int texts = 0;
};

// The releases that one call looks at.
struct Portion {
  std::vector<Finding> findings;
  // Under which name their replies are kept.
  std::vector<std::string> editions;
  // The release to go on with; empty when there is none.
  std::string next;
};

absl::Status LookAt(Session& session, const Person& person, const std::vector<ReleaseKey>& keys, Portion& portion) {
  for (const ReleaseKey& key : keys) {
    const auto record = FindRelease(session, key.newsroom_uid, key.name);
    if (!record.ok()) return record.status();
    const auto places = FindPlaces(session, person, key.newsroom_uid, *record);
    if (!places.ok()) return places.status();
    const auto lines = std::count_if(places->begin(), places->end(), IsErasable);
    const auto texts = static_cast<std::int64_t>(places->size()) - lines;
    portion.findings.push_back({key, lines > 0, static_cast<int>(texts)});
  }
  auto editions = FindEditionNames(session, keys);
  if (editions.ok()) portion.editions = *std::move(editions);
  return editions.status();
}

absl::Status FindPortion(Session& session, const Environment& environment, const Person& person,
                         const std::string& from, Portion& portion) {
  const auto newsrooms = FindPrintingNewsrooms(session, NewsroomOf(person.contact()), person.contact());
  if (!newsrooms.ok()) return newsrooms.status();
  const auto most = static_cast<std::size_t>(environment.limits.personal_data_releases);
  auto keys = FindReleasesFrom(session, *newsrooms, from, static_cast<int>(most) + 1);
  if (!keys.ok()) return keys.status();
  if (keys->size() > most) {
    portion.next = keys->back().name;
    keys->pop_back();
  }
  return LookAt(session, person, *keys, portion);
}

absl::Status EraseOne(const Environment& environment, const Caller& caller, const Person& person, const ReleaseKey& key,
                      v1::ErasePersonalDataResponse& response) {
  static const std::string kNone;
  static const v1::ErasePersonalDataRequest kNoRequest;
  ErasedPlaces erased;
  const auto written = ChangeRelease(environment, {caller, Verb::kRefresh, key.name, kNone, kNone, false, kNoRequest},
                                     [&](OpenRelease& open) { return EraseFromRelease(open, person, erased); });
  // Purged since it was looked at: nothing is left of it.
  if (absl::IsNotFound(written.status())) return absl::OkStatus();
  if (!written.ok()) return written.status();
  response.set_contact_lines(response.contact_lines() + erased.contact_lines);
  response.set_edition_lines(response.edition_lines() + erased.edition_lines);
  if (erased.contact_lines + erased.edition_lines > 0) response.set_releases(response.releases() + 1);
  return absl::OkStatus();
}

// Erases from one release after the other. Where one cannot be changed now, what was done is told, and the next call
// begins there: with the error, if it is still so.
absl::Status EraseAll(const Environment& environment, const Caller& caller, const Person& person, Portion& portion,
                      v1::ErasePersonalDataResponse& response) {
  for (const Finding& finding : portion.findings) {
    const absl::Status erased =
        finding.lines ? EraseOne(environment, caller, person, finding.key, response) : absl::OkStatus();
    if (!erased.ok() && response.releases() == 0) return erased;
    if (!erased.ok()) {
      portion.next = finding.key.name;
      return absl::OkStatus();
    }
    response.set_texts_left(response.texts_left() + finding.texts);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ErasePersonalDataResponse> ErasePersonalData(const Environment& environment, const Caller& caller,
                                                                const v1::ErasePersonalDataRequest& request) {
  platform::FieldViolations violations;
  CheckPerson(request.contact(), request.values(), violations);
  if (!IsErasure(request.erasure())) {
    violations.Merge("", InvalidName("erasure", request.erasure(), kErasurePattern));
  }
  if (!violations.empty()) return violations.ToStatus();
  const auto begin = ParsePlaceCursor(kMethod, request.contact(), request.page_token());
  if (!begin.ok()) return begin.status();

  const Person person(request.contact(), request.values());
  if (request.page_token().empty()) {
    const absl::Status outdated = environment.database.Write(
        caller.deadline, [&](Session& session) { return MarkNews(session, {request.contact()}); });
    if (!outdated.ok()) return outdated;
  }
  Portion portion;
  const absl::Status read = environment.database.Read(caller.deadline, [&](Session& session) {
    portion = Portion();
    return FindPortion(session, environment, person, begin->release, portion);
  });
  if (!read.ok()) return read;

  v1::ErasePersonalDataResponse response;
  if (auto status = EraseAll(environment, caller, person, portion, response); !status.ok()) return status;
  // Also of releases from which an earlier call, that was broken off here, has erased.
  const absl::Status forgotten = environment.forget_replies(portion.editions);
  if (!forgotten.ok()) return forgotten;
  if (!portion.next.empty()) {
    response.set_next_page_token(MakePlaceToken(kMethod, request.contact(), {portion.next, 0}));
    return response;
  }
  const absl::Status scrubbed = platform::Scrub(environment.database, caller.deadline, TablesToScrub());
  if (!scrubbed.ok()) return scrubbed;
  return response;
}

}  // namespace communique::releases
