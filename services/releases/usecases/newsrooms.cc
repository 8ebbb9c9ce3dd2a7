// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/newsrooms.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "services/platform/verbs/resource_verbs.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/storage/newsroom_store.h"

namespace communique::releases {
namespace {

using platform::RowLock;
using platform::Session;
using platform::WriteStamp;
using Nothing = std::monostate;

constexpr int kMaxLevels = 10;

// The newsroom above must exist, and the way up must end. All of it is locked: two who put each other's newsroom above
// their own at the same time would not see the circle they make.
absl::Status CheckParent(Session& session, const v1::Newsroom& newsroom) {
  std::string above = newsroom.parent_newsroom();
  for (int level = 1; !above.empty(); ++level) {
    if (above == newsroom.name()) {
      return platform::FailedPrecondition(
          platform::Reason::ERROR_REASON_PARENT_CYCLE, newsroom.name(),
          absl::StrCat(newsroom.name(), " would be above itself; choose another parent_newsroom"));
    }
    if (level >= kMaxLevels) {
      return platform::InvalidField("parent_newsroom", absl::StrCat("more than ", kMaxLevels, " levels of newsrooms"));
    }
    const auto parent = FindNewsroom(session, above, RowLock::kForUpdate);
    if (!parent.ok()) return parent.status();
    above = parent->parent_newsroom();
  }
  return absl::OkStatus();
}

absl::Status PrepareNewsroom(Session& session, v1::Newsroom& newsroom) {
  NormalizeNewsroom(newsroom);
  if (auto status = ValidateNewsroom(newsroom); !status.ok()) return status;
  return CheckParent(session, newsroom);
}

const platform::ResourceKind<v1::Newsroom, Nothing>& Newsrooms() {
  static const auto* const kKind = new platform::ResourceKind<v1::Newsroom, Nothing>{
      .field = "newsroom",
      .find_scope = [](Session&, const std::string&) { return Nothing(); },
      .find = [](Session& session, const Nothing&, const std::string& name,
                 RowLock lock) { return FindNewsroom(session, name, lock); },
      .prepare = [](Session& session, const Nothing&,
                    v1::Newsroom& newsroom) { return PrepareNewsroom(session, newsroom); },
      .insert = [](Session& session, const Nothing&, const WriteStamp& stamp,
                   v1::Newsroom& newsroom) { return InsertNewsroom(session, stamp, newsroom); },
      .update = [](Session& session, const Nothing&, const WriteStamp& stamp, const v1::Newsroom&,
                   v1::Newsroom& newsroom) { return UpdateNewsroom(session, stamp, newsroom); }};
  return *kKind;
}

}  // namespace

absl::StatusOr<Written<v1::Newsroom>> CreateNewsroom(const Environment& environment, const Caller& caller,
                                                     const v1::CreateNewsroomRequest& request) {
  return CreateResource(Newsrooms(), environment, caller, {request.request_id(), request.validate_only(), request},
                        CheckId("newsroom_id", request.newsroom_id()), NewsroomName{request.newsroom_id()}.ToString(),
                        request.newsroom());
}

absl::StatusOr<v1::Newsroom> GetNewsroom(const Environment& environment, const Caller& caller,
                                         const v1::GetNewsroomRequest& request) {
  if (!NewsroomName::Parse(request.name())) return InvalidName("name", request.name(), kNewsroomPattern);
  return GetResource(Newsrooms(), environment, caller, request.name());
}

absl::StatusOr<v1::ListNewsroomsResponse> ListNewsrooms(const Environment& environment, const Caller& caller,
                                                        const v1::ListNewsroomsRequest& request) {
  return ListResources<v1::ListNewsroomsResponse>(environment, caller,
                                                  [&](Session& session) { return ListNewsrooms(session, request); });
}

absl::StatusOr<Written<v1::Newsroom>> UpdateNewsroom(const Environment& environment, const Caller& caller,
                                                     const v1::UpdateNewsroomRequest& request) {
  const std::string& name = request.newsroom().name();
  if (!NewsroomName::Parse(name)) return InvalidName("newsroom.name", name, kNewsroomPattern);
  return UpdateResource(Newsrooms(), environment, caller, {request.request_id(), request.validate_only(), request},
                        request.newsroom(), request.update_mask());
}

}  // namespace communique::releases
