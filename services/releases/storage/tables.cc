// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/tables.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/releases/v1/release.pb.h"
#include "services/platform/base/timestamp.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using platform::ColumnType;
using platform::FilterField;
using platform::ResourceSchema;
using platform::ResourceTable;
using storage::ReleaseRecord;

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

ResourceSchema<v1::Newsroom> NewsroomSchema() {
  return {.table = "newsrooms",
          .type = "newsroom",
          .columns = {{"name", [](const v1::Newsroom& newsroom) { return newsroom.name(); }},
                      {"display_name", [](const v1::Newsroom& newsroom) { return newsroom.display_name(); }},
                      {"parent_newsroom", [](const v1::Newsroom& newsroom) { return newsroom.parent_newsroom(); }},
                      {"source_language", [](const v1::Newsroom& newsroom) { return newsroom.source_language(); }}},
          .filter_fields = {{"display_name", FilterField::Text("display_name")},
                            {"parent_newsroom", FilterField::Text("parent_newsroom")},
                            {"source_language", FilterField::Text("source_language")}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

ResourceSchema<v1::Section> SectionSchema() {
  return {.table = "sections",
          .type = "section",
          .columns = {{"name", [](const v1::Section& section) { return section.name(); }},
                      {"title_key",
                       [](const v1::Section& section) {
                         return Fold(section.texts().empty() ? "" : section.texts(0).title());
                       }},
                      {"parent_section", [](const v1::Section& section) { return section.parent_section(); }},
                      {"position", [](const v1::Section& section) { return std::int64_t{section.position()}; }}},
          .filter_fields = {{"parent_section", FilterField::Text("parent_section")}},
          .order_fields = {{"name", {"name", ColumnType::kText}}, {"position", {"position", ColumnType::kInt}}},
          .default_order = "position, name"};
}

ResourceSchema<v1::Boilerplate> BoilerplateSchema() {
  return {.table = "boilerplates",
          .type = "boilerplate",
          .columns = {{"name", [](const v1::Boilerplate& boilerplate) { return boilerplate.name(); }},
                      {"title", [](const v1::Boilerplate& boilerplate) { return boilerplate.title(); }}},
          .filter_fields = {{"title", FilterField::Text("title")}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

std::int64_t PublicSinceMicros(const v1::Release& release) {
  return release.has_public_since() ? platform::ToMicros(platform::FromTimestamp(release.public_since())) : kNever;
}

std::int64_t PurgeMicros(const v1::Release& release) {
  return release.has_purge_time() ? platform::ToMicros(platform::FromTimestamp(release.purge_time())) : 0;
}

// `state` in a filter: the stored state, with SCHEDULED and PUBLISHED told apart by the clock.
absl::StatusOr<std::string> StateCondition(absl::Time now, const platform::FilterRestriction& restriction,
                                           platform::SqlParams& params) {
  const auto stored = FilterField::Enum("state", v1::Release::State_descriptor());
  platform::FilterRestriction equal = restriction;
  const bool negated = restriction.comparator == platform::Comparator::kNotEqual;
  if (negated) equal.comparator = platform::Comparator::kEqual;
  platform::SqlParams probe;
  const auto condition = stored.ToSql(equal, probe);
  if (!condition.ok()) return condition.status();
  const auto state = static_cast<v1::Release::State>(std::get<std::int64_t>(probe.params().front().value));
  std::string sql;
  if (state == v1::Release::STATE_SCHEDULED || state == v1::Release::STATE_PUBLISHED) {
    const std::string decided = params.Add(std::int64_t{v1::Release::STATE_SCHEDULED});
    const std::string instant = params.Add(platform::ToMicros(now));
    sql = absl::StrCat("(t.state = ", decided, " AND t.public_since_us ",
                       state == v1::Release::STATE_PUBLISHED ? "<=" : ">", " ", instant, ")");
  } else {
    sql = absl::StrCat("(t.state = ", params.Add(std::int64_t{state}), ")");
  }
  return negated ? absl::StrCat("(NOT ", sql, ")") : sql;
}

ResourceSchema<ReleaseRecord> ReleaseSchema(absl::Time now) {
  return {
      .table = "releases",
      .type = "release",
      .columns = {{"name", [](const ReleaseRecord& record) { return record.release().name(); }},
                  {"state", [](const ReleaseRecord& record) { return std::int64_t{record.release().state()}; }},
                  {"pending_state",
                   [](const ReleaseRecord& record) { return std::int64_t{record.release().pending_state()}; }},
                  {"public_since_us", [](const ReleaseRecord& record) { return PublicSinceMicros(record.release()); }},
                  {"purge_us", [](const ReleaseRecord& record) { return PurgeMicros(record.release()); }},
                  {"kind", [](const ReleaseRecord& record) { return std::int64_t{record.release().content().kind()}; }},
                  {"language", [](const ReleaseRecord& record) { return record.release().content().language(); }},
                  {"headline", [](const ReleaseRecord& record) { return record.release().content().headline(); }},
                  {"creator", [](const ReleaseRecord& record) { return record.release().creator(); }},
                  {"last_editor", [](const ReleaseRecord& record) { return record.release().last_editor(); }}},
      .child_tables = {{"release_topics",
                        [](const ReleaseRecord& record) {
                          const auto& topics = record.release().topics();
                          return std::vector<std::string>(topics.begin(), topics.end());
                        }}},
      .filter_fields = {{"state", FilterField::Computed([now](const auto& restriction, auto& params) {
                           return StateCondition(now, restriction, params);
                         })},
                        {"kind", FilterField::Enum("kind", v1::ReleaseKind_descriptor())},
                        {"language", FilterField::Text("language")},
                        {"headline", FilterField::Text("headline")},
                        {"topics", FilterField::RepeatedText("release_topics")},
                        {"creator", FilterField::Text("creator")},
                        {"last_editor", FilterField::Text("last_editor")},
                        {"public_since", FilterField::Timestamp("public_since_us")}},
      .order_fields = {{"name", {"name", ColumnType::kText}}, {"public_since", {"public_since_us", ColumnType::kInt}}},
      .default_order = "update_time desc"};
}

}  // namespace

const ResourceTable<v1::Newsroom>& NewsroomTable() {
  static const auto* const kTable = new ResourceTable<v1::Newsroom>(NewsroomSchema());
  return *kTable;
}

const ResourceTable<v1::Section>& SectionTable() {
  static const auto* const kTable = new ResourceTable<v1::Section>(SectionSchema());
  return *kTable;
}

const ResourceTable<v1::Boilerplate>& BoilerplateTable() {
  static const auto* const kTable = new ResourceTable<v1::Boilerplate>(BoilerplateSchema());
  return *kTable;
}

const ResourceTable<ReleaseRecord>& ReleaseTable() {
  static const auto* const kTable = new ResourceTable<ReleaseRecord>(ReleaseSchema(absl::InfinitePast()));
  return *kTable;
}

ResourceTable<ReleaseRecord> ReleaseTableAt(absl::Time now) { return ResourceTable<ReleaseRecord>(ReleaseSchema(now)); }

}  // namespace communique::releases
