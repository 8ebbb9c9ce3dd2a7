// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/contact_line_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_fields.h"
#include "services/platform/storage/page_token.h"
#include "services/releases/domain/names.h"

namespace communique::releases {
namespace {

using internal::PrintedLine;
using platform::Bytes;
using platform::ColumnType;
using platform::OrderTerm;
using platform::Session;
using platform::SqlParams;
using platform::Value;

constexpr int kDefaultPageSize = 50;
constexpr int kMostPageSize = 1000;

std::string EditionOf(const EditionOwner& owner, const PrintedLine& line) {
  return EditionName{*ReleaseName::Parse(owner.release_name), line.locale()}.ToString();
}

std::string ListOf(const std::set<std::string>& names, SqlParams& params) {
  return absl::StrJoin(names, ", ", [&](std::string* out, const std::string& name) { out->append(params.Add(name)); });
}

absl::StatusOr<PrintedLine> Parse(const std::string& payload) {
  PrintedLine line;
  if (!line.ParseFromString(payload)) return platform::InternalError("a printed contact line does not parse");
  return line;
}

absl::Status InsertLine(Session& session, const EditionOwner& owner, const PrintedLine& line, bool news) {
  const std::string edition = EditionOf(owner, line);
  const auto inserted = session.Execute(
      "INSERT INTO contact_lines (newsroom_uid, edition, part_id, release_uid, release_name, stale, payload) VALUES "
      "(:newsroom_uid, :edition, :part, :release_uid, :release_name, :stale, :payload)",
      {{"newsroom_uid", owner.newsroom_uid},
       {"edition", edition},
       {"part", line.part_id()},
       {"release_uid", owner.release_uid},
       {"release_name", owner.release_name},
       {"stale", news ? 1 : 0},
       {"payload", Bytes{line.SerializeAsString()}}});
  if (!inserted.ok()) return inserted.status();
  for (const std::string& contact : line.depends_on()) {
    const auto added = session.Execute(
        "INSERT INTO contact_line_contacts (newsroom_uid, edition, part_id, contact) VALUES (:newsroom_uid, :edition, "
        ":part, :contact)",
        {{"newsroom_uid", owner.newsroom_uid}, {"edition", edition}, {"part", line.part_id()}, {"contact", contact}});
    if (!added.ok()) return added.status();
  }
  return absl::OkStatus();
}

// What the line in `edition` shows of whom at `now`.
v1::ContactUsage UsageOf(const std::string& edition, const PrintedLine& line, absl::Time now) {
  v1::ContactUsage usage;
  usage.set_edition(edition);
  usage.set_part_id(line.part_id());
  usage.set_revision(line.revision());
  usage.set_contact(line.contact());
  const auto [shown, next] = PeriodsAt(line, now);
  usage.set_shown_contact(shown->contact());
  usage.set_substitute(shown->substitute());
  usage.set_as_signed(shown->as_signed());
  *usage.mutable_fields() = shown->fields();
  if (next != nullptr) {
    *usage.mutable_show_until() = next->start();
    usage.set_stand_in(next->contact());
  }
  return usage;
}

bool ShowsText(std::int64_t visibility) {
  return visibility == v1::Edition::VISIBILITY_LIVE || visibility == v1::Edition::VISIBILITY_NOTICE;
}

}  // namespace

absl::Status NoteContacts(Session& session, const std::set<std::string>& contacts) {
  for (const std::string& contact : contacts) {
    const auto noted =
        session.Execute("INSERT INTO contact_news (contact, number) VALUES (:contact, 0) ON CONFLICT DO NOTHING",
                        {{"contact", contact}});
    if (!noted.ok()) return noted.status();
  }
  return absl::OkStatus();
}

absl::StatusOr<ContactNews> ReadNews(Session& session, const std::set<std::string>& contacts, platform::RowLock lock) {
  ContactNews news;
  if (contacts.empty()) return news;
  SqlParams params;
  std::string sql = absl::StrCat("SELECT contact, number FROM contact_news WHERE contact IN (",
                                 ListOf(contacts, params), ") ORDER BY contact");
  if (lock == platform::RowLock::kForUpdate && session.engine() == platform::Engine::kPostgres) sql += " FOR UPDATE";
  const auto rows = session.Query(sql, params.params());
  if (!rows.ok()) return rows.status();
  for (const auto row : *rows) news.emplace(row.Text(0), row.Int(1));
  return news;
}

absl::Status MarkNews(Session& session, const std::set<std::string>& names) {
  // All numbers first, in the order in which everybody locks them; lines after.
  std::set<std::string> noted;
  for (const std::string& name : names) {
    const auto raised =
        session.Execute("UPDATE contact_news SET number = number + 1 WHERE contact = :name", {{"name", name}});
    if (!raised.ok()) return raised.status();
    if (*raised > 0) noted.insert(name);
  }
  for (const std::string& name : noted) {
    const auto marked = session.Execute(
        "UPDATE contact_lines SET stale = 1 WHERE (newsroom_uid, edition, part_id) IN (SELECT newsroom_uid, edition, "
        "part_id FROM contact_line_contacts WHERE contact = :name)",
        {{"name", name}});
    if (!marked.ok()) return marked.status();
  }
  return absl::OkStatus();
}

absl::Status MarkNewsOfAll(Session& session) {
  if (session.engine() == platform::Engine::kPostgres) {
    // SQLite has no row locks and needs none. Which rows are locked in which order, an UPDATE does not say.
    const auto locked = session.Query("SELECT contact FROM contact_news ORDER BY contact FOR UPDATE");
    if (!locked.ok()) return locked.status();
  }
  if (auto raised = session.Execute("UPDATE contact_news SET number = number + 1"); !raised.ok()) {
    return raised.status();
  }
  return session.Execute("UPDATE contact_lines SET stale = 1").status();
}

absl::Status ReplaceContactLines(Session& session, const EditionOwner& owner, const PrintedLines& lines, bool news) {
  const platform::Params release = {{"newsroom_uid", owner.newsroom_uid}, {"release", owner.release_uid}};
  const auto unlinked = session.Execute(
      "DELETE FROM contact_line_contacts WHERE (newsroom_uid, edition, part_id) IN (SELECT newsroom_uid, edition, "
      "part_id "
      "FROM contact_lines WHERE newsroom_uid = :newsroom_uid AND release_uid = :release)",
      release);
  if (!unlinked.ok()) return unlinked.status();
  const auto removed = session.Execute(
      "DELETE FROM contact_lines WHERE newsroom_uid = :newsroom_uid AND release_uid = :release", release);
  if (!removed.ok()) return removed.status();
  for (const PrintedLine& line : lines) {
    if (auto status = InsertLine(session, owner, line, news); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<PrintedLines> FindContactLines(Session& session, const std::string& release_uid) {
  const auto rows =
      session.Query("SELECT payload FROM contact_lines WHERE release_uid = :release ORDER BY edition, part_id",
                    {{"release", release_uid}});
  if (!rows.ok()) return rows.status();
  PrintedLines lines;
  for (const auto row : *rows) {
    auto line = Parse(row.Bytes(0));
    if (!line.ok()) return line.status();
    lines.push_back(*std::move(line));
  }
  return lines;
}

absl::StatusOr<std::vector<std::string>> FindReleasesWithNews(Session& session, const std::string& after, int limit) {
  const auto rows = session.Query(
      "SELECT DISTINCT release_name FROM contact_lines WHERE stale = 1 AND release_name > :after ORDER BY release_name "
      "LIMIT :limit",
      {{"after", after}, {"limit", limit}});
  if (!rows.ok()) return rows.status();
  std::vector<std::string> names;
  for (const auto row : *rows) names.push_back(row.Text(0));
  return names;
}

absl::Status ClearNews(Session& session, const std::string& release_uid) {
  return session
      .Execute("UPDATE contact_lines SET stale = 0 WHERE release_uid = :release AND stale = 1",
               {{"release", release_uid}})
      .status();
}

absl::StatusOr<v1::ListContactUsagesResponse> ListContactUsages(Session& session,
                                                                const v1::ListContactUsagesRequest& request,
                                                                absl::Time now) {
  if (request.page_size() < 0) {
    return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  }
  const int size = request.page_size() == 0 ? kDefaultPageSize : std::min(request.page_size(), kMostPageSize);
  const std::vector<OrderTerm> order = {{"edition", ColumnType::kText, false}, {"part_id", ColumnType::kText, false}};
  const platform::PageScope scope{"ListContactUsages", request.parent(), request.contact(), "", "staff"};
  SqlParams params;
  // An edition's row that is in force tells what the line shows; one that has not begun is nobody's business.
  std::string sql = absl::StrCat(
      "SELECT t.edition, t.part_id, t.payload, e.visibility FROM contact_lines t JOIN contact_line_contacts c ON "
      "c.newsroom_uid = t.newsroom_uid AND c.edition = t.edition AND c.part_id = t.part_id JOIN editions e ON e.name = "
      "t.edition AND e.public_since_us <= ",
      params.Add(platform::ToMicros(now)), " AND e.public_until_us > ", params.Add(platform::ToMicros(now)),
      " WHERE c.contact = ", params.Add(request.contact()));
  if (request.parent() != "newsrooms/-") {
    absl::StrAppend(&sql, " AND e.newsroom = ", params.Add(NewsroomName::Parse(request.parent())->newsroom));
  }
  if (!request.page_token().empty()) {
    const auto key = platform::ParsePageToken(request.page_token(), scope, order);
    if (!key.ok()) return key.status();
    absl::StrAppend(&sql, " AND ", platform::AfterKeyToSql(order, *key, params));
  }
  absl::StrAppend(&sql, " ORDER BY ", platform::OrderToSql(order), " LIMIT ", params.Add(size + 1));
  const auto rows = session.Query(sql, params.params());
  if (!rows.ok()) return rows.status();

  v1::ListContactUsagesResponse response;
  int seen = 0;
  std::vector<Value> last;
  for (const auto row : *rows) {
    if (seen++ == size) {
      response.set_next_page_token(platform::MakePageToken(scope, last));
      break;
    }
    last = {Value(row.Text(0)), Value(row.Text(1))};
    const auto line = Parse(row.Bytes(2));
    if (!line.ok()) return line.status();
    // What was taken down shows nobody.
    if (!ShowsText(row.Int(3))) continue;
    v1::ContactUsage usage = UsageOf(row.Text(0), *line, now);
    if (usage.contact() != request.contact() && usage.shown_contact() != request.contact()) continue;
    *response.add_usages() = std::move(usage);
  }
  return response;
}

}  // namespace communique::releases
