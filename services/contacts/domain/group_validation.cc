// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/group_validation.h"

#include <set>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/field_problems.h"
#include "services/contacts/domain/names.h"
#include "services/platform/base/string_view.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

void CheckNames(std::string_view field, const Names& names, const GroupLimits& limits,
                platform::FieldViolations& violations) {
  platform::CheckCount(std::string(field), names.size(), limits.changes, violations);
  for (int i = 0; i < names.size(); ++i) {
    if (ContactName::Parse(names[i])) continue;
    violations.Merge("", InvalidName(absl::StrCat(platform::ToAbsl(field), "[", i, "]"), names[i], kContactPattern));
  }
}

}  // namespace

absl::Status ValidateGroup(const v1::ContactGroup& group, const GroupLimits& limits) {
  platform::FieldViolations violations;
  CheckName("display_name", group.display_name(), {limits.name_characters, true}, violations);
  platform::CheckText("description", group.description(), {limits.description_characters}, violations);
  return violations.ToStatus();
}

absl::Status ValidateMembers(const v1::ModifyGroupMembersRequest& request, const GroupLimits& limits) {
  platform::FieldViolations violations;
  CheckNames("add", request.add(), limits, violations);
  CheckNames("remove", request.remove(), limits, violations);
  const std::set<std::string> added(request.add().begin(), request.add().end());
  for (int i = 0; i < request.remove_size(); ++i) {
    if (!added.contains(request.remove(i))) continue;
    violations.Add(absl::StrCat("remove[", i, "]"), "is to be added as well; leave it out of one of the lists");
  }
  return violations.ToStatus();
}

}  // namespace communique::contacts
