// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/sections.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/verbs/resource_verbs.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/storage/edition_list.h"
#include "services/releases/storage/newsroom_store.h"

namespace communique::releases {
namespace {

using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

constexpr int kMaxLevels = 5;

// As for newsrooms: the way up must end, and stays as it is until the transaction ends.
absl::Status CheckParent(Session& session, const v1::Newsroom& newsroom, const v1::Section& section) {
  std::string above = section.parent_section();
  for (int level = 1; !above.empty(); ++level) {
    if (above == section.name()) {
      return platform::FailedPrecondition(
          platform::Reason::ERROR_REASON_PARENT_CYCLE, section.name(),
          absl::StrCat(section.name(), " would be above itself; choose another parent_section"));
    }
    if (level >= kMaxLevels) {
      return platform::InvalidField("parent_section", absl::StrCat("more than ", kMaxLevels, " levels of sections"));
    }
    const auto parent = FindSection(session, newsroom.uid(), above, RowLock::kForUpdate);
    if (!parent.ok()) return parent.status();
    above = parent->parent_section();
  }
  return absl::OkStatus();
}

const platform::ResourceKind<v1::Section, v1::Newsroom>& Sections() {
  static const auto* const kKind = new platform::ResourceKind<v1::Section, v1::Newsroom>{
      .field = "section",
      .find_scope = [](Session& session, const std::string& name) { return FindNewsroom(session, NewsroomOf(name)); },
      .find = [](Session& session, const v1::Newsroom& newsroom, const std::string& name,
                 RowLock lock) { return FindSection(session, newsroom.uid(), name, lock); },
      .prepare = PrepareSection,
      .insert = [](Session& session, const v1::Newsroom& newsroom, const WriteStamp& stamp,
                   v1::Section& section) { return InsertSection(session, newsroom.uid(), stamp, section); },
      .update = [](Session& session, const v1::Newsroom& newsroom, const WriteStamp& stamp, const v1::Section&,
                   v1::Section& section) { return UpdateSection(session, newsroom.uid(), stamp, section); }};
  return *kKind;
}

}  // namespace

absl::Status PrepareSection(Session& session, const v1::Newsroom& newsroom, v1::Section& section) {
  NormalizeSection(section);
  if (auto status = ValidateSection(section, newsroom); !status.ok()) return status;
  if (section.has_rule()) {
    // A rule that cannot be read must not wait for the first reader to be found out.
    if (auto status = CheckEditionFilter(section.rule().filter()); !status.ok()) {
      return platform::InvalidField("rule.filter", platform::ToStd(status.message()));
    }
  }
  return CheckParent(session, newsroom, section);
}

absl::StatusOr<Written<v1::Section>> CreateSection(const Environment& environment, const Caller& caller,
                                                   const v1::CreateSectionRequest& request) {
  const auto newsroom = NewsroomName::Parse(request.parent());
  if (!newsroom) return InvalidName("parent", request.parent(), kNewsroomPattern);
  return CreateResource(Sections(), environment, caller, {request.request_id(), request.validate_only(), request},
                        CheckId("section_id", request.section_id()),
                        SectionName{newsroom->newsroom, request.section_id()}.ToString(), request.section());
}

absl::StatusOr<v1::Section> GetSection(const Environment& environment, const Caller& caller,
                                       const v1::GetSectionRequest& request) {
  if (!SectionName::Parse(request.name())) return InvalidName("name", request.name(), kSectionPattern);
  return GetResource(Sections(), environment, caller, request.name());
}

absl::StatusOr<v1::ListSectionsResponse> ListSections(const Environment& environment, const Caller& caller,
                                                      const v1::ListSectionsRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  return ListResources<v1::ListSectionsResponse>(environment, caller,
                                                 [&](Session& session) -> absl::StatusOr<v1::ListSectionsResponse> {
                                                   const auto newsroom = FindNewsroom(session, request.parent());
                                                   if (!newsroom.ok()) return newsroom.status();
                                                   return ListSections(session, newsroom->uid(), request);
                                                 });
}

absl::StatusOr<Written<v1::Section>> UpdateSection(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateSectionRequest& request) {
  const std::string& name = request.section().name();
  if (!SectionName::Parse(name)) return InvalidName("section.name", name, kSectionPattern);
  return UpdateResource(Sections(), environment, caller, {request.request_id(), request.validate_only(), request},
                        request.section(), request.update_mask());
}

}  // namespace communique::releases
