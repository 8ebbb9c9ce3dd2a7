// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/access_matrix.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "services/platform/auth/principal.h"
#include "services/platform/auth/roles.h"
#include "services/platform/rpc/bound_service.h"
#include "services/platform/rpc/resource_path.h"

namespace communique::platform {
namespace {

using common::v1::Access;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

std::string AudienceName(const Access& access) {
  return std::string(absl::StripPrefix(common::v1::Audience_Name(access.audience()), "AUDIENCE_"));
}

std::string Padded(std::string_view text, std::size_t width) {
  std::string padded(text);
  padded.resize(std::max(width, text.size()), ' ');
  return padded;
}

bool Allowed(const Access& access, const Principal& principal, std::string_view newsroom) {
  return CheckAccess(principal, access.audience(), access.permission(), newsroom).ok();
}

std::string_view Cell(const Access& access, Role role) {
  constexpr char kNewsroom[] = "a";
  const Principal here("here", {{{role}, {kNewsroom}}});
  const Principal everywhere("everywhere", {{{role}, {"*"}}});
  if (!access.resource().empty() && Allowed(access, here, kNewsroom)) return "yes";
  if (Allowed(access, here, "")) return "yes";
  return Allowed(access, everywhere, "") ? "all" : "-";
}

absl::StatusOr<std::string> Line(const MethodDescriptor& method) {
  const auto access = AccessRuleOf(method);
  if (!access.ok()) return access.status();
  if (!access->resource().empty()) {
    const auto path = ResourcePath::Compile(*method.input_type(), access->resource());
    if (!path.ok())
      return absl::FailedPreconditionError(absl::StrCat(method.full_name(), ": ", path.status().message()));
  }
  std::string line = absl::StrFormat("  %-26s %-7s %-11s %-18s", method.name(), AudienceName(*access),
                                     std::string(PermissionName(access->permission())),
                                     access->resource().empty() ? "(all newsrooms)" : access->resource());
  absl::StrAppendFormat(&line, " %-9s", Allowed(*access, *Principal::Anonymous(), "a") ? "yes" : "-");
  for (const Role role : kAllRoles) absl::StrAppend(&line, " ", Padded(Cell(*access, role), RoleName(role).size()));
  return std::string(absl::StripTrailingAsciiWhitespace(line));
}

}  // namespace

absl::StatusOr<std::string> AccessMatrix(const std::vector<const ServiceDescriptor*>& services) {
  std::string head = absl::StrFormat("%-67s %s", "", "anonymous");
  for (const Role role : kAllRoles) absl::StrAppend(&head, " ", std::string(RoleName(role)));
  std::string matrix = absl::StrCat(absl::StripTrailingAsciiWhitespace(head), "\n");
  for (const ServiceDescriptor* service : services) {
    absl::StrAppend(&matrix, service->full_name(), "\n");
    for (int i = 0; i < service->method_count(); ++i) {
      const auto line = Line(*service->method(i));
      if (!line.ok()) return line.status();
      absl::StrAppend(&matrix, *line, "\n");
    }
  }
  return matrix;
}

}  // namespace communique::platform
