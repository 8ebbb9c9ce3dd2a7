// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/names.h"

#include <array>

#include "absl/strings/str_cat.h"

namespace communique::contacts {
namespace {

using platform::IsId;

// The ids of "newsrooms/{newsroom}/{collection}/{id}".
std::optional<std::array<std::string, 2>> ParseChild(std::string_view name, std::string_view collection) {
  const auto ids = platform::MatchName<2>(name, {"newsrooms", collection});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1])) return {};
  return std::array{std::string((*ids)[0]), std::string((*ids)[1])};
}

}  // namespace

std::optional<OrganizationName> OrganizationName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "organizations");
  if (!ids) return {};
  return OrganizationName{(*ids)[0], (*ids)[1]};
}

std::string OrganizationName::ToString() const {
  return absl::StrCat("newsrooms/", newsroom, "/organizations/", organization);
}

std::optional<ContactName> ContactName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "contacts");
  if (!ids) return {};
  return ContactName{(*ids)[0], (*ids)[1]};
}

std::string ContactName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/contacts/", contact); }

std::optional<MergeName> MergeName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "merges");
  if (!ids) return {};
  return MergeName{(*ids)[0], (*ids)[1]};
}

std::string MergeName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/merges/", merge); }

std::optional<GroupName> GroupName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "groups");
  if (!ids) return {};
  return GroupName{(*ids)[0], (*ids)[1]};
}

std::string GroupName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/groups/", group); }

std::optional<ErasureName> ErasureName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "erasures");
  if (!ids) return {};
  return ErasureName{(*ids)[0], (*ids)[1]};
}

std::string ErasureName::ToString() const { return absl::StrCat("newsrooms/", newsroom, "/erasures/", erasure); }

std::optional<ProcessingRecordName> ProcessingRecordName::Parse(std::string_view name) {
  const auto ids = platform::MatchName<3>(name, {"newsrooms", "contacts", "processingRecords"});
  if (!ids || !IsId((*ids)[0]) || !IsId((*ids)[1]) || !IsId((*ids)[2])) return {};
  return ProcessingRecordName{std::string((*ids)[0]), std::string((*ids)[1]), std::string((*ids)[2])};
}

std::string ProcessingRecordName::ToString() const {
  return absl::StrCat(ContactToString(), "/processingRecords/", processing_record);
}

std::string ProcessingRecordName::ContactToString() const { return ContactName{newsroom, contact}.ToString(); }

std::optional<SuppressionName> SuppressionName::Parse(std::string_view name) {
  const auto ids = ParseChild(name, "suppressions");
  if (!ids) return {};
  return SuppressionName{(*ids)[0], (*ids)[1]};
}

std::string SuppressionName::ToString() const {
  return absl::StrCat("newsrooms/", newsroom, "/suppressions/", suppression);
}

}  // namespace communique::contacts
