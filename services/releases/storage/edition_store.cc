// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/edition_store.h"

#include <algorithm>
#include <limits>

#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"

namespace communique::releases {
namespace {

using platform::Bytes;
using platform::FromMicros;
using platform::Session;
using platform::ToMicros;

// Stored for "never": it sorts behind every instant.
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

absl::Time FromStored(std::int64_t micros) { return micros == kNever ? absl::InfiniteFuture() : FromMicros(micros); }

// The newest row of an edition, whether it has begun or not.
struct LastRow {
  std::int64_t number = 0;
  std::string etag;
};

absl::StatusOr<LastRow> FindLastRow(Session& session, const std::string& name) {
  const auto rows = session.Query("SELECT number, etag FROM editions WHERE name = :name ORDER BY number DESC LIMIT 1",
                                  {{"name", name}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return LastRow{};
  return LastRow{(*rows)[0].Int(0), (*rows)[0].Text(1)};
}

absl::Status EndRow(Session& session, const std::string& name, std::int64_t number, std::int64_t until) {
  const auto ended =
      session.Execute("UPDATE editions SET public_until_us = :until WHERE name = :name AND number = :number",
                      {{"until", until}, {"name", name}, {"number", number}});
  return ended.status();
}

absl::Status InsertRow(Session& session, const EditionOwner& owner, const PlannedEdition& planned, std::int64_t number,
                       absl::Time now) {
  const v1::Edition& edition = planned.edition;
  const std::string uid = platform::MakeUuidV7(now);
  const auto inserted = session.Execute(
      "INSERT INTO editions (newsroom_uid, uid, newsroom, release_uid, release_name, name, locale, number, "
      "public_since_us, public_until_us, publish_us, changed_us, visibility, kind, slug, reference_number, etag, verb, "
      "announced, payload, card) VALUES (:newsroom_uid, :uid, :newsroom, :release_uid, :release_name, :name, :locale, "
      ":number, :public_since, :never, :publish, :changed, :visibility, :kind, :slug, :reference, :etag, :verb, "
      ":announced, :payload, :card)",
      {{"newsroom_uid", owner.newsroom_uid},
       {"uid", uid},
       {"newsroom", owner.newsroom},
       {"release_uid", owner.release_uid},
       {"release_name", owner.release_name},
       {"name", edition.name()},
       {"locale", edition.locale()},
       {"number", number},
       {"public_since", ToMicros(planned.public_since)},
       {"never", kNever},
       {"publish", ToMicros(platform::FromTimestamp(edition.publish_time()))},
       {"changed", ToMicros(platform::FromTimestamp(edition.update_time()))},
       {"visibility", static_cast<int>(edition.visibility())},
       {"kind", static_cast<int>(edition.content().kind())},
       {"slug", edition.slug()},
       {"reference", edition.reference_number()},
       {"etag", edition.etag()},
       {"verb", static_cast<int>(planned.verb)},
       {"announced", planned.public_since <= now ? 1 : 0},
       {"payload", Bytes{edition.SerializeAsString()}},
       {"card", Bytes{planned.card.SerializeAsString()}}});
  if (!inserted.ok()) return inserted.status();
  for (const auto& topic : edition.topics()) {
    const auto added =
        session.Execute("INSERT INTO edition_topics (newsroom_uid, uid, value) VALUES (:newsroom_uid, :uid, :topic)",
                        {{"newsroom_uid", owner.newsroom_uid}, {"uid", uid}, {"topic", topic}});
    if (!added.ok()) return added.status();
  }
  return absl::OkStatus();
}

EditionState StateOf(const platform::Row& row, std::size_t since, std::size_t visibility) {
  return {FromMicros(row.Int(since)), static_cast<v1::Edition::Visibility>(row.Int(visibility))};
}

}  // namespace

absl::Status RemoveFutureEditions(Session& session, const EditionOwner& owner, absl::Time now) {
  const auto topics = session.Execute(
      "DELETE FROM edition_topics WHERE newsroom_uid = :newsroom_uid AND uid IN (SELECT uid FROM editions WHERE "
      "release_uid = :release AND public_since_us > :now)",
      {{"newsroom_uid", owner.newsroom_uid}, {"release", owner.release_uid}, {"now", ToMicros(now)}});
  if (!topics.ok()) return topics.status();
  const auto removed = session.Execute("DELETE FROM editions WHERE release_uid = :release AND public_since_us > :now",
                                       {{"release", owner.release_uid}, {"now", ToMicros(now)}});
  if (!removed.ok()) return removed.status();
  const auto opened = session.Execute(
      "UPDATE editions SET public_until_us = :never WHERE release_uid = :release AND public_until_us > :now",
      {{"never", kNever}, {"release", owner.release_uid}, {"now", ToMicros(now)}});
  return opened.status();
}

absl::StatusOr<std::vector<PlannedEdition>> ReplaceEditions(Session& session, const EditionOwner& owner,
                                                            const std::vector<PlannedEdition>& plan, absl::Time now) {
  if (auto status = RemoveFutureEditions(session, owner, now); !status.ok()) return status;
  std::vector<PlannedEdition> begun;
  for (PlannedEdition planned : plan) {
    const auto last = FindLastRow(session, planned.edition.name());
    if (!last.ok()) return last.status();
    if (last->etag == planned.edition.etag()) continue;
    if (last->number > 0) {
      const auto status = EndRow(session, planned.edition.name(), last->number, ToMicros(planned.public_since));
      if (!status.ok()) return status;
    } else {
      planned.verb = v1::Change::VERB_PUBLISHED;
    }
    if (auto status = InsertRow(session, owner, planned, last->number + 1, now); !status.ok()) return status;
    if (planned.public_since <= now) begun.push_back(std::move(planned));
  }
  return begun;
}

absl::StatusOr<std::optional<StoredEdition>> FindEdition(Session& session, const std::string& name, absl::Time now) {
  const auto rows = session.Query(
      "SELECT payload, etag, public_since_us, public_until_us, visibility FROM editions WHERE name = :name AND "
      "public_since_us <= :now ORDER BY number DESC LIMIT 1",
      {{"name", name}, {"now", ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::optional<StoredEdition>();
  const auto row = (*rows)[0];
  const Visibility visibility = VisibilityOf(StateOf(row, 2, 4), now);
  if (visibility == Visibility::kAbsent) return std::optional<StoredEdition>();
  return StoredEdition{row.Bytes(0), row.Text(1), visibility, FromStored(row.Int(3))};
}

absl::StatusOr<std::vector<PublicLanguage>> FindLanguages(Session& session, const std::string& release_name,
                                                          absl::Time now) {
  const auto rows = session.Query(
      "SELECT locale, name, public_since_us, visibility FROM editions WHERE release_name = :release AND "
      "public_since_us "
      "<= :now AND public_until_us > :now ORDER BY locale, name",
      {{"release", release_name}, {"now", ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  std::vector<PublicLanguage> languages;
  for (const auto row : *rows) {
    const Visibility visibility = VisibilityOf(StateOf(row, 2, 3), now);
    if (visibility != Visibility::kAbsent) languages.push_back({row.Text(0), row.Text(1), visibility});
  }
  return languages;
}

absl::StatusOr<absl::Time> NextBoundary(Session& session, const std::string& newsroom, absl::Time now) {
  const auto rows =
      newsroom.empty()
          ? session.Query("SELECT COALESCE(MIN(public_since_us), :never) FROM editions WHERE public_since_us > :now",
                          {{"never", kNever}, {"now", ToMicros(now)}})
          : session.Query(
                "SELECT COALESCE(MIN(public_since_us), :never) FROM editions WHERE newsroom = :newsroom AND "
                "public_since_us > :now",
                {{"never", kNever}, {"newsroom", newsroom}, {"now", ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  return FromStored((*rows)[0].Int(0));
}

absl::StatusOr<std::vector<DueEdition>> FindDue(Session& session, const std::string& release_uid, absl::Time now,
                                                int limit) {
  const std::string select =
      "SELECT newsroom_uid, newsroom, release_uid, name, number, verb, public_since_us FROM editions WHERE announced = "
      "0 "
      "AND public_since_us <= :now ";
  const std::string order = "ORDER BY public_since_us, name, number LIMIT :limit";
  const auto rows = release_uid.empty()
                        ? session.Query(select + order, {{"now", ToMicros(now)}, {"limit", limit}})
                        : session.Query(select + "AND release_uid = :release " + order,
                                        {{"now", ToMicros(now)}, {"release", release_uid}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<DueEdition> due;
  for (const auto row : *rows) {
    due.push_back({row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Int(4),
                   static_cast<v1::Change::Verb>(row.Int(5)), FromMicros(row.Int(6))});
  }
  return due;
}

absl::StatusOr<bool> MarkAnnounced(Session& session, const DueEdition& due) {
  const auto marked =
      session.Execute("UPDATE editions SET announced = 1 WHERE name = :name AND number = :number AND announced = 0",
                      {{"name", due.name}, {"number", due.number}});
  if (!marked.ok()) return marked.status();
  return *marked == 1;
}

absl::StatusOr<absl::Time> NextDue(Session& session) {
  const auto rows = session.Query("SELECT COALESCE(MIN(public_since_us), :never) FROM editions WHERE announced = 0",
                                  {{"never", kNever}});
  if (!rows.ok()) return rows.status();
  return FromStored((*rows)[0].Int(0));
}

absl::StatusOr<absl::Time> LastBegun(Session& session, const std::string& release_uid) {
  const auto rows = session.Query(
      "SELECT COALESCE(MAX(public_since_us), -1) FROM editions WHERE release_uid = :release AND announced = 1",
      {{"release", release_uid}});
  if (!rows.ok()) return rows.status();
  const std::int64_t last = (*rows)[0].Int(0);
  return last < 0 ? absl::InfinitePast() : FromMicros(last);
}

absl::StatusOr<absl::Time> NextBeginning(Session& session, const std::string& release_uid, absl::Time now) {
  const auto rows = session.Query(
      "SELECT COALESCE(MIN(public_since_us), :never) FROM editions WHERE release_uid = :release AND public_since_us > "
      ":now",
      {{"never", kNever}, {"release", release_uid}, {"now", ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  return FromStored((*rows)[0].Int(0));
}

absl::StatusOr<bool> IsSlugTaken(Session& session, const EditionOwner& owner, const std::string& locale,
                                 const std::string& slug, absl::Time now) {
  const auto rows = session.Query(
      "SELECT name FROM editions WHERE newsroom_uid = :newsroom AND locale = :locale AND slug = :slug AND "
      "release_uid <> :release AND (public_since_us <= :now OR announced = 1) ORDER BY name LIMIT 1",
      {{"newsroom", owner.newsroom_uid},
       {"locale", locale},
       {"slug", slug},
       {"release", owner.release_uid},
       {"now", ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

}  // namespace communique::releases
