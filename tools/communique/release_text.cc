// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/release_text.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/communique/content_text.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Release;

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string StateWords(const Release& release) {
  std::string words = EnumWords(release.state());
  if (release.pending_state() != Release::STATE_UNSPECIFIED) {
    absl::StrAppend(&words, ", and a new text in ", EnumWords(release.pending_state()));
  }
  return words;
}

std::string RevisionWords(const Release& release) {
  if (release.latest_revision().empty()) return "";
  std::string words = absl::StrCat("latest ", LastPart(release.latest_revision()));
  if (!release.live_revision().empty()) absl::StrAppend(&words, ", live ", LastPart(release.live_revision()));
  return words;
}

std::string ApprovalWords(const Release& release) {
  if (!release.has_approval()) return "";
  const auto& approval = release.approval();
  return absl::StrCat("revision ", LastPart(approval.revision()), " by ", approval.approver(), ", ",
                      TimeWords(approval.time()));
}

std::string EmbargoWords(const Release& release) {
  if (!release.has_embargo()) return "";
  const auto& embargo = release.embargo();
  std::string words =
      embargo.indefinite() ? "without an end yet" : absl::StrCat("until ", CivilTimeWords(embargo.end()));
  if (!embargo.reason().empty()) absl::StrAppend(&words, " (", embargo.reason(), ")");
  return words;
}

std::string WithdrawalWords(const Release& release) {
  if (!release.has_withdrawal()) return "";
  const auto& withdrawal = release.withdrawal();
  std::string words =
      absl::StrCat(absl::AsciiStrToLower(EnumWords(withdrawal.kind())), ", ", TimeWords(withdrawal.time()));
  if (!withdrawal.replacement().empty()) absl::StrAppend(&words, ", replaced by ", withdrawal.replacement());
  return words;
}

void PrintEditions(std::ostream& out, const Release& release) {
  if (release.editions().empty()) return;
  out << "Editions\n";
  Table table(2);
  for (const auto& edition : release.editions()) {
    table.Add({edition.locale(), TimeWords(edition.public_since()), edition.name()});
  }
  table.Print(out);
}

void PrintCorrections(std::ostream& out, const Release& release) {
  if (release.corrections().empty()) return;
  out << "Corrections\n";
  for (const auto& correction : release.corrections()) {
    out << "  " << TimeWords(correction.time()) << "  revision " << LastPart(correction.from_revision()) << " to "
        << LastPart(correction.to_revision()) << '\n';
    for (const auto& notice : correction.notices()) {
      out << "    " << Printable(notice.locale()) << ": " << Printable(notice.text()) << '\n';
    }
  }
}

}  // namespace

void PrintRelease(std::ostream& out, const Release& release) {
  out << Printable(release.name()) << '\n';
  Table facts(2);
  const auto add = [&facts](const char* label, const std::string& value) {
    if (!value.empty()) facts.Add({label, value});
  };
  add("Headline", release.content().headline());
  add("State", StateWords(release));
  add("Language", release.content().language());
  add("Revisions", RevisionWords(release));
  add("Approved", ApprovalWords(release));
  if (release.has_publish_time()) add("Publish at", CivilTimeWords(release.publish_time()));
  add("Embargo", EmbargoWords(release));
  if (release.has_public_since()) add("Public since", TimeWords(release.public_since()));
  add("Withdrawn", WithdrawalWords(release));
  if (release.has_review_comment()) {
    add("Returned", absl::StrCat(release.review_comment().text(), " (", release.review_comment().reviewer(), ", ",
                                 TimeWords(release.review_comment().time()), ")"));
  }
  add("Topics", absl::StrJoin(release.topics(), ", "));
  add("Number", release.reference_number());
  add("Created", absl::StrCat(TimeWords(release.create_time()),
                              release.creator().empty() ? "" : absl::StrCat(" by ", release.creator())));
  add("Changed", absl::StrCat(TimeWords(release.update_time()),
                              release.last_editor().empty() ? "" : absl::StrCat(", text by ", release.last_editor())));
  if (release.has_purge_time()) add("Gone for good", TimeWords(release.purge_time()));
  add("Etag", release.etag());
  facts.Print(out);
  PrintEditions(out, release);
  PrintCorrections(out, release);
  PrintParts(out, release.content());
  PrintFindings(out, release.findings());
}

void PrintReleaseState(std::ostream& out, const Release& release) {
  out << Printable(release.name()) << " is " << StateWords(release);
  if (const std::string revisions = RevisionWords(release); !revisions.empty())
    out << " (revision: " << revisions << ")";
  out << '\n';
  if (release.has_purge_time()) {
    out << "  It can be undeleted until " << TimeWords(release.purge_time()) << ".\n";
  }
  PrintEditions(out, release);
}

}  // namespace communique::command
