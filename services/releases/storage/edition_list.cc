// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/edition_list.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_fields.h"
#include "services/platform/storage/order_by.h"
#include "services/platform/storage/page_token.h"
#include "services/releases/domain/visibility.h"

namespace communique::releases {
namespace {

using platform::ColumnType;
using platform::FilterField;
using platform::OrderTerm;
using platform::Session;
using platform::SqlParams;
using platform::Value;

constexpr std::int32_t kDefaultPageSize = 50;
constexpr std::int32_t kMaxPageSize = 1000;
constexpr std::size_t kMaxPageBytes = 2 << 20;
constexpr char kColumns[] =
    "SELECT t.card, t.publish_us, t.name, t.public_since_us, t.visibility FROM editions t WHERE ";

const platform::FilterFields& Fields() {
  static const auto* const kFields =
      new platform::FilterFields{{"locale", FilterField::Text("locale")},
                                 {"kind", FilterField::Enum("kind", v1::ReleaseKind_descriptor())},
                                 {"topics", FilterField::RepeatedText("edition_topics")},
                                 {"publish_time", FilterField::Timestamp("publish_us")},
                                 {"update_time", FilterField::Timestamp("changed_us")},
                                 {"reference_number", FilterField::Text("reference_number")}};
  return *kFields;
}

// Newest first; an edition keeps its place when it is corrected.
const std::vector<OrderTerm>& Order() {
  static const auto* const kOrder =
      new std::vector<OrderTerm>{{"publish_us", ColumnType::kInt, true}, {"name", ColumnType::kText, false}};
  return *kOrder;
}

platform::PageScope ScopeOf(const v1::ListEditionsRequest& request) {
  return {"ListEditions", absl::StrCat(request.parent(), " ", request.section()), request.filter(), "", "public"};
}

// Rows in force at `now` that lists may show.
std::string InForce(absl::Time now, SqlParams& params) {
  const std::string instant = params.Add(platform::ToMicros(now));
  return absl::StrCat("t.public_since_us <= ", instant, " AND t.public_until_us > ", instant,
                      " AND t.visibility = ", params.Add(std::int64_t{v1::Edition::VISIBILITY_LIVE}));
}

absl::StatusOr<std::string> Conditions(const v1::ListEditionsRequest& request, const EditionParent& parent,
                                       const EditionSelection& selection, absl::Time now, SqlParams& params) {
  std::string sql = InForce(now, params);
  if (!parent.release.empty()) {
    absl::StrAppend(&sql,
                    " AND t.release_name = ", params.Add(ReleaseName{parent.newsroom, parent.release}.ToString()));
  } else if (!parent.newsroom.empty()) {
    absl::StrAppend(&sql, " AND t.newsroom = ", params.Add(parent.newsroom));
  }
  for (const std::string* filter : {&request.filter(), &selection.rule}) {
    const auto condition = platform::FilterToSql(*filter, Fields(), params);
    if (!condition.ok()) return condition.status();
    if (!condition->empty()) absl::StrAppend(&sql, " AND ", *condition);
  }
  return sql;
}

struct Candidate {
  v1::EditionCard card;
  std::int64_t publish_us = 0;
};

// The last word on what is listed is the rule's, not the statement's.
absl::StatusOr<std::optional<Candidate>> ToCandidate(const platform::Row& row, absl::Time now) {
  const EditionState state{platform::FromMicros(row.Int(3)), static_cast<v1::Edition::Visibility>(row.Int(4))};
  if (!IsListed(VisibilityOf(state, now))) return std::optional<Candidate>();
  Candidate candidate;
  if (!candidate.card.ParseFromString(row.Bytes(0))) {
    return platform::InternalError(absl::StrCat("the card of ", row.Text(2), " does not parse"));
  }
  candidate.publish_us = row.Int(1);
  return std::optional(std::move(candidate));
}

// Picks are few: they are read together, put in their order, and come on one page.
absl::StatusOr<v1::ListEditionsResponse> ListPicks(Session& session, const v1::ListEditionsRequest& request,
                                                   const EditionParent& parent, const EditionSelection& selection,
                                                   absl::Time now) {
  v1::ListEditionsResponse response;
  for (const std::string& release : *selection.picks) {
    SqlParams params;
    auto sql = Conditions(request, parent, {}, now, params);
    if (!sql.ok()) return sql.status();
    absl::StrAppend(&*sql, " AND t.release_name = ", params.Add(release), " ORDER BY t.locale, t.name LIMIT 100");
    const auto rows = session.Query(kColumns + *sql, params.params());
    if (!rows.ok()) return rows.status();
    for (const auto row : *rows) {
      auto candidate = ToCandidate(row, now);
      if (!candidate.ok()) return candidate.status();
      if (*candidate) *response.add_editions() = std::move((*candidate)->card);
    }
  }
  return response;
}

}  // namespace

absl::Status CheckEditionFilter(std::string_view filter) {
  SqlParams params;
  return platform::FilterToSql(filter, Fields(), params).status();
}

absl::StatusOr<v1::ListEditionsResponse> ListEditionCards(Session& session, const v1::ListEditionsRequest& request,
                                                          const EditionParent& parent,
                                                          const EditionSelection& selection, absl::Time now) {
  if (request.page_size() < 0) {
    return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  }
  const platform::PageScope scope = ScopeOf(request);
  SqlParams params;
  auto sql = Conditions(request, parent, selection, now, params);
  if (!sql.ok()) return sql.status();
  if (!request.page_token().empty()) {
    const auto key = platform::ParsePageToken(request.page_token(), scope, Order());
    if (!key.ok()) return key.status();
    absl::StrAppend(&*sql, " AND ", platform::AfterKeyToSql(Order(), *key, params));
  }
  if (selection.picks) return ListPicks(session, request, parent, selection, now);

  const std::int32_t size = request.page_size() == 0 ? kDefaultPageSize : std::min(request.page_size(), kMaxPageSize);
  absl::StrAppend(&*sql, " ORDER BY ", platform::OrderToSql(Order()), " LIMIT ", params.Add(std::int64_t{size} + 1));
  const auto rows = session.Query(kColumns + *sql, params.params());
  if (!rows.ok()) return rows.status();

  v1::ListEditionsResponse response;
  std::size_t bytes = 0;
  std::vector<Value> last;
  for (const auto row : *rows) {
    auto candidate = ToCandidate(row, now);
    if (!candidate.ok()) return candidate.status();
    if (!*candidate) continue;
    bytes += (*candidate)->card.ByteSizeLong();
    if (response.editions_size() == size || (bytes > kMaxPageBytes && response.editions_size() > 0)) {
      response.set_next_page_token(platform::MakePageToken(scope, last));
      break;
    }
    last = {Value((*candidate)->publish_us), Value((*candidate)->card.name())};
    *response.add_editions() = std::move((*candidate)->card);
  }
  return response;
}

absl::StatusOr<std::optional<v1::EditionCard>> FindEditionCard(Session& session, const std::string& name,
                                                               absl::Time now) {
  const auto rows = session.Query(
      "SELECT card, public_since_us, visibility FROM editions WHERE name = :name AND public_since_us <= :now ORDER BY "
      "number DESC LIMIT 1",
      {{"name", name}, {"now", platform::ToMicros(now)}});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::optional<v1::EditionCard>();
  const auto row = (*rows)[0];
  const EditionState state{platform::FromMicros(row.Int(1)), static_cast<v1::Edition::Visibility>(row.Int(2))};
  if (VisibilityOf(state, now) == Visibility::kAbsent) return std::optional<v1::EditionCard>();
  v1::EditionCard card;
  if (!card.ParseFromString(row.Bytes(0))) {
    return platform::InternalError(absl::StrCat("the card of ", name, " does not parse"));
  }
  return std::optional(std::move(card));
}

}  // namespace communique::releases
