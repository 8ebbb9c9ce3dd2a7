// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/names.h"

#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/locale/text.h"

namespace communique::releases {
namespace {

using platform::ToAbsl;

constexpr std::size_t kMaxIdBytes = 63;

bool IsIdCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

bool IsReleaseId(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes || id.front() == '-' || id.back() == '-') return false;
  for (const char c : id) {
    if (!IsIdCharacter(c)) return false;
  }
  return true;
}

bool IsId(std::string_view id) { return IsReleaseId(id) && id.front() >= 'a' && id.front() <= 'z'; }

// Splits "a/x/b/y" into its variable parts, when its fixed parts are those given.
template <std::size_t kParts>
std::optional<std::array<std::string_view, kParts>> Match(std::string_view name,
                                                          const std::array<std::string_view, kParts>& collections) {
  std::array<std::string_view, kParts> ids;
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string_view collection = collections[i];
    if (!name.starts_with(collection) || name.size() <= collection.size() || name[collection.size()] != '/') return {};
    name.remove_prefix(collection.size() + 1);
    const std::size_t slash = name.find('/');
    const bool last = i + 1 == kParts;
    if (last != (slash == std::string_view::npos)) return {};
    ids[i] = name.substr(0, slash);
    if (!last) name.remove_prefix(slash + 1);
  }
  return ids;
}

std::optional<std::int64_t> ParseNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool canonical = error == std::errc() && end == text.data() + text.size() && number > 0 && text.front() != '0';
  return canonical ? std::optional(number) : std::nullopt;
}

absl::Status BadId(std::string_view field, std::string_view id, std::string_view first) {
  return platform::InvalidField(
      field, absl::StrCat("\"", platform::Excerpt(id, 70), "\" is not an id; it begins with ", ToAbsl(first),
                          ", goes on with lower-case letters, digits and dashes, ends without a dash and is at most ",
                          kMaxIdBytes, " characters long"));
}

}  // namespace

std::optional<NewsroomName> NewsroomName::Parse(std::string_view name) {
  const auto ids = Match<1>(name, {"newsrooms"});
  if (!ids || !IsId((*ids)[0])) return {};
  return NewsroomName{std::string((*ids)[0])};
}

std::string NewsroomName::ToString() const { return absl::StrCat("newsrooms/", newsroom); }

std::optional<SectionName> SectionName::Parse(std::string_view name) {
  const auto ids = Match<2>(name, {"newsrooms", "sections"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return SectionName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string SectionName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/sections/", section); }

std::optional<BoilerplateName> BoilerplateName::Parse(std::string_view name) {
  const auto ids = Match<2>(name, {"newsrooms", "boilerplates"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return BoilerplateName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string BoilerplateName::ToString() const {
  return absl::StrCat("newsrooms/", newsroom, "/boilerplates/", boilerplate);
}

std::optional<BoilerplateRevisionName> BoilerplateRevisionName::Parse(std::string_view name) {
  const auto ids = Match<3>(name, {"newsrooms", "boilerplates", "revisions"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  const auto number = ParseNumber((*ids)[2]);
  if (!number) return {};
  return BoilerplateRevisionName{{std::string((*ids)[0]), std::string((*ids)[1])}, *number};
}

std::string BoilerplateRevisionName::ToString() const {
  return absl::StrCat(boilerplate.ToString(), "/revisions/", revision);
}

std::optional<ReleaseName> ReleaseName::Parse(std::string_view name) {
  const auto ids = Match<2>(name, {"newsrooms", "releases"});
  if (!ids || !IsId((*ids)[0]) || !IsReleaseId((*ids)[1])) return {};
  return ReleaseName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string ReleaseName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/releases/", release); }

std::optional<ReleaseRevisionName> ReleaseRevisionName::Parse(std::string_view name) {
  const auto ids = Match<3>(name, {"newsrooms", "releases", "revisions"});
  if (!ids || !IsId((*ids)[0]) || !IsReleaseId((*ids)[1])) return {};
  ReleaseRevisionName parsed{{std::string((*ids)[0]), std::string((*ids)[1])}, std::string((*ids)[2])};
  if (parsed.revision != "latest" && parsed.revision != "live" && !parsed.Number()) return {};
  return parsed;
}

std::string ReleaseRevisionName::ToString() const { return absl::StrCat(release.ToString(), "/revisions/", revision); }

std::optional<std::int64_t> ReleaseRevisionName::Number() const {
  return revision.empty() ? std::nullopt : ParseNumber(revision);
}

std::optional<EditionName> EditionName::Parse(std::string_view name) {
  const auto ids = Match<3>(name, {"newsrooms", "releases", "editions"});
  if (!ids || !IsId((*ids)[0]) || !IsReleaseId((*ids)[1])) return {};
  if (!platform::IsCanonicalLanguageTag((*ids)[2])) return {};
  return EditionName{{std::string((*ids)[0]), std::string((*ids)[1])}, std::string((*ids)[2])};
}

std::string EditionName::ToString() const { return absl::StrCat(release.ToString(), "/editions/", locale); }

std::optional<NewsroomParent> NewsroomParent::Parse(std::string_view name) {
  if (name == "newsrooms/-") return NewsroomParent{};
  const auto newsroom = NewsroomName::Parse(name);
  if (!newsroom) return {};
  return NewsroomParent{newsroom->newsroom};
}

std::optional<EditionParent> EditionParent::Parse(std::string_view name) {
  const auto ids = Match<2>(name, {"newsrooms", "releases"});
  if (!ids) return {};
  const auto [newsroom, release] = *ids;
  if (newsroom != "-" && !IsId(newsroom)) return {};
  if (release == "-") return EditionParent{newsroom == "-" ? "" : std::string(newsroom), ""};
  if (newsroom == "-" || !IsReleaseId(release)) return {};
  return EditionParent{std::string(newsroom), std::string(release)};
}

absl::Status CheckId(std::string_view field, std::string_view id) {
  return IsId(id) ? absl::OkStatus() : BadId(field, id, "a lower-case letter");
}

absl::Status CheckReleaseId(std::string_view field, std::string_view id) {
  return IsReleaseId(id) ? absl::OkStatus() : BadId(field, id, "a lower-case letter or a digit");
}

absl::Status InvalidName(std::string_view field, std::string_view name, std::string_view pattern) {
  return platform::InvalidField(
      field, absl::StrCat("\"", platform::Excerpt(name, 120), "\" is not a name of the form ", ToAbsl(pattern)));
}

absl::Status InvalidEditionParent(std::string_view parent) {
  return InvalidName("parent", parent,
                     "newsrooms/{newsroom}/releases/{release}, with - for all releases or all newsrooms");
}

}  // namespace communique::releases
