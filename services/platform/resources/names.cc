// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/resources/names.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxIdBytes = 63;

bool IsIdCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

absl::Status BadId(std::string_view field, std::string_view id, std::string_view first) {
  return InvalidField(
      field, absl::StrCat("\"", Excerpt(id, 70), "\" is not an id; it begins with ", ToAbsl(first),
                          ", goes on with lower-case letters, digits and dashes, ends without a dash and is at most ",
                          kMaxIdBytes, " characters long"));
}

}  // namespace

bool IsIdOrDated(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes || id.front() == '-' || id.back() == '-') return false;
  for (const char c : id) {
    if (!IsIdCharacter(c)) return false;
  }
  return true;
}

bool IsId(std::string_view id) { return IsIdOrDated(id) && id.front() >= 'a' && id.front() <= 'z'; }

absl::Status CheckId(std::string_view field, std::string_view id) {
  return IsId(id) ? absl::OkStatus() : BadId(field, id, "a lower-case letter");
}

absl::Status CheckIdOrDated(std::string_view field, std::string_view id) {
  return IsIdOrDated(id) ? absl::OkStatus() : BadId(field, id, "a lower-case letter or a digit");
}

std::optional<NewsroomName> NewsroomName::Parse(std::string_view name) {
  const auto ids = MatchName<1>(name, {"newsrooms"});
  if (!ids || !IsId((*ids)[0])) return {};
  return NewsroomName{std::string((*ids)[0])};
}

std::string NewsroomName::ToString() const { return absl::StrCat("newsrooms/", newsroom); }

std::optional<NewsroomParent> NewsroomParent::Parse(std::string_view name) {
  if (name == "newsrooms/-") return NewsroomParent{};
  const auto newsroom = NewsroomName::Parse(name);
  if (!newsroom) return {};
  return NewsroomParent{newsroom->newsroom};
}

absl::Status InvalidName(std::string_view field, std::string_view name, std::string_view pattern) {
  return InvalidField(field, absl::StrCat("\"", Excerpt(name, 120), "\" is not a name of the form ", ToAbsl(pattern)));
}

}  // namespace communique::platform
