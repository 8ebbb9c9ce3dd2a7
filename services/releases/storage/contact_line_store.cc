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

v1::ContactUsage::Field FieldOf(v1::ContactSegment::Kind kind) {
  switch (kind) {
    case v1::ContactSegment::KIND_PERSON:
      return v1::ContactUsage::FIELD_NAME;
    case v1::ContactSegment::KIND_ROLE:
      return v1::ContactUsage::FIELD_ROLE;
    case v1::ContactSegment::KIND_ORGANIZATION:
      return v1::ContactUsage::FIELD_ORGANIZATION;
    case v1::ContactSegment::KIND_EMAIL:
      return v1::ContactUsage::FIELD_EMAIL;
    case v1::ContactSegment::KIND_PHONE:
      return v1::ContactUsage::FIELD_PHONE;
    case v1::ContactSegment::KIND_URL:
      return v1::ContactUsage::FIELD_URL;
    default:
      return v1::ContactUsage::FIELD_UNSPECIFIED;
  }
}

// What the line in `edition`, whose reply is `payload`, shows of whom at `now`.
v1::ContactUsage UsageOf(const std::string& edition_name, const PrintedLine& line, const v1::Edition& edition,
                         absl::Time now) {
  v1::ContactUsage usage;
  usage.set_edition(edition_name);
  usage.set_part_id(line.part_id());
  usage.set_revision(line.revision());
  usage.set_contact(line.contact());
  const auto [shown, next] = PeriodsAt(line, now);
  usage.set_shown_contact(shown->contact());
  usage.set_substitute(shown->substitute());
  usage.set_as_signed(shown->as_signed());
  if (next != nullptr) {
    *usage.mutable_show_until() = next->start();
    usage.set_stand_in(next->contact());
  }
  std::set<v1::ContactUsage::Field> fields;
  for (const auto& printed : edition.content().contact_lines()) {
    if (printed.part_id() != line.part_id()) continue;
    for (const auto& segment : printed.segments()) fields.insert(FieldOf(segment.kind()));
  }
  fields.erase(v1::ContactUsage::FIELD_UNSPECIFIED);
  for (const auto field : fields) usage.add_fields(field);
  return usage;
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

absl::Status MarkNews(Session& session, const std::set<std::string>& contacts) {
  for (const std::string& contact : contacts) {
    const auto raised =
        session.Execute("UPDATE contact_news SET number = number + 1 WHERE contact = :contact", {{"contact", contact}});
    if (!raised.ok()) return raised.status();
    if (*raised == 0) continue;
    const auto marked = session.Execute(
        "UPDATE contact_lines SET stale = 1 WHERE EXISTS (SELECT 1 FROM contact_line_contacts c WHERE c.contact = "
        ":contact AND c.newsroom_uid = contact_lines.newsroom_uid AND c.edition = contact_lines.edition AND c.part_id "
        "= contact_lines.part_id)",
        {{"contact", contact}});
    if (!marked.ok()) return marked.status();
  }
  return absl::OkStatus();
}

absl::Status MarkNewsOfAll(Session& session) {
  if (auto raised = session.Execute("UPDATE contact_news SET number = number + 1"); !raised.ok()) {
    return raised.status();
  }
  return session.Execute("UPDATE contact_lines SET stale = 1").status();
}

absl::Status ReplaceContactLines(Session& session, const EditionOwner& owner, const PrintedLines& lines, bool news) {
  const platform::Params release = {{"newsroom_uid", owner.newsroom_uid}, {"release", owner.release_uid}};
  const auto unlinked = session.Execute(
      "DELETE FROM contact_line_contacts WHERE newsroom_uid = :newsroom_uid AND EXISTS (SELECT 1 FROM contact_lines l "
      "WHERE l.newsroom_uid = contact_line_contacts.newsroom_uid AND l.edition = contact_line_contacts.edition AND "
      "l.part_id = contact_line_contacts.part_id AND l.release_uid = :release)",
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

absl::StatusOr<std::vector<std::string>> FindReleasesWithNews(Session& session, int limit) {
  const auto rows = session.Query(
      "SELECT DISTINCT release_name FROM contact_lines WHERE stale = 1 ORDER BY release_name LIMIT :limit",
      {{"limit", limit}});
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
      "SELECT t.edition, t.part_id, t.payload, e.payload FROM contact_lines t JOIN contact_line_contacts c ON "
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
    v1::Edition edition;
    if (!edition.ParseFromString(row.Bytes(3))) return platform::InternalError("an edition does not parse");
    // What was taken down shows nobody.
    if (!edition.has_content()) continue;
    v1::ContactUsage usage = UsageOf(row.Text(0), *line, edition, now);
    if (usage.contact() != request.contact() && usage.shown_contact() != request.contact()) continue;
    *response.add_usages() = std::move(usage);
  }
  return response;
}

}  // namespace communique::releases
