// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/refresh_contact_lines.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "communique/releases/v1/release_service.pb.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/contact_line_store.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/contact_answers.h"

namespace communique::releases {
namespace {

using platform::Session;

constexpr int kReleasesAtOnce = 100;

// The releases with news, by newsroom, and what there is to ask about them.
struct Work {
  std::vector<std::string> releases;
  ContactQuestions questions;
};
using WorkByNewsroom = std::map<std::string, Work>;

absl::StatusOr<WorkByNewsroom> FindWork(Session& session) {
  const auto names = FindReleasesWithNews(session, kReleasesAtOnce);
  if (!names.ok()) return names.status();
  WorkByNewsroom work;
  for (const std::string& name : *names) {
    const std::string newsroom_name = NewsroomOf(name);
    const auto newsroom = FindNewsroom(session, newsroom_name);
    if (!newsroom.ok()) return newsroom.status();
    const auto record = FindRelease(session, newsroom->uid(), name);
    if (!record.ok()) return record.status();
    auto questions = FindQuestions(session, newsroom->uid(), *record);
    if (!questions.ok()) return questions.status();
    Work& own = work[newsroom_name];
    own.releases.push_back(name);
    own.questions.merge(*questions);
  }
  return work;
}

absl::Status Refresh(const Environment& environment, const Caller& caller, const std::string& release,
                     ContactAnswers& answers) {
  static const std::string kNone;
  const v1::GetReleaseRequest no_request;
  const auto refreshed =
      ChangeRelease(environment, {caller, Verb::kRefresh, release, kNone, kNone, false, no_request},
                    [&](OpenRelease& open) -> absl::Status {
                      if (auto status = DecideEditions(open, v1::Change::VERB_UPDATED, &answers); !status.ok())
                        return status;
                      open.keeps_release = true;
                      if (!open.begun.empty()) open.done = v1::Change::VERB_UPDATED;
                      return absl::OkStatus();
                    });
  // There was news again, or the release has changed: it is looked at in the next round.
  return answers.outdated ? absl::OkStatus() : refreshed.status();
}

}  // namespace

absl::StatusOr<int> RefreshContactLines(const Environment& environment, absl::Time deadline) {
  const Caller caller{.principal = "services/releases",
                      .request_id = "contact-news",
                      .method = "RefreshContactLines",
                      .deadline = deadline,
                      .permissions = {}};
  WorkByNewsroom work;
  const absl::Status read = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
    auto found = FindWork(session);
    if (found.ok()) work = *std::move(found);
    return found.status();
  });
  if (!read.ok()) return read;
  absl::Status first_error;
  int looked_at = 0;
  for (const auto& [newsroom, own] : work) {
    ContactAnswers answers = AskAboutContacts(environment, caller, newsroom, own.questions);
    first_error.Update(answers.status);
    if (!answers.status.ok()) continue;
    for (const std::string& release : own.releases) {
      answers.outdated = false;
      first_error.Update(Refresh(environment, caller, release, answers));
      ++looked_at;
    }
  }
  if (!first_error.ok()) return first_error;
  return looked_at;
}

}  // namespace communique::releases
