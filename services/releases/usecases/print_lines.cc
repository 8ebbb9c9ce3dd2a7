// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/print_lines.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/errors/error.h"
#include "services/releases/storage/contact_line_store.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using internal::PrintedLine;
using platform::Reason;

absl::Status NotPrintable(const OpenRelease& open, const std::vector<std::string>& reasons) {
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_NOT_PRINTABLE, open.owner.release_name,
      absl::StrCat("contact lines of ", open.owner.release_name, " cannot be printed: ", absl::StrJoin(reasons, "; ")));
}

// What the edition has shown for the line so far: of whatever revision, as long as it was the same contact's.
const PrintedLine* FindLine(const PrintedLines& lines, const v1::EditionSummary& summary, const v1::ContactLine& line) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const PrintedLine& before) {
    return before.locale() == summary.locale() && before.part_id() == line.part_id() &&
           before.contact() == line.contact();
  });
  return found == lines.end() ? nullptr : &*found;
}

// Callers cannot send back that a piece was erased.
bool SameWords(const v1::ContactLine& a, const v1::ContactLine& b) {
  return std::equal(
      a.segments().begin(), a.segments().end(), b.segments().begin(), b.segments().end(),
      [](const auto& left, const auto& right) { return left.kind() == right.kind() && left.value() == right.value(); });
}

bool SameLines(const PrintedLines& a, const PrintedLines& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& left, const auto& right) { return MessageDifferencer::Equals(left, right); });
}

// That nothing was heard of the contacts since they were asked about; nothing is until the transaction ends.
absl::Status CheckNoNews(OpenRelease& open, const PrintedLines& lines, ContactAnswers& answers) {
  std::set<std::string> contacts;
  for (const PrintedLine& line : lines) contacts.insert(line.depends_on().begin(), line.depends_on().end());
  const auto news = ReadNews(open.session, contacts, platform::RowLock::kForUpdate);
  if (!news.ok()) return news.status();
  const bool as_asked = std::all_of(contacts.begin(), contacts.end(), [&](const std::string& contact) {
    const auto now = news->find(contact);
    const auto then = answers.news.find(contact);
    return now != news->end() && then != answers.news.end() && now->second == then->second;
  });
  return as_asked ? absl::OkStatus() : Outdated(answers);
}

absl::StatusOr<PrintedLine> PlanFor(const OpenRelease& open, const v1::EditionSummary& summary,
                                    const v1::ContactLine& line, const PrintedLine* before, ContactAnswers* answers) {
  if (answers == nullptr) {
    if (before != nullptr && before->revision() == summary.revision()) return *before;
    return platform::InternalError(
        absl::StrCat(summary.name(), " has a line ", line.part_id(), " whose contact nobody has asked about"));
  }
  const auto answer = answers->Find(summary.locale(), line);
  if (!answer.ok()) return answer.status();
  return PlanLine(line, {summary.locale(), summary.revision(), open.record.digest_key()}, **answer, before);
}

// Calls `visit(kept, line)` for every line of `content` whose words were written for it.
template <typename Visit>
void VisitKept(const storage::ReleaseRecord& record, v1::ReleaseContent& content, Visit visit) {
  for (auto& line : *content.mutable_contact_lines()) {
    for (const auto& kept : record.lines()) {
      if (kept.part_id() == line.part_id() && kept.contact() == line.contact()) visit(kept, line);
    }
  }
}

}  // namespace

absl::Status CheckPrintable(const OpenRelease& open, const std::string& locale, const v1::ReleaseContent& content,
                            absl::Time since, ContactAnswers& answers) {
  std::vector<std::string> reasons;
  for (const v1::ContactLine& line : content.contact_lines()) {
    if (line.contact().empty()) continue;
    const auto answer = answers.Find(locale, line);
    if (!answer.ok()) return answer.status();
    // Without an end of the embargo nobody knows when: what holds now is asked.
    const absl::Time when = since == absl::InfiniteFuture() ? open.actor.now : since;
    if (auto reason = WhyNotPrintable(line, **answer, when)) reasons.push_back(*std::move(reason));
  }
  return reasons.empty() ? absl::OkStatus() : NotPrintable(open, reasons);
}

