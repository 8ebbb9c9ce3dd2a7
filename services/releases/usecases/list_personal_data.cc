// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/list_personal_data.h"

#include <algorithm>
#include <utility>

#include "services/releases/domain/names.h"
#include "services/releases/storage/personal_data_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/personal_data.h"

namespace communique::releases {
namespace {

using platform::Session;

constexpr char kMethod[] = "ListPersonalData";
constexpr int kDefaultPageSize = 100;
constexpr int kMostPageSize = 1000;
// A page ends when its texts have this many bytes, so that it stays far below what a reply may have.
constexpr std::size_t kMostTextBytes = 1 << 20;

// The page that is being filled.
struct Page {
  std::size_t size = 0;
  bool with_text = false;
  std::size_t text_bytes = 0;
  v1::ListPersonalDataResponse response;

  bool full() const { return static_cast<std::size_t>(response.places_size()) >= size || text_bytes >= kMostTextBytes; }
  void Add(v1::PersonalDataPlace place) {
    if (!with_text) place.clear_text();
    text_bytes += place.text().size();
    *response.add_places() = std::move(place);
  }
};

// Adds the release's places behind the first `skip`; how many have been passed when the page was full, or -1 when there
// are no more.
absl::StatusOr<std::int64_t> AddPlaces(Session& session, const Person& person, const ReleaseKey& key, std::int64_t skip,
                                       Page& page) {
  const auto record = FindRelease(session, key.newsroom_uid, key.name);
  if (!record.ok()) return record.status();
  auto places = FindPlaces(session, person, key.newsroom_uid, *record);
  if (!places.ok()) return places.status();
  for (std::size_t i = static_cast<std::size_t>(skip); i < places->size(); ++i) {
    if (page.full()) return static_cast<std::int64_t>(i);
    page.Add(std::move((*places)[i]));
  }
  return -1;
}

absl::Status Fill(Session& session, const Environment& environment, const v1::ListPersonalDataRequest& request,
                  const PlaceCursor& begin, Page& page) {
  const Person person(request.contact(), request.values());
  const auto newsrooms = FindPrintingNewsrooms(session, NewsroomOf(request.contact()), request.contact());
  if (!newsrooms.ok()) return newsrooms.status();
  const int most = environment.limits.personal_data_releases;
  const auto keys = FindReleasesFrom(session, *newsrooms, begin.release, most + 1);
  if (!keys.ok()) return keys.status();
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const ReleaseKey& key = (*keys)[i];
    PlaceCursor next{key.name, 0};
    if (static_cast<int>(i) < most && !page.full()) {
      const auto passed = AddPlaces(session, person, key, key.name == begin.release ? begin.places : 0, page);
      if (!passed.ok()) return passed.status();
      if (*passed < 0) continue;
      next.places = *passed;
    }
    page.response.set_next_page_token(MakePlaceToken(kMethod, request.contact(), next));
    break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListPersonalDataResponse> ListPersonalData(const Environment& environment, const Caller& caller,
                                                              const v1::ListPersonalDataRequest& request) {
  platform::FieldViolations violations;
  CheckPerson(request.contact(), request.values(), violations);
  if (request.page_size() < 0) violations.Add("page_size", "must not be negative; 0 means the default");
  if (!violations.empty()) return violations.ToStatus();
  const auto begin = ParsePlaceCursor(kMethod, request.contact(), request.page_token());
  if (!begin.ok()) return begin.status();
  const int wanted = request.page_size() == 0 ? kDefaultPageSize : std::min(request.page_size(), kMostPageSize);
  Page page;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    page = Page{.size = static_cast<std::size_t>(wanted), .with_text = request.include_text()};
    return Fill(session, environment, request, *begin, page);
  });
  if (!status.ok()) return status;
  return std::move(page.response);
}

}  // namespace communique::releases
