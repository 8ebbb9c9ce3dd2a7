// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/errors/error.h"
#include "services/releases/testing/public_view.h"
#include "services/releases/testing/release_command.h"

// What releases should do, told a second time and simply: a few variables per release, no store, no messages, no
// editions table. Random histories are played on this and on the use cases, and both must agree on every answer, on
// what the house sees, on what the public sees, and on what the feeds are told.
//
// The newsroom has German and English, no required languages and wants a second person to approve.
namespace communique::releases {

class ReleaseModel {
 public:
  enum class Review { kNone, kDraft, kInReview, kApproved };
  enum class Life { kAbsent, kUndecided, kScheduled, kPublic, kWithdrawn, kDeleted };

  Life LifeAt(absl::Time now) const;
  Review review() const { return review_; }
  // "PUBLISHED", as the house sees it; "" for one that was never made.
  std::string StateAt(absl::Time now) const;
  std::string PendingState() const;
  // When its edition begins or began; InfiniteFuture when no end of an embargo is known, nothing when not decided.
  std::optional<absl::Time> since() const { return decided_ ? since_ : std::nullopt; }
  const std::optional<PublicView>& shown() const { return shown_; }
  // What the public feed has been told.
  const std::vector<std::string>& told() const { return told_; }
  bool has_revision() const { return !revisions_.empty(); }
  // Whose the text is; of what is public, if anything is.
  const std::string& language() const { return text_.language; }
  const std::string& live_language() const { return live_.language; }
  bool announced() const { return !due_; }

 private:
  friend class NewsroomModel;

  struct Text {
    std::string language, headline, paragraph;
    // Of a working text: which about text is wanted, as in kSetAbout. Of a revision: which it is, as AboutOf says it.
    int about = 0;
    std::string frozen_about;
    friend bool operator==(const Text&, const Text&) = default;
  };
  struct TakenDown {
    PublicView::Kind kind = PublicView::Kind::kGone;
    PublicView::Notice notice;
    std::string replacement;

    bool SameAs(const TakenDown& other) const {
      return kind == other.kind && notice.first == other.notice.first && replacement == other.replacement;
    }
  };

  PublicView View() const;

  bool made_ = false, deleted_ = false;
  Text text_;
  std::vector<std::string> topics_;
  absl::Time publish_time_ = absl::InfinitePast(), embargo_ = absl::InfinitePast();  // InfiniteFuture: no end
  int last_editor_ = 0;
  std::string submitted_about_;  // of the text as it was last submitted
  Review review_ = Review::kDraft;
  std::vector<Text> revisions_;  // the last one is the latest

  bool decided_ = false;
  Text live_;
  std::optional<absl::Time> since_;
  absl::Time updated_;
  std::vector<PublicView::Notice> corrections_;
  std::optional<TakenDown> whole_, language_alone_;

  std::optional<PublicView> shown_, coming_;
  bool due_ = false;  // has begun by the clock, and the feed does not know
  std::vector<std::string> told_;
};

class NewsroomModel {
 public:
  // What comes of a command.
  struct Answer {
    platform::Reason reason = platform::Reason::ERROR_REASON_UNSPECIFIED;  // of its failure
    std::string verb;  // in the internal feed; "" when nothing has changed

    bool ok() const { return reason == platform::Reason::ERROR_REASON_UNSPECIFIED; }
  };

  // `name_of(r0)` is the resource name of a release, as readers who are sent on see it.
  NewsroomModel(absl::Time start, int releases, std::string prefix)
      : start_(start), now_(start), prefix_(std::move(prefix)), releases_(static_cast<std::size_t>(releases)) {}

  Answer Play(const Command& command);

  absl::Time start() const { return start_; }
  absl::Time now() const { return now_; }
  const std::vector<ReleaseModel>& releases() const { return releases_; }
  // The about text of a release as the house sees it: what was frozen, or what a draft would take now.
  std::string AboutOf(int release) const;
  // How many revisions of the boilerplate there are.
  int boilerplate_revisions() const { return static_cast<int>(boilerplate_.size()); }
  const ReleaseModel& release(int number) const { return releases_[static_cast<std::size_t>(number)]; }
  std::string NameOf(int release) const { return prefix_ + std::to_string(release); }

 private:
  using Release = ReleaseModel;

  Answer PlayVerb(const Command& command, Release& release) const;
  Answer Edit(const Command& command, Release& release) const;
  Answer SetTiming(absl::Time Release::*field, absl::Time value, Release& release) const;
  Answer SetText(Release::Text text, int who, Release& release) const;
  Answer WriteBoilerplate(int words);
  // As AboutOf says it: what a text that wants this one shows while it is a draft.
  std::string DraftAbout(const Release::Text& text) const;
  // What a revision of it would say, and whether there is all that it refers to.
  std::optional<Release::Text> Freeze(const Release::Text& text) const;
  Answer SetAbout(const Command& command, Release& release) const;
  Answer Submit(Release& release) const;
  Answer Return(Release& release) const;
  Answer Approve(const Command& command, Release& release) const;
  Answer Publish(const Command& command, Release& release) const;
  Answer Correct(const Command& command, Release& release) const;
  Answer Withdraw(const Command& command, Release& release) const;
  Answer Reinstate(const Command& command, Release& release) const;
  // The public gets from now on what the release says.
  Answer Decide(std::string_view verb, std::string_view told, Release& release) const;
  absl::Time SinceOf(const Release& release) const;
  absl::Time TimeOf(int minute) const;
  void SetTime(absl::Time now);

  const absl::Time start_;
  absl::Time now_;
  const std::string prefix_;
  std::vector<Release> releases_;
  std::vector<int> boilerplate_;  // the words of each revision
};

}  // namespace communique::releases