absl::Status CheckStillPrintable(const OpenRelease& open, absl::Time since) {
  const auto lines = FindContactLines(open.session, open.owner.release_uid);
  if (!lines.ok()) return lines.status();
  std::vector<std::string> reasons;
  for (const PrintedLine& line : *lines) {
    if (!PeriodsAt(line, since).first->contact().empty()) continue;
    reasons.push_back(
        absl::StrCat(line.part_id(), ": ", line.contact(), " is not printed any more then, and nobody stands in"));
  }
  return reasons.empty() ? absl::OkStatus() : NotPrintable(open, reasons);
}

absl::Status WriteLines(OpenRelease& open, v1::ReleaseContent& content, ContactAnswers& answers) {
  static const std::string kNoRevision;
  std::vector<std::string> reasons;
  PrintedLines written;
  for (auto& line : *content.mutable_contact_lines()) {
    if (HasGaps(line)) {
      reasons.push_back(absl::StrCat(line.part_id(), ": something was erased from it; write it anew, or take it out"));
      continue;
    }
    if (line.contact().empty() || HasWords(line)) continue;
    const auto answer = answers.Find(content.language(), line);
    if (!answer.ok()) return answer.status();
    if (auto reason = WhyNotPrintable(line, **answer, open.actor.now)) {
      reasons.push_back(*std::move(reason));
      continue;
    }
    written.push_back(PlanLine(line, {content.language(), kNoRevision, open.record.digest_key()}, **answer, nullptr));
    if (auto now = LineAt(line, written.back(), open.actor.now)) {
      *line.mutable_segments() = now->segments();
      line.set_written_for(now->contact());
    }
  }
  if (!reasons.empty()) return NotPrintable(open, reasons);
  // What is signed stays: nothing is written into it that is not so any more, or was erased meanwhile.
  return CheckNoNews(open, written, answers);
}

absl::StatusOr<PrintedLines> DecideLines(OpenRelease& open, const FrozenTexts& texts, ContactAnswers* answers) {
  const auto before = FindContactLines(open.session, open.owner.release_uid);
  if (!before.ok()) return before.status();
  PrintedLines lines;
  for (const auto& summary : open.release().editions()) {
    for (const auto& line : texts.at({summary.revision(), summary.locale()}).content.contact_lines()) {
      if (line.contact().empty()) continue;
      auto planned = PlanFor(open, summary, line, FindLine(*before, summary, line), answers);
      if (!planned.ok()) return planned.status();
      lines.push_back(*std::move(planned));
    }
  }
  if (answers != nullptr) {
    if (auto status = CheckNoNews(open, lines, *answers); !status.ok()) return status;
  }
  std::sort(lines.begin(), lines.end(), [](const PrintedLine& a, const PrintedLine& b) {
    return std::pair(a.locale(), a.part_id()) < std::pair(b.locale(), b.part_id());
  });
  open.lines_changed = !SameLines(*before, lines);
  if (!open.lines_changed) {
    const bool looked = answers != nullptr && !lines.empty();
    const auto status = looked ? ClearNews(open.session, open.owner.release_uid) : absl::OkStatus();
    if (!status.ok()) return status;
    return lines;
  }
  // Lines that are only kept may have news that nobody has looked at.
  const bool news = answers == nullptr;
  if (auto status = ReplaceContactLines(open.session, open.owner, lines, news); !status.ok()) return status;
  return lines;
}

void KeepLines(const v1::ReleaseContent& frozen, storage::ReleaseRecord& record) {
  const v1::ReleaseContent& working = record.release().content();
  record.clear_lines();
  for (int i = 0; i < frozen.contact_lines_size(); ++i) {
    if (HasWords(working.contact_lines(i)) || frozen.contact_lines(i).contact().empty()) continue;
    *record.add_lines() = frozen.contact_lines(i);
  }
}

void ShowLines(const storage::ReleaseRecord& record, v1::ReleaseContent& content) {
  VisitKept(record, content, [](const v1::ContactLine& kept, v1::ContactLine& line) {
    if (!HasWords(line)) line = kept;
  });
}

void ForgetLines(const storage::ReleaseRecord& record, v1::ReleaseContent& content) {
  VisitKept(record, content, [](const v1::ContactLine& kept, v1::ContactLine& line) {
    if (!SameWords(kept, line)) return;
    line.clear_segments();
    line.clear_written_for();
  });
}

}  // namespace communique::releases
