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

// What a release's editions ask about.
absl::StatusOr<ContactQuestions> QuestionsOf(Session& session, const std::string& name) {
  const auto newsroom = FindNewsroom(session, NewsroomOf(name));
  if (!newsroom.ok()) return newsroom.status();
  const auto record = FindRelease(session, newsroom->uid(), name);
  if (!record.ok()) return record.status();
  return FindEditionQuestions(session, newsroom->uid(), *record);
}

// The next releases with news behind the one named `after`. What is wrong with one of them, in `first_error`, does not
// keep the others from being looked at.
absl::StatusOr<WorkByNewsroom> FindWork(Session& session, std::string& after, absl::Status& first_error) {
  const auto names = FindReleasesWithNews(session, after, kReleasesAtOnce);
  if (!names.ok()) return names.status();
  WorkByNewsroom work;
  for (const std::string& name : *names) {
    after = name;
    auto questions = QuestionsOf(session, name);
    if (!questions.ok() && !session.error().ok()) return questions.status();
    first_error.Update(questions.status());
    if (!questions.ok()) continue;
    Work& own = work[NewsroomOf(name)];
    own.releases.push_back(name);
    own.questions.merge(*questions);
  }
  if (names->empty()) after.clear();
  return work;
}

absl::Status Refresh(const Environment& environment, const Caller& caller, const std::string& release,
                     ContactAnswers& answers) {
  static const std::string kNone;
  const v1::GetReleaseRequest no_request;
  const auto refreshed = ChangeRelease(environment, {caller, Verb::kRefresh, release, kNone, kNone, false, no_request},
                                       [&](OpenRelease& open) { return DecideEditionsOfNewLines(open, answers); });
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
  absl::Status first_error;
  int looked_at = 0;
  std::string after;
  do {
    WorkByNewsroom work;
    const std::string begin = after;
    const absl::Status read = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
      after = begin;
      auto found = FindWork(session, after, first_error);
      if (found.ok()) work = *std::move(found);
      return found.status();
    });
    if (!read.ok()) return read;
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
  } while (!after.empty());
  if (!first_error.ok()) return first_error;
  return looked_at;
}

}  // namespace communique::releases
