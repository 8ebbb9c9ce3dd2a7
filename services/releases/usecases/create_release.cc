// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/create_release.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/base/random.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_mask.h"
#include "services/platform/verbs/write_once.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/storage/feed.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/present_release.h"

namespace communique::releases {
namespace {

// Random letters behind the date: enough that an address cannot be guessed.
constexpr std::size_t kRandomLetters = 10;

// A date for people who look through lists, and letters that say nothing: an id is made before the headline is final,
// and stands in addresses for ever.
std::string MakeReleaseId(const v1::Newsroom& newsroom, absl::Time now) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(newsroom.time_zone(), &zone)) zone = absl::UTCTimeZone();
  return absl::StrCat(absl::FormatTime("%Y%m%d", now, zone), "-", platform::RandomId(kRandomLetters));
}

}  // namespace

absl::StatusOr<Written<v1::Release>> AddRelease(const Environment& environment, const Caller& caller,
                                                platform::Session& session, const v1::Newsroom& newsroom,
                                                const std::string& id, v1::Release given, absl::Time now,
                                                platform::ChangeSet changes, const std::vector<std::string>& sections) {
  storage::ReleaseRecord record;
  v1::Release& release = *record.mutable_release();
  google::protobuf::FieldMask everything;
  // GCC 12 warns, wrongly, when an optimized build assigns from the characters (GCC bug 105651).
  everything.add_paths(std::string("*"));
  if (auto status = platform::ApplyUpdate(given, everything, release); !status.ok()) return status;
  const ReleaseName name{NewsroomName::Parse(newsroom.name())->newsroom,
                         id.empty() ? MakeReleaseId(newsroom, now) : id};
  release.set_name(name.ToString());
  release.set_state(v1::Release::STATE_DRAFT);
  release.set_creator(caller.principal);
  release.set_last_editor(caller.principal);
  record.set_digest_key(NewDigestKey());
  for (const std::string& section : sections) record.add_imported_sections(section);
  record.set_last_part_number(NormalizeContent(newsroom, 0, *release.mutable_content()));

  platform::FieldViolations violations;
  if (!id.empty()) violations.Merge("", CheckReleaseId("release_id", id));
  violations.Merge("release", NormalizeRelease(newsroom, release));
  violations.Merge("release", ValidateRelease(release));
  violations.Merge("", ValidateContent("release.content", release.content(), newsroom, environment.limits.content));
  if (!violations.empty()) return violations.ToStatus();

  const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
  if (auto status = InsertRelease(session, newsroom.uid(), stamp, record); !status.ok()) return status;
  auto presented = PresentRelease(session, record, now);
  if (!presented.ok()) return presented.status();
  changes.internal.push_back(MakeChange(presented->name(), presented->uid(), v1::Change::VERB_CREATED));
  const auto positions = platform::AppendChanges(session, stamp, changes);
  if (!positions.ok()) return positions.status();
  return Written<v1::Release>{*std::move(presented), positions->internal};
}

absl::StatusOr<Written<v1::Release>> CreateRelease(const Environment& environment, const Caller& caller,
                                                   const v1::CreateReleaseRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  auto written = WriteOnce<v1::Release>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](platform::Session& session, absl::Time now) -> absl::StatusOr<Written<v1::Release>> {
        const auto newsroom = FindNewsroom(session, request.parent());
        if (!newsroom.ok()) return newsroom.status();
        return AddRelease(environment, caller, session, *newsroom, request.release_id(), request.release(), now);
      },
      [&](platform::Session& session, absl::Time now, const std::string& name) -> absl::StatusOr<v1::Release> {
        const auto newsroom = FindNewsroom(session, request.parent());
        if (!newsroom.ok()) return newsroom.status();
        const auto record = FindRelease(session, newsroom->uid(), name);
        if (!record.ok()) return record.status();
        return PresentRelease(session, *record, now);
      });
  if (written.ok()) AddFindings(written->value);
  return written;
}

}  // namespace communique::releases
