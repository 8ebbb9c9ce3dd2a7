// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/platform/resources/names.h"

// Resource names of this service (AIP-122), as parts. Parse gives nothing for what is not such a name; ToString gives
// it back. Ids are never used again after a resource is gone.
namespace communique::contacts {

using platform::CheckId;
using platform::InvalidName;
using platform::kNewsroomPattern;
using platform::NewsroomName;
using platform::NewsroomParent;

struct OrganizationName {
  std::string newsroom;
  std::string organization;

  static std::optional<OrganizationName> Parse(std::string_view name);
  std::string ToString() const;
};

struct ContactName {
  std::string newsroom;
  std::string contact;

  static std::optional<ContactName> Parse(std::string_view name);
  std::string ToString() const;
};

struct MergeName {
  std::string newsroom;
  std::string merge;

  static std::optional<MergeName> Parse(std::string_view name);
  std::string ToString() const;
};

struct GroupName {
  std::string newsroom;
  std::string group;

  static std::optional<GroupName> Parse(std::string_view name);
  std::string ToString() const;
};

struct ErasureName {
  std::string newsroom;
  std::string erasure;

  static std::optional<ErasureName> Parse(std::string_view name);
  std::string ToString() const;
};

struct ProcessingRecordName {
  std::string newsroom;
  std::string contact;
  std::string processing_record;

  static std::optional<ProcessingRecordName> Parse(std::string_view name);
  std::string ToString() const;
  // "newsrooms/{newsroom}/contacts/{contact}"
  std::string ContactToString() const;
};

struct SuppressionName {
  std::string newsroom;
  std::string suppression;

  static std::optional<SuppressionName> Parse(std::string_view name);
  std::string ToString() const;
};

// The patterns, for InvalidName.
inline constexpr std::string_view kOrganizationPattern = "newsrooms/{newsroom}/organizations/{organization}";
inline constexpr std::string_view kContactPattern = "newsrooms/{newsroom}/contacts/{contact}";
inline constexpr std::string_view kMergePattern = "newsrooms/{newsroom}/merges/{merge}";
inline constexpr std::string_view kGroupPattern = "newsrooms/{newsroom}/groups/{group}";
inline constexpr std::string_view kErasurePattern = "newsrooms/{newsroom}/erasures/{erasure}";
inline constexpr std::string_view kProcessingRecordPattern =
    "newsrooms/{newsroom}/contacts/{contact}/processingRecords/{processing_record}";
inline constexpr std::string_view kSuppressionPattern = "newsrooms/{newsroom}/suppressions/{suppression}";

}  // namespace communique::contacts
