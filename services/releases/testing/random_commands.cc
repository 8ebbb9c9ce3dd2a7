// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/testing/random_commands.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <vector>

namespace communique::releases {
namespace {

using Act = Command::Act;
using Life = ReleaseModel::Life;
using Review = ReleaseModel::Review;

constexpr int kPeople = 3;
// Few, so that the same text comes back.
constexpr int kTexts = 4;

// Around the instants at which something begins, and at which it is too late to stop it.
const absl::Duration kShifts[] = {absl::ZeroDuration(),    -absl::Microseconds(1),    absl::Microseconds(1),
                                  -absl::Seconds(2),       -absl::Milliseconds(2001), -absl::Milliseconds(1999),
                                  absl::Milliseconds(500), absl::ZeroDuration()};

}  // namespace

Act RandomCommands::SomeAct() { return static_cast<Act>(Below(static_cast<int>(Act::kAnnounce) + 1)); }

Act RandomCommands::SensibleAct(const ReleaseModel& release, absl::Time now) {
  const auto one_of = [&](std::initializer_list<Act> acts) {
    return acts.begin()[Below(static_cast<int>(acts.size()))];
  };
  const Life life = release.LifeAt(now);
  if (life == Life::kAbsent) return Act::kCreate;
  if (life == Life::kDeleted) return Act::kUndelete;
  if (Below(4) == 0) {
    // Beside the path.
    if (life == Life::kUndecided) {
      return one_of({Act::kSetTopics, Act::kSetPublishTime, Act::kSetEmbargo, Act::kWrite, Act::kSetAbout,
                     Act::kWriteBoilerplate});
    }
    if (life == Life::kScheduled)
      return one_of({Act::kReturn, Act::kSetPublishTime, Act::kSetEmbargo, Act::kSetTopics});
    return one_of({Act::kSetTopics, Act::kWithdraw, Act::kAnnounce, Act::kWait, Act::kWriteBoilerplate});
  }
  switch (release.review()) {
    case Review::kDraft:
      return one_of(
          {Act::kSubmit, Act::kSubmit, Act::kSubmit, Act::kSubmit, Act::kWrite, Act::kWriteBlock, Act::kSetAbout});
    case Review::kInReview:
      return one_of({Act::kApprove, Act::kApprove, Act::kApprove, Act::kReturn});
    case Review::kApproved:
      if (life == Life::kPublic || life == Life::kWithdrawn)
        return one_of({Act::kCorrect, Act::kCorrect, Act::kReinstate});
      return Act::kPublish;
    case Review::kNone:
      break;
  }
  if (life == Life::kScheduled) return one_of({Act::kWait, Act::kWait, Act::kPublish, Act::kWrite, Act::kReturn});
  if (life == Life::kWithdrawn) return one_of({Act::kReinstate, Act::kReinstate, Act::kWithdraw, Act::kWrite});
  return one_of({Act::kWrite, Act::kWriteBlock, Act::kSetAbout, Act::kWithdraw, Act::kReinstate});
}

// Now, soon, or later; seldom in the past.
int RandomCommands::MinuteFrom(const NewsroomModel& model) {
  const int now = static_cast<int>(absl::ToInt64Minutes(model.now() - model.start()));
  static constexpr int kAhead[] = {-1, 0, 1, 1, 2, 5, 30};
  return std::max(1, now + kAhead[Below(std::size(kAhead))]);
}

// Mostly to where something begins.
void RandomCommands::Wait(const NewsroomModel& model, Command& command) {
  std::vector<absl::Time> ahead;
  for (const ReleaseModel& release : model.releases()) {
    const auto since = release.since();
    if (since && *since >= model.now() && *since != absl::InfiniteFuture()) ahead.push_back(*since);
  }
  command.n = ahead.empty() || Below(4) == 0
                  ? MinuteFrom(model)
                  : static_cast<int>(absl::ToInt64Minutes(
                        ahead[static_cast<std::size_t>(Below(static_cast<int>(ahead.size())))] - model.start()));
  command.shift = kShifts[Below(std::size(kShifts))];
}

void RandomCommands::Fill(const NewsroomModel& model, Command& command) {
  command.who = Below(kPeople);
  command.n = Below(kTexts);
  switch (command.act) {
    case Act::kSetPublishTime:
      command.n = Below(4) == 0 ? 0 : MinuteFrom(model);
      break;
    case Act::kSetEmbargo:
      command.n = Below(3) == 0 ? 0 : Below(3) == 0 ? -1 : MinuteFrom(model);
      break;
    case Act::kPublish:
      command.n = Below(2) == 0 ? 0 : MinuteFrom(model);
      command.wrong_language = Below(10) == 0;
      break;
    case Act::kCorrect:
      command.wrong_language = Below(10) == 0;
      break;
    case Act::kWithdraw:
      command.how = static_cast<Command::How>(Below(3));
      command.replacement = Below(static_cast<int>(model.releases().size()));
      [[fallthrough]];
    case Act::kReinstate:
      command.one_language = Below(3) == 0;
      command.wrong_language = command.one_language && Below(6) == 0;
      break;
    case Act::kApprove:
      command.n = std::max(0, Below(6) - 3);
      break;
    case Act::kSetAbout:
      // Mostly one that there is.
      command.n = Below(8) == 0 ? 3 : Below(3);
      break;
    case Act::kWait:
      Wait(model, command);
      break;
    default:
      break;
  }
}

Command RandomCommands::Next(const NewsroomModel& model) {
  Command command;
  command.release = Below(static_cast<int>(model.releases().size()));
  command.act = Below(5) == 0 ? SomeAct() : SensibleAct(model.release(command.release), model.now());
  Fill(model, command);
  if (ConcernsAll(command)) return command;
  command.stale = command.act != Act::kCreate && Below(20) == 0;
  command.tried = Below(6) == 0;
  command.repeated = Below(6) == 0;
  return command;
}

}  // namespace communique::releases
