// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/import_contacts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/contact_file.h"
#include "services/contacts/domain/field_problems.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/text/country.h"
#include "services/contacts/storage/import_store.h"
#include "services/contacts/usecases/first_records.h"
#include "services/contacts/usecases/import_card_contact.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/locale/text.h"
#include "services/platform/resources/field_checks.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::Session;
using Outcome = v1::ImportedCard;

constexpr std::size_t kNameCharacters = 80;
constexpr int kFindings = 20;

// A file's report is read over gRPC, whose clients take 4 MiB.
std::string ReportedName(const ImportCard& card) { return platform::Excerpt(card.display_name(), kNameCharacters); }

// Those that refuse the card first; not too many.
void LimitFindings(v1::ImportedCard& entry) {
  auto& findings = *entry.mutable_findings();
  std::stable_partition(findings.begin(), findings.end(), [](const auto& finding) { return finding.refused(); });
  if (findings.size() <= kFindings) return;
  entry.set_more_findings(findings.size() - kFindings);
  findings.DeleteSubrange(kFindings, findings.size() - kFindings);
}

// Leaves out names and findings beyond the limit of the whole report, but never why a card is refused. What is said of
// a card then is as short as ExchangeLimits::kCardBytes.
void LimitReport(std::size_t max_bytes, v1::ImportContactsResponse& response) {
  constexpr std::size_t kFieldCharacters = 40;
  constexpr std::size_t kMessageCharacters = 100;
  std::size_t bytes = 0;
  for (auto& entry : *response.mutable_cards()) {
    bytes += entry.display_name().size();
    if (bytes > max_bytes) entry.clear_display_name();
    int kept = 0;
    for (auto& finding : *entry.mutable_findings()) {
      bytes += finding.ByteSizeLong();
      if (bytes > max_bytes) {
        if (kept > 0 || !finding.refused()) break;
        finding.set_field(platform::Excerpt(finding.field(), kFieldCharacters));
        finding.set_message(platform::Excerpt(finding.message(), kMessageCharacters));
      }
      ++kept;
    }
    const int left_out = entry.findings_size() - kept;
    if (left_out == 0) continue;
    entry.set_more_findings(entry.more_findings() + left_out);
    entry.mutable_findings()->DeleteSubrange(kept, left_out);
  }
}

void Count(v1::ImportContactsResponse& response) {
  for (const auto& entry : response.cards()) {
    switch (entry.outcome()) {
      case Outcome::OUTCOME_CREATED:
        response.set_created_count(response.created_count() + 1);
        break;
      case Outcome::OUTCOME_WOULD_CREATE:
        response.set_would_create_count(response.would_create_count() + 1);
        break;
      case Outcome::OUTCOME_DUPLICATE:
        response.set_duplicate_count(response.duplicate_count() + 1);
        break;
      default:
        response.set_refused_count(response.refused_count() + 1);
    }
  }
}

void CheckBasisGiven(const v1::ImportContactsRequest& request, platform::FieldViolations& violations) {
  if (request.basis() == v1::PROCESSING_BASIS_UNSPECIFIED || !v1::ProcessingBasis_IsValid(request.basis())) {
    violations.Add("basis",
                   "must say on what ground the data is kept: CONSENT, CONTRACT, LEGAL_OBLIGATION, VITAL_INTEREST, "
                   "PUBLIC_TASK, LEGITIMATE_INTEREST or ORGANIZATION_MANDATE");
  }
}

}  // namespace

// The cards of one transaction.
struct ContactImport::Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string record;  // its name
  std::map<std::string, int> seen;
  std::vector<v1::ImportedCard> entries;
  platform::FeedPosition position = 0;
};

absl::Status ContactImport::CheckFields() const {
  const ExchangeLimits& limits = environment_.exchange_limits;
  platform::FieldViolations violations;
  if (!NewsroomName::Parse(request_.parent())) {
    violations.Merge("", InvalidName("parent", request_.parent(), kNewsroomPattern));
  }
  if (request_.format() == v1::EXCHANGE_FORMAT_UNSPECIFIED || !v1::ExchangeFormat_IsValid(request_.format())) {
    violations.Add("format", "must be VCARD_3, VCARD_4, JCARD or CSV");
  }
  if (request_.content().size() > limits.file_bytes) {
    violations.Add("content", absl::StrCat("has ", request_.content().size(), " bytes; at most ", limits.file_bytes,
                                           " are allowed (limits.exchange.file_bytes): send the file in parts"));
  }
  platform::CheckText("source", request_.source(),
                      {.max_characters = environment_.rules.limits.source_characters, .required = true}, violations);
  CheckBasisGiven(request_, violations);
  if (!v1::Contact::Relation_IsValid(request_.relation())) {
    violations.Add("relation", "must be OWN_STAFF, PARTNER or JOURNALIST");
  }
  if (!v1::Visibility_IsValid(request_.visibility())) {
    violations.Add("visibility", "must be INTERNAL, MEDIA_ONLY or PUBLIC");
  }
  if (!request_.language().empty()) platform::CheckLanguage("language", request_.language(), violations);
  if (!request_.region().empty()) {
    if (const auto problem = CheckCountry(request_.region())) AddProblem("region", *problem, violations);
  }
  violations.Merge("", platform::CheckRequestId(request_.request_id()));
  return violations.ToStatus();
}

