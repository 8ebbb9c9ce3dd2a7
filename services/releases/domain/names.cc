// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/names.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "services/platform/locale/language_tag.h"

namespace communique::releases {
namespace {

using platform::IsId;
using platform::IsIdOrDated;
using platform::MatchName;

std::optional<std::int64_t> ParseNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool canonical = error == std::errc() && end == text.data() + text.size() && number > 0 && text.front() != '0';
  return canonical ? std::optional(number) : std::nullopt;
}

}  // namespace

std::optional<SectionName> SectionName::Parse(std::string_view name) {
  const auto ids = MatchName<2>(name, {"newsrooms", "sections"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return SectionName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string SectionName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/sections/", section); }

std::optional<BoilerplateName> BoilerplateName::Parse(std::string_view name) {
  const auto ids = MatchName<2>(name, {"newsrooms", "boilerplates"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return BoilerplateName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string BoilerplateName::ToString() const {
  return absl::StrCat("newsrooms/", newsroom, "/boilerplates/", boilerplate);
}

std::optional<BoilerplateRevisionName> BoilerplateRevisionName::Parse(std::string_view name) {
  const auto ids = MatchName<3>(name, {"newsrooms", "boilerplates", "revisions"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  const auto number = ParseNumber((*ids)[2]);
  if (!number) return {};
  return BoilerplateRevisionName{{std::string((*ids)[0]), std::string((*ids)[1])}, *number};
}

std::string BoilerplateRevisionName::ToString() const {
  return absl::StrCat(boilerplate.ToString(), "/revisions/", revision);
}

std::optional<ReleaseName> ReleaseName::Parse(std::string_view name) {
  const auto ids = MatchName<2>(name, {"newsrooms", "releases"});
  if (!ids || !IsId((*ids)[0]) || !IsIdOrDated((*ids)[1])) return {};
  return ReleaseName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string ReleaseName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/releases/", release); }

std::optional<ContactName> ContactName::Parse(std::string_view name) {
  const auto ids = MatchName<2>(name, {"newsrooms", "contacts"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return ContactName{std::string((*ids)[0]), std::string((*ids)[1])};
}

std::string ContactName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/contacts/", contact); }

std::optional<ReleaseRevisionName> ReleaseRevisionName::Parse(std::string_view name) {
  const auto ids = MatchName<3>(name, {"newsrooms", "releases", "revisions"});
  if (!ids || !IsId((*ids)[0]) || !IsIdOrDated((*ids)[1])) return {};
  ReleaseRevisionName parsed{{std::string((*ids)[0]), std::string((*ids)[1])}, std::string((*ids)[2])};
  if (parsed.revision != "latest" && parsed.revision != "live" && !parsed.Number()) return {};
  return parsed;
}

std::string ReleaseRevisionName::ToString() const { return absl::StrCat(release.ToString(), "/revisions/", revision); }

std::optional<std::int64_t> ReleaseRevisionName::Number() const {
  return revision.empty() ? std::nullopt : ParseNumber(revision);
}

std::optional<EditionName> EditionName::Parse(std::string_view name) {
  const auto ids = MatchName<3>(name, {"newsrooms", "releases", "editions"});
  if (!ids || !IsId((*ids)[0]) || !IsIdOrDated((*ids)[1])) return {};
  if (!platform::IsCanonicalLanguageTag((*ids)[2])) return {};
  return EditionName{{std::string((*ids)[0]), std::string((*ids)[1])}, std::string((*ids)[2])};
}

std::string EditionName::ToString() const { return absl::StrCat(release.ToString(), "/editions/", locale); }

std::string NewsroomOf(std::string_view name) {
  return std::string(name.substr(0, name.find('/', sizeof("newsrooms/") - 1)));
}

std::optional<EditionParent> EditionParent::Parse(std::string_view name) {
  const auto ids = MatchName<2>(name, {"newsrooms", "releases"});
  if (!ids) return {};
  const auto [newsroom, release] = *ids;
  if (newsroom != "-" && !IsId(newsroom)) return {};
  if (release == "-") return EditionParent{newsroom == "-" ? "" : std::string(newsroom), ""};
  if (newsroom == "-" || !IsIdOrDated(release)) return {};
  return EditionParent{std::string(newsroom), std::string(release)};
}

absl::Status CheckReleaseId(std::string_view field, std::string_view id) { return platform::CheckIdOrDated(field, id); }

absl::Status InvalidEditionParent(std::string_view parent) {
  return InvalidName("parent", parent,
                     "newsrooms/{newsroom}/releases/{release}, with - for all releases or all newsrooms");
}

}  // namespace communique::releases
