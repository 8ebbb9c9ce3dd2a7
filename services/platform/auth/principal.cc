// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/principal.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr std::string_view kEvery = "*";
constexpr std::string_view kCollection = "newsrooms/";

}  // namespace

const std::shared_ptr<const Principal>& Principal::Anonymous() {
  static const auto& anonymous = *new std::shared_ptr<const Principal>(new Principal());
  return anonymous;
}

Principal::Principal() : id_("anonymous"), anonymous_(true), everywhere_(PermissionsOfAnonymous()) {}

Principal::Principal(std::string id, const std::vector<Grant>& grants)
    : id_(std::move(id)), everywhere_(PermissionsOfAnonymous()) {
  std::map<std::string, PermissionSet> somewhere;
  for (const Grant& grant : grants) {
    PermissionSet permissions;
    for (const Role role : grant.roles) permissions |= PermissionsOf(role);
    for (const std::string& newsroom : grant.newsrooms) {
      (newsroom == kEvery ? everywhere_ : somewhere[newsroom]) |= permissions;
    }
  }
  somewhere_.assign(somewhere.begin(), somewhere.end());
}

PermissionSet Principal::PermissionsIn(std::string_view newsroom) const {
  PermissionSet permissions = everywhere_;
  const auto found = std::lower_bound(somewhere_.begin(), somewhere_.end(), newsroom,
                                      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  if (found != somewhere_.end() && found->first == newsroom) permissions |= found->second;
  return permissions;
}

std::string_view NewsroomOf(std::string_view resource) {
  if (!resource.starts_with(kCollection)) return {};
  resource.remove_prefix(kCollection.size());
  return resource.substr(0, resource.find('/'));
}

absl::Status CheckAccess(const Principal& principal, Audience audience, Permission permission,
                         std::string_view newsroom) {
  const bool must_identify = audience != common::v1::AUDIENCE_PUBLIC;
  if (must_identify && principal.anonymous()) {
    return MakeError(absl::StatusCode::kUnauthenticated, Reason::ERROR_REASON_TOKEN_REQUIRED,
                     "this call is for identified callers: send metadata authorization: Bearer <token>");
  }
  if (principal.Allows(permission, newsroom)) return absl::OkStatus();
  const bool every = newsroom.empty() || newsroom == "-";
  const std::string_view name = PermissionName(permission);
  return MakeError(
      absl::StatusCode::kPermissionDenied, Reason::ERROR_REASON_PERMISSION_DENIED,
      absl::StrCat(principal.id(), " may not do this: it needs the permission ", ToAbsl(name), " in ",
                   every ? "every newsroom" : "the newsroom ", every ? absl::string_view() : ToAbsl(newsroom)),
      {{"permission", name}, {"newsroom", every ? std::string_view(kEvery) : newsroom}});
}

}  // namespace communique::platform
