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

// A page on its way: takes cards until it has as many, or as large ones, as a page may have.
class CardPage {
 public:
  explicit CardPage(std::int32_t page_size)
      : size_(page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize)) {}

  // One more than this tells whether there is another page.
  std::int64_t limit() const { return std::int64_t{size_} - response_.editions_size() + 1; }

  // False when there was no room for it any more: then there is another page.
  bool Add(Candidate candidate) {
    bytes_ += candidate.card.ByteSizeLong();
    const int count = response_.editions_size();
    if (count == size_ || (bytes_ > kMaxPageBytes && count > 0)) return false;
    last_publish_us_ = candidate.publish_us;
    *response_.add_editions() = std::move(candidate.card);
    return true;
  }

  std::int64_t last_publish_us() const { return last_publish_us_; }
  const std::string& last_name() const { return response_.editions(response_.editions_size() - 1).name(); }
  v1::ListEditionsResponse& response() { return response_; }

 private:
  const std::int32_t size_;
  std::size_t bytes_ = 0;
  std::int64_t last_publish_us_ = 0;
  v1::ListEditionsResponse response_;
};

// Adds the editions that `sql` finds to `page`; whether all of them had room.
absl::StatusOr<bool> AddAll(Session& session, const std::string& sql, const SqlParams& params, absl::Time now,
                            CardPage& page) {
  const auto rows = session.Query(kColumns + sql, params.params());
  if (!rows.ok()) return rows.status();
  for (const auto row : *rows) {
    auto candidate = ToCandidate(row, now);
    if (!candidate.ok()) return candidate.status();
    if (*candidate && !page.Add(**std::move(candidate))) return false;
  }
  return true;
}

// Where a page of picks goes on: behind this language of this pick.
struct PickPosition {
  std::size_t pick = 0;
  std::string after_locale;
};

// Where the page before ended is told by the name of the last edition it showed, and by nothing that counts picks: some
// of them may be nobody's business yet.
absl::StatusOr<PickPosition> FindPosition(const std::string& page_token, const platform::PageScope& scope,
                                          const std::vector<std::string>& picks) {
  PickPosition position;
  if (page_token.empty()) return position;
  const auto key = platform::ParsePageToken(page_token, scope, {{"name", ColumnType::kText, false}});
  if (!key.ok()) return key.status();
  const auto last = EditionName::Parse(std::get<std::string>(key->front()));
  const auto pick = last ? std::find(picks.begin(), picks.end(), last->release.ToString()) : picks.end();
  if (pick == picks.end()) {
    return platform::MakeError(absl::StatusCode::kInvalidArgument, platform::Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH,
                               "page_token: the section has been changed since; begin again without a token");
  }
  position.pick = static_cast<std::size_t>(pick - picks.begin());
  position.after_locale = last->locale;
  return position;
}

// Picks are few and in an order of their own: they are read one by one until the page is full.
absl::StatusOr<v1::ListEditionsResponse> ListPicks(Session& session, const v1::ListEditionsRequest& request,
                                                   const EditionParent& parent, const std::vector<std::string>& picks,
                                                   absl::Time now) {
  if (auto status = CheckEditionFilter(request.filter()); !status.ok()) return status;
  const platform::PageScope scope = ScopeOf(request);
  auto position = FindPosition(request.page_token(), scope, picks);
  if (!position.ok()) return position.status();
  CardPage page(request.page_size());
  for (; position->pick < picks.size(); ++position->pick, position->after_locale.clear()) {
    const std::string& release = picks[position->pick];
    SqlParams params;
    auto sql = Conditions(request, parent, {}, now, params);
    if (!sql.ok()) return sql.status();
    absl::StrAppend(&*sql, " AND t.release_name = ", params.Add(release), " AND t.locale > ",
                    params.Add(position->after_locale), " ORDER BY t.locale, t.name LIMIT ", params.Add(page.limit()));
    const auto all = AddAll(session, *sql, params, now, page);
    if (!all.ok()) return all.status();
    if (!*all) {
      page.response().set_next_page_token(platform::MakePageToken(scope, {Value(page.last_name())}));
      break;
    }
  }
  return std::move(page.response());
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
  if (selection.picks) return ListPicks(session, request, parent, *selection.picks, now);
  const platform::PageScope scope = ScopeOf(request);
  SqlParams params;
  auto sql = Conditions(request, parent, selection, now, params);
  if (!sql.ok()) return sql.status();
  if (!request.page_token().empty()) {
    const auto key = platform::ParsePageToken(request.page_token(), scope, Order());
    if (!key.ok()) return key.status();
    absl::StrAppend(&*sql, " AND ", platform::AfterKeyToSql(Order(), *key, params));
  }
  CardPage page(request.page_size());
  absl::StrAppend(&*sql, " ORDER BY ", platform::OrderToSql(Order()), " LIMIT ", params.Add(page.limit()));
  const auto all = AddAll(session, *sql, params, now, page);
  if (!all.ok()) return all.status();
  if (!*all) {
    const std::vector<Value> key = {Value(page.last_publish_us()), Value(page.last_name())};
    page.response().set_next_page_token(platform::MakePageToken(scope, key));
  }
  return std::move(page.response());
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
