// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/platform/resources/names.h"

// Resource names of this service (AIP-122), as parts. Parse gives nothing for what is not such a name; ToString gives
// it back. Ids are never used again after a resource is gone.
namespace communique::releases {

using platform::CheckId;
using platform::InvalidName;
using platform::kNewsroomPattern;
using platform::NewsroomName;
using platform::NewsroomParent;

// A section or a boilerplate: a child with a chosen id.
struct SectionName {
  std::string newsroom;
  std::string section;

  static std::optional<SectionName> Parse(std::string_view name);
  std::string ToString() const;
};

struct BoilerplateName {
  std::string newsroom;
  std::string boilerplate;

  static std::optional<BoilerplateName> Parse(std::string_view name);
  std::string ToString() const;
};

struct BoilerplateRevisionName {
  BoilerplateName boilerplate;
  std::int64_t revision = 0;

  static std::optional<BoilerplateRevisionName> Parse(std::string_view name);
  std::string ToString() const;
};

struct ReleaseName {
  std::string newsroom;
  std::string release;

  static std::optional<ReleaseName> Parse(std::string_view name);
  std::string ToString() const;
};

// A revision of a release by number, or by the aliases "latest" and "live".
struct ReleaseRevisionName {
  ReleaseName release;
  std::string revision;

  static std::optional<ReleaseRevisionName> Parse(std::string_view name);
  std::string ToString() const;
  // The number; nothing for an alias.
  std::optional<std::int64_t> Number() const;
};

struct EditionName {
  ReleaseName release;
  std::string locale;

  static std::optional<EditionName> Parse(std::string_view name);
  std::string ToString() const;
};

// A contact, which the contacts service keeps.
struct ContactName {
  std::string newsroom;
  std::string contact;

  static std::optional<ContactName> Parse(std::string_view name);
  std::string ToString() const;
};

// "newsrooms/n" of "newsrooms/n" and of any name that begins so, whatever comes behind it.
std::string NewsroomOf(std::string_view name);

// The parent of a list of editions: one release, a newsroom's releases ("newsrooms/n/releases/-"), or all.
struct EditionParent {
  std::string newsroom;  // empty: all
  std::string release;   // empty: all of the newsroom's

  static std::optional<EditionParent> Parse(std::string_view name);
};

// Checks an id that a caller chose for a release: it may also begin with a digit.
absl::Status CheckReleaseId(std::string_view field, std::string_view id);

// The error for the parent of a list of editions that does not parse.
absl::Status InvalidEditionParent(std::string_view parent);

// The patterns, for InvalidName.
inline constexpr std::string_view kSectionPattern = "newsrooms/{newsroom}/sections/{section}";
inline constexpr std::string_view kBoilerplatePattern = "newsrooms/{newsroom}/boilerplates/{boilerplate}";
inline constexpr std::string_view kBoilerplateRevisionPattern =
    "newsrooms/{newsroom}/boilerplates/{boilerplate}/revisions/{number}";
inline constexpr std::string_view kReleasePattern = "newsrooms/{newsroom}/releases/{release}";
inline constexpr std::string_view kRevisionPattern =
    "newsrooms/{newsroom}/releases/{release}/revisions/{number, \"latest\" or \"live\"}";
inline constexpr std::string_view kContactPattern = "newsrooms/{newsroom}/contacts/{contact}";
inline constexpr std::string_view kEditionPattern = "newsrooms/{newsroom}/releases/{release}/editions/{locale}";

}  // namespace communique::releases
