// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/import_release.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/verbs/write_once.h"
#include "services/releases/domain/linting/lint.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/text/slug.h"
#include "services/releases/storage/feed.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/create_release.h"
#include "services/releases/usecases/present_release.h"
#include "services/releases/usecases/sections.h"

namespace communique::releases {
namespace {

using platform::Session;

constexpr std::size_t kMaxSectionIdBytes = 50;

absl::StatusOr<v1::Newsroom> ReadNewsroom(const Environment& environment, const Caller& caller,
                                          const std::string& name) {
  absl::StatusOr<v1::Newsroom> newsroom;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    newsroom = FindNewsroom(session, name);
    return newsroom.status();
  });
  if (!status.ok()) return status;
  return newsroom;
}

// The page's own order and words: ids are made of titles, and numbered where two titles give the same.
absl::StatusOr<std::string> FreeSectionName(Session& session, const v1::Newsroom& newsroom, const std::string& title) {
  std::string id = MakeSlug(title, newsroom.source_language(), kMaxSectionIdBytes);
  if (id.empty() || id.front() < 'a') id = absl::StrCat("section", id.empty() ? "" : "-", id);
  const std::string parent = NewsroomName::Parse(newsroom.name())->newsroom;
  for (int number = 1;; ++number) {
    const std::string name = SectionName{parent, number == 1 ? id : absl::StrCat(id, "-", number)}.ToString();
    const auto taken = FindSection(session, newsroom.uid(), name);
    if (absl::IsNotFound(taken.status())) return name;
    if (!taken.ok()) return taken.status();
  }
}

struct MadeSections {
  std::vector<std::string> names;
  platform::ChangeSet changes;
};

absl::StatusOr<MadeSections> MakeSections(Session& session, const v1::Newsroom& newsroom,
                                          const platform::WriteStamp& stamp, const v1::ImportReport& report) {
  MadeSections made;
  for (v1::Section section : report.proposed_sections()) {
    const std::string& title = section.texts(0).title();
    const auto existing = HasSectionTitled(session, newsroom.uid(), title);
    if (!existing.ok()) return existing.status();
    if (*existing) continue;
    const auto name = FreeSectionName(session, newsroom, title);
    if (!name.ok()) return name.status();
    section.set_name(*name);
    section.clear_parent_section();
    if (auto status = PrepareSection(session, newsroom, section); !status.ok()) return status;
    if (auto status = InsertSection(session, newsroom.uid(), stamp, section); !status.ok()) return status;
    made.changes.internal.push_back(MakeChange(*name, section.uid(), v1::Change::VERB_CREATED));
    made.names.push_back(*name);
  }
  return made;
}

v1::Release ReleaseFrom(const ImportResult& result) {
  v1::Release release;
  *release.mutable_content() = result.content;
  if (result.embargo) *release.mutable_embargo() = *result.embargo;
  release.set_reference_number(result.reference_number);
  return release;
}

}  // namespace

absl::StatusOr<ReadImport> ReadImportFile(const Environment& environment, const Caller& caller,
                                          const v1::ImportReleaseRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  if (!request.release_id().empty()) {
    if (auto status = CheckReleaseId("release_id", request.release_id()); !status.ok()) return status;
  }
  if (request.text().size() > environment.limits.max_import_bytes) {
    return platform::InvalidField(
        "text", absl::StrCat("has ", request.text().size(), " bytes; at most ", environment.limits.max_import_bytes,
                             " are allowed (limits.import_bytes)"));
  }
  auto newsroom = ReadNewsroom(environment, caller, request.parent());
  if (!newsroom.ok()) return newsroom.status();
  std::string language = newsroom->source_language();
  if (!request.language().empty()) {
    const auto canonical = platform::CanonicalLanguageTag(request.language());
    if (!canonical.ok()) return platform::InvalidField("language", platform::ToStd(canonical.status().message()));
    language = *canonical;
  }
  auto result = ImportText(request.text(), language, {newsroom->name(), newsroom->time_zone()});
  if (!result.ok()) return result.status();
  AddReleaseFindings(Lint(result->content), result->report);
  return ReadImport{*std::move(newsroom), *std::move(result)};
}

absl::StatusOr<Written<v1::ImportReleaseResponse>> StoreImport(const Environment& environment, const Caller& caller,
                                                               const v1::ImportReleaseRequest& request,
                                                               const ReadImport& read) {
  std::vector<std::string> sections;
  auto written = WriteOnce<v1::Release>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<v1::Release>> {
        sections.clear();
        const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
        platform::ChangeSet changes;
        if (request.with_sections()) {
          auto made = MakeSections(session, read.newsroom, stamp, read.result.report);
          if (!made.ok()) return made.status();
          sections = std::move(made->names);
          changes = std::move(made->changes);
        }
        return AddRelease(environment, caller, session, read.newsroom, request.release_id(), ReleaseFrom(read.result),
                          now, std::move(changes), sections);
      },
      [&](Session& session, absl::Time now, const std::string& name) -> absl::StatusOr<v1::Release> {
        const auto record = FindRelease(session, read.newsroom.uid(), name);
        if (!record.ok()) return record.status();
        sections.assign(record->imported_sections().begin(), record->imported_sections().end());
        return PresentRelease(session, *record, now);
      });
  if (!written.ok()) return written.status();
  Written<v1::ImportReleaseResponse> response;
  response.position = written->position;
  *response.value.mutable_release() = std::move(written->value);
  *response.value.mutable_report() = read.result.report;
  for (std::string& name : sections) response.value.add_sections(std::move(name));
  if (request.validate_only()) {
    // Nothing was made that could be named.
    response.value.mutable_release()->clear_name();
    response.value.clear_sections();
  }
  return response;
}

}  // namespace communique::releases