absl::Status ContactImport::CheckCount() const {
  const auto at_once = static_cast<std::size_t>(environment_.exchange_limits.cards_at_once);
  if (cards_.size() <= at_once) return absl::OkStatus();
  platform::FieldViolations violations;
  const std::string several = absl::StrCat("the file has ", cards_.size(), " cards, more than the ", at_once,
                                           " that are stored in one transaction (limits.exchange.cards_at_once)");
  if (request_.all_or_nothing()) {
    violations.Add("all_or_nothing", absl::StrCat(several, ": send it in parts, or without this"));
  }
  if (request_.request_id().empty() && !request_.validate_only()) {
    violations.Add("request_id", absl::StrCat(several, ": send a UUID, with which a call that was broken off goes on"));
  }
  return violations.ToStatus();
}

absl::Status ContactImport::Read() {
  if (auto status = CheckFields(); !status.ok()) return status;
  if (!caller_.May(common::v1::PERMISSION_READ_PERSONAL)) {
    const std::string newsroom = NewsroomName::Parse(request_.parent())->newsroom;
    return MissingPermission(caller_, common::v1::PERMISSION_READ_PERSONAL, newsroom,
                             "the report of an import says who has an address already");
  }
  ImportDefaults defaults{request_.language()};
  const absl::Status status = environment_.database.Read(caller_.deadline, [&](Session& session) {
    const auto newsroom = FindNewsroom(session, request_.parent());
    if (newsroom.ok() && defaults.language.empty()) defaults.language = newsroom->source_language;
    return newsroom.status();
  });
  if (!status.ok()) return status;
  auto cards = ReadContactFile(request_.format(), request_.content(), environment_.exchange_limits, defaults);
  if (!cards.ok()) return cards.status();
  auto records = FirstRecords(environment_, caller_, NewsroomName::Parse(request_.parent())->newsroom, request_.basis(),
                              request_.processing_records(), platform::ToStoredPrecision(environment_.clock.Now()));
  if (!records.ok()) return records.status();
  records_ = *std::move(records);
  cards_ = *std::move(cards);
  fingerprint_ = platform::FingerprintOf(request_);
  return CheckCount();
}

absl::Status ContactImport::Store(Session& session, Part& part) const {
  const auto line = NewsroomAndAncestors(session, request_.parent());
  if (!line.ok()) return line.status();
  const absl::Time now = platform::ToStoredPrecision(environment_.clock.Now());
  ImportSetting setting{
      environment_, request_, *line, {caller_.principal, caller_.request_id, now}, records_, seen_, {}, {}, {}, {}};
  storage::ImportRecord record;
  record.set_name(part.record);
  record.set_format(request_.format());
  record.set_basis(request_.basis());
  for (std::size_t i = part.begin; i < part.end; ++i) {
    v1::ImportedCard entry;
    entry.set_index(static_cast<int>(i) + 1);
    entry.set_line(cards_[i].line);
    if (auto status = ImportCardContact(session, setting, cards_[i], entry); !status.ok()) return status;
    LimitFindings(entry);
    *record.add_cards() = entry;
    part.entries.push_back(std::move(entry));
  }
  part.seen = std::move(setting.seen);
  if (auto status = InsertImport(session, line->front().uid, setting.stamp, record); !status.ok()) return status;
  if (setting.changes.empty()) return absl::OkStatus();
  const auto positions = platform::AppendChanges(session, setting.stamp, {.internal = std::move(setting.changes)});
  if (!positions.ok()) return positions.status();
  part.position = positions->internal;
  return absl::OkStatus();
}

absl::Status ContactImport::Repeat(Session& session, const std::string& record, Part& part) const {
  const auto newsroom = FindNewsroom(session, request_.parent());
  if (!newsroom.ok()) return newsroom.status();
  const auto stored = FindImport(session, newsroom->uid, record);
  if (!stored.ok()) return stored.status();
  part.entries.assign(stored->cards().begin(), stored->cards().end());
  part.seen = seen_;
  return absl::OkStatus();
}

