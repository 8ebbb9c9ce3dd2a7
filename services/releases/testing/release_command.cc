// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/testing/release_command.h"

#include "absl/strings/str_cat.h"

namespace communique::releases {
namespace {

using Act = Command::Act;

std::string Minute(int n) { return n < 0 ? "for ever" : n == 0 ? "none" : absl::StrCat("+", n, "min"); }

std::string Withdrawal(const Command& command) {
  switch (command.how) {
    case Command::How::kNotice:
      return absl::StrCat("under notice ", command.n);
    case Command::How::kRedirect:
      return absl::StrCat("for r", command.replacement);
    case Command::How::kGone:
      return "gone";
  }
  return "";
}

std::string Words(const Command& command) {
  const std::string release = absl::StrCat("r", command.release);
  const std::string by = absl::StrCat(" by p", command.who);
  switch (command.act) {
    case Act::kCreate:
      return absl::StrCat("Create ", release, by, " with text ", command.n);
    case Act::kWrite:
      return absl::StrCat("Write ", release, by, ": headline ", command.n);
    case Act::kWriteBlock:
      return absl::StrCat("Write ", release, by, ": paragraph ", command.n);
    case Act::kSetLanguage:
      return absl::StrCat("Write ", release, by, ": language ", LanguageOf(command.n));
    case Act::kSetTopics:
      return absl::StrCat("Set topics of ", release, ": ", command.n);
    case Act::kSetPublishTime:
      return absl::StrCat("Set publish time of ", release, ": ", Minute(command.n));
    case Act::kSetEmbargo:
      return absl::StrCat("Set embargo of ", release, ": ", Minute(command.n));
    case Act::kSubmit:
      return absl::StrCat("Submit ", release);
    case Act::kReturn:
      return absl::StrCat("Return ", release);
    case Act::kApprove:
      return absl::StrCat("Approve ", release, by,
                          command.n == 0   ? ""
                          : command.n == 1 ? ", the latest revision"
                                           : ", revision 1");
    case Act::kPublish:
      return absl::StrCat("Publish ", release, command.n == 0 ? "" : absl::StrCat(" at ", Minute(command.n)));
    case Act::kCorrect:
      return absl::StrCat("Correct ", release, " with notice ", command.n);
    case Act::kWithdraw:
      return absl::StrCat("Withdraw ", release, " ", Withdrawal(command));
    case Act::kReinstate:
      return absl::StrCat("Reinstate ", release);
    case Act::kDelete:
      return absl::StrCat("Delete ", release);
    case Act::kUndelete:
      return absl::StrCat("Undelete ", release);
    case Act::kSetAbout: {
      static constexpr const char* kAbouts[] = {"none", "the newest", "the first", "one that is not there"};
      return absl::StrCat("Set about text of ", release, by, ": ", kAbouts[command.n % 4]);
    }
    case Act::kWriteBoilerplate:
      return absl::StrCat("Write the boilerplate: words ", command.n);
    case Act::kWait:
      return absl::StrCat("Wait until ", Minute(command.n), " and ", absl::FormatDuration(command.shift));
    case Act::kAnnounce:
      return "Announce";
  }
  return "?";
}

}  // namespace

std::string ToString(const Command& command) {
  return absl::StrCat(Words(command), command.one_language ? ", one language" : "",
                      command.wrong_language ? ", the wrong language" : "", command.stale ? ", stale" : "",
                      command.tried ? ", tried first" : "", command.repeated ? ", twice" : "");
}

std::string ToString(const std::vector<Command>& history) {
  std::string lines;
  for (const Command& command : history) absl::StrAppend(&lines, "  ", ToString(command), "\n");
  return lines;
}

}  // namespace communique::releases