bool ContactImport::IsTakenBack(const Part& part) const {
  if (request_.validate_only()) return true;
  return request_.all_or_nothing() && std::any_of(part.entries.begin(), part.entries.end(), [](const auto& entry) {
           return entry.outcome() == Outcome::OUTCOME_REFUSED;
         });
}

absl::Status ContactImport::StoreSome() {
  const auto at_once = static_cast<std::size_t>(environment_.exchange_limits.cards_at_once);
  const std::string newsroom = NewsroomName::Parse(request_.parent())->newsroom;
  Part part;
  // Each transaction is a call of its own to the record of calls.
  const platform::IdempotentCall call{caller_.principal, absl::StrCat(caller_.method, "#", next_ + 1),
                                      request_.validate_only() ? std::string() : request_.request_id(), fingerprint_};
  const absl::Status status = environment_.database.Write(caller_.deadline, [&](Session& session) -> absl::Status {
    part = Part();
    part.begin = next_;
    part.end = std::min(cards_.size(), next_ + at_once);
    part.record = absl::StrCat("newsrooms/", newsroom, "/imports/", MadeId());
    const auto result = platform::Idempotently(session, call, platform::ToStoredPrecision(environment_.clock.Now()),
                                               [&]() -> absl::StatusOr<platform::Outcome> {
                                                 if (auto stored = Store(session, part); !stored.ok()) return stored;
                                                 return platform::Outcome{part.record, "1"};
                                               });
    if (!result.ok()) return result.status();
    if (!result->replayed) return IsTakenBack(part) ? platform::TakenBack() : absl::OkStatus();
    return Repeat(session, result->outcome.name, part);
  });
  const bool taken_back = status == platform::TakenBack();
  if (!status.ok() && !taken_back) return status;
  for (v1::ImportedCard& entry : part.entries) {
    if (taken_back && entry.outcome() == Outcome::OUTCOME_CREATED) {
      entry.set_outcome(Outcome::OUTCOME_WOULD_CREATE);
      entry.clear_contact();
    } else if (entry.outcome() == Outcome::OUTCOME_DUPLICATE && entry.duplicate_of() > 0 && !taken_back) {
      // Made by this import: it has a name by now.
      entry.set_contact(response_.cards(entry.duplicate_of() - 1).contact());
    }
    if (part.position > 0 && entry.outcome() == Outcome::OUTCOME_CREATED) {
      environment_.changed(entry.contact(), part.position);
    }
    entry.set_display_name(ReportedName(cards_[static_cast<std::size_t>(entry.index()) - 1]));
    *response_.add_cards() = std::move(entry);
  }
  seen_ = std::move(part.seen);
  position_ = std::max(position_, part.position);
  next_ = part.begin + part.entries.size();
  return absl::OkStatus();
}

absl::Status ContactImport::Interrupted(const absl::Status& status) const {
  if (status.ok() || next_ == 0 || done() || request_.validate_only()) return status;
  const std::string done = absl::StrCat(next_);
  const std::string cards = absl::StrCat(cards_.size());
  const std::string message =
      absl::StrCat("the import was broken off behind card ", done, " of ", cards, " (", status.message(),
                   "): send it again with the same request_id, and it goes on there");
  const auto retry_after = platform::RetryAfterOf(status);
  const platform::ErrorMetadata metadata = {{"done", done}, {"cards", cards}};
  if (status.code() == absl::StatusCode::kUnavailable && retry_after) {
    return platform::Unavailable(Reason::ERROR_REASON_IMPORT_INTERRUPTED, message, *retry_after, metadata);
  }
  if (status.code() == absl::StatusCode::kResourceExhausted && retry_after) {
    return platform::Exhausted(Reason::ERROR_REASON_IMPORT_INTERRUPTED, message, *retry_after, metadata);
  }
  return platform::MakeError(status.code(), Reason::ERROR_REASON_IMPORT_INTERRUPTED, message, metadata);
}

Written<v1::ImportContactsResponse> ContactImport::Finish() {
  Count(response_);
  LimitReport(environment_.exchange_limits.report_bytes, response_);
  return {std::move(response_), position_};
}

absl::StatusOr<Written<v1::ImportContactsResponse>> ImportContacts(const Environment& environment, const Caller& caller,
                                                                   const v1::ImportContactsRequest& request) {
  ContactImport import(environment, caller, request);
  if (auto status = import.Read(); !status.ok()) return status;
  while (!import.done()) {
    if (auto status = import.StoreSome(); !status.ok()) return import.Interrupted(status);
  }
  return import.Finish();
}

}  // namespace communique::contacts
