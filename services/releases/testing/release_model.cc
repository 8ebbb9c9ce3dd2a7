// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/testing/release_model.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace communique::releases {
namespace {

using Act = Command::Act;
using Answer = NewsroomModel::Answer;
using Life = ReleaseModel::Life;
using Review = ReleaseModel::Review;
using platform::Reason;

// What begins within this time is not decided anew.
constexpr absl::Duration kTooLate = absl::Seconds(2);

Answer Fails(Reason reason) { return {.reason = reason, .verb = ""}; }
Answer NoSuchVerb() { return Fails(Reason::ERROR_REASON_INVALID_TRANSITION); }
Answer Done(std::string_view verb) { return {.reason = Reason::ERROR_REASON_UNSPECIFIED, .verb = std::string(verb)}; }

std::string Word(Review review) {
  switch (review) {
    case Review::kNone:
      return "UNSPECIFIED";
    case Review::kDraft:
      return "DRAFT";
    case Review::kInReview:
      return "IN_REVIEW";
    case Review::kApproved:
      return "APPROVED";
  }
  return "";
}

std::vector<std::string> TopicsOf(int n) {
  std::vector<std::string> topics;
  if ((n & 1) != 0) topics.emplace_back("fire");
  if ((n & 2) != 0) topics.emplace_back("water");
  return topics;
}

bool IsStaleFirst(Act act) { return act != Act::kWriteBlock; }

}  // namespace

Life ReleaseModel::LifeAt(absl::Time now) const {
  if (!made_) return Life::kAbsent;
  if (deleted_) return Life::kDeleted;
  if (!decided_) return Life::kUndecided;
  if (whole_) return Life::kWithdrawn;
  return *since_ <= now ? Life::kPublic : Life::kScheduled;
}

std::string ReleaseModel::StateAt(absl::Time now) const {
  switch (LifeAt(now)) {
    case Life::kAbsent:
      return "";
    case Life::kUndecided:
      return Word(review_);
    case Life::kScheduled:
      return "SCHEDULED";
    case Life::kPublic:
      return "PUBLISHED";
    case Life::kWithdrawn:
      return "WITHDRAWN";
    case Life::kDeleted:
      return "DELETED";
  }
  return "";
}

std::string ReleaseModel::PendingState() const { return Word(decided_ ? review_ : Review::kNone); }

PublicView ReleaseModel::View() const {
  PublicView view;
  view.language = live_.language;
  view.published = *since_;
  view.updated = updated_;
  const std::optional<TakenDown>& down = whole_ ? whole_ : language_alone_;
  if (down) {
    view.kind = down->kind;
    view.replacement = down->replacement;
  }
  if (view.has_text()) {
    view.headline = live_.headline;
    view.paragraph = live_.paragraph;
    view.about = live_.frozen_about;
    view.topics = topics_;
    view.notices = corrections_;
  }
  if (down) view.notices.push_back(down->notice);
  return view;
}

Answer NewsroomModel::Play(const Command& command) {
  if (command.act == Act::kWait) {
    SetTime(MinuteOf(start_, command.n) + command.shift);
    return {};
  }
  if (command.act == Act::kAnnounce) {
    for (Release& release : releases_) {
      if (std::exchange(release.due_, false)) release.told_.emplace_back("PUBLISHED");
    }
    return {};
  }
  if (command.act == Act::kWriteBoilerplate) return WriteBoilerplate(command.n);
  Release& stored = releases_[static_cast<std::size_t>(command.release)];
  Release release = stored;
  // What is due is told by whoever comes first.
  if (std::exchange(release.due_, false)) release.told_.emplace_back("PUBLISHED");
  Answer answer = PlayVerb(command, release);
  if (answer.ok()) stored = std::move(release);
  return answer;
}

void NewsroomModel::SetTime(absl::Time now) {
  now_ = std::max(now_, now);
  for (Release& release : releases_) {
    if (!release.coming_ || *release.since_ > now_) continue;
    release.shown_ = std::exchange(release.coming_, std::nullopt);
    release.due_ = true;
  }
}

absl::Time NewsroomModel::TimeOf(int minute) const {
  return minute < 0 ? absl::InfiniteFuture() : minute == 0 ? absl::InfinitePast() : MinuteOf(start_, minute);
}

absl::Time NewsroomModel::SinceOf(const Release& release) const {
  return std::max({now_, release.publish_time_, release.embargo_});
}

Answer NewsroomModel::PlayVerb(const Command& command, Release& release) const {
  const Life life = release.LifeAt(now_);
  if (command.act == Act::kCreate) {
    if (life != Life::kAbsent) return Fails(Reason::ERROR_REASON_ALREADY_EXISTS);
    release.made_ = true;
    release.text_ = {"de", absl::StrCat("Text ", command.n), "Absatz 0", 0, ""};
    release.last_editor_ = command.who;
    return Done("CREATED");
  }
  if (life == Life::kAbsent) return Fails(Reason::ERROR_REASON_NOT_FOUND);
  if (command.stale && IsStaleFirst(command.act)) return Fails(Reason::ERROR_REASON_ETAG_MISMATCH);
  switch (command.act) {
    case Act::kSubmit:
      return Submit(release);
    case Act::kReturn:
      return Return(release);
    case Act::kApprove:
      return Approve(command, release);
    case Act::kPublish:
      return Publish(command, release);
    case Act::kCorrect:
      return Correct(command, release);
    case Act::kWithdraw:
      return Withdraw(command, release);
    case Act::kReinstate:
      return Reinstate(command, release);
    case Act::kDelete:
      if (life == Life::kPublic || life == Life::kWithdrawn) return Fails(Reason::ERROR_REASON_EVER_PUBLIC);
      if (life != Life::kUndecided) return NoSuchVerb();
      release.deleted_ = true;
      return Done("DELETED");
    case Act::kUndelete:
      if (life != Life::kDeleted) return Fails(Reason::ERROR_REASON_ALREADY_EXISTS);
      release.deleted_ = false;
      release.review_ = Review::kDraft;
      return Done("UNDELETED");
    default:
      return life == Life::kDeleted ? NoSuchVerb() : Edit(command, release);
  }
}

Answer NewsroomModel::Edit(const Command& command, Release& release) const {
  Release::Text text = release.text_;
  switch (command.act) {
    case Act::kWrite:
      text.headline = absl::StrCat("Text ", command.n);
      return SetText(std::move(text), command.who, release);
    case Act::kWriteBlock:
      if (command.stale) return Fails(Reason::ERROR_REASON_ETAG_MISMATCH);
      text.paragraph = absl::StrCat("Absatz ", command.n);
      return SetText(std::move(text), command.who, release);
    case Act::kSetLanguage:
      text.language = LanguageOf(command.n);
      return SetText(std::move(text), command.who, release);
    case Act::kSetAbout:
      return SetAbout(command, release);
    case Act::kSetPublishTime:
      return SetTiming(&Release::publish_time_, TimeOf(command.n), release);
    case Act::kSetEmbargo:
      return SetTiming(&Release::embargo_, TimeOf(command.n), release);
    default:
      break;
  }
  std::vector<std::string> topics = TopicsOf(command.n);
  if (topics == release.topics_) return Done("");
  release.topics_ = std::move(topics);
  return release.decided_ ? Decide("UPDATED", "UPDATED", release) : Done("UPDATED");
}

Answer NewsroomModel::SetText(Release::Text text, int who, Release& release) const {
  if (text == release.text_) return Done("");
  release.text_ = std::move(text);
  release.last_editor_ = who;
  release.review_ = Review::kDraft;
  return Done("UPDATED");
}

Answer NewsroomModel::SetTiming(absl::Time Release::*field, absl::Time value, Release& release) const {
  if (release.*field == value) return Done("");
  release.*field = value;
  const Life life = release.LifeAt(now_);
  if (life == Life::kUndecided) return Done("UPDATED");
  if (life != Life::kScheduled) return Fails(Reason::ERROR_REASON_EMBARGO_AFTER_PUBLICATION);
  release.since_ = release.updated_ = SinceOf(release);
  return Decide("UPDATED", "UPDATED", release);
}

std::string NewsroomModel::DraftAbout(const Release::Text& text) const {
  const std::string wanted = text.about == 2 ? "1" : text.about == 3 ? "999999" : "";
  const bool there = !boilerplate_.empty() && text.about != 3;
  const int words = !there ? 0 : text.about == 2 ? boilerplate_.front() : boilerplate_.back();
  return text.about == 0 ? "" : absl::StrCat(wanted, ": ", there ? BoilerplateWords(words, text.language) : "");
}

std::optional<ReleaseModel::Text> NewsroomModel::Freeze(const Release::Text& text) const {
  Release::Text frozen = text;
  frozen.about = 0;
  frozen.frozen_about = DraftAbout(text);
  if (frozen.frozen_about.ends_with(": ")) return std::nullopt;
  if (text.about == 1) frozen.frozen_about = absl::StrCat(boilerplate_.size(), frozen.frozen_about);
  return frozen;
}

std::string NewsroomModel::AboutOf(int release) const {
  const Release& stands = releases_[static_cast<std::size_t>(release)];
  const bool as_submitted = stands.review_ != Review::kDraft && !stands.deleted_;
  return as_submitted ? stands.submitted_about_ : DraftAbout(stands.text_);
}

Answer NewsroomModel::WriteBoilerplate(int words) {
  const bool there = !boilerplate_.empty();
  if (there && boilerplate_.back() == words) return Done("");
  boilerplate_.push_back(words);
  return Done(there ? "UPDATED" : "CREATED");
}

Answer NewsroomModel::SetAbout(const Command& command, Release& release) const {
  // In review a text shows the revision that it was submitted with; to save what one sees is no change.
  const bool as_seen = release.review_ != Review::kDraft && release.text_.about == 1 && command.n == 2 &&
                       release.submitted_about_.starts_with("1: ");
  if (as_seen) return Done("");
  Release::Text text = release.text_;
  text.about = command.n;
  return SetText(std::move(text), command.who, release);
}

Answer NewsroomModel::Submit(Release& release) const {
  if (release.deleted_ || release.review_ != Review::kDraft) return NoSuchVerb();
  std::optional<Release::Text> frozen = Freeze(release.text_);
  if (!frozen) return Fails(Reason::ERROR_REASON_REFERENCE_MISSING);
  release.submitted_about_ = frozen->frozen_about;
  if (release.revisions_.empty() || release.revisions_.back() != *frozen) {
    release.revisions_.push_back(*std::move(frozen));
  }
  release.review_ = Review::kInReview;
  return Done("SUBMITTED");
}

Answer NewsroomModel::Return(Release& release) const {
  if (release.deleted_) return NoSuchVerb();
  if (release.review_ == Review::kInReview || release.review_ == Review::kApproved) {
    release.review_ = Review::kDraft;
    return Done("RETURNED");
  }
  if (release.LifeAt(now_) != Life::kScheduled) return NoSuchVerb();
  // The schedule is cancelled with all that belongs to it.
  if (release.coming_ && *release.since_ <= now_ + kTooLate) return Fails(Reason::ERROR_REASON_CONTENTION);
  release.decided_ = false;
  release.since_.reset();
  release.coming_.reset();
  release.review_ = Review::kDraft;
  return Done("RETURNED");
}

Answer NewsroomModel::Approve(const Command& command, Release& release) const {
  if (release.deleted_ || release.review_ != Review::kInReview) return NoSuchVerb();
  if (command.n == 2 && release.revisions_.size() > 1) return Fails(Reason::ERROR_REASON_APPROVAL_MISSING);
  if (command.who == release.last_editor_) return Fails(Reason::ERROR_REASON_APPROVER_IS_LAST_EDITOR);
  release.review_ = Review::kApproved;
  return Done("APPROVED");
}

Answer NewsroomModel::Publish(const Command& command, Release& release) const {
  const Life life = release.LifeAt(now_);
  const bool approved = release.review_ == Review::kApproved;
  switch (life) {
    case Life::kUndecided:
      if (!approved) return NoSuchVerb();
      break;
    case Life::kScheduled:
      if (!approved && release.review_ != Review::kNone) return NoSuchVerb();
      break;
    case Life::kPublic:
      return Fails(command.wrong_language ? Reason::ERROR_REASON_LANGUAGE_MISSING
                                          : Reason::ERROR_REASON_NOTHING_CHANGED);
    default:
      return NoSuchVerb();
  }
  if (command.wrong_language) return Fails(Reason::ERROR_REASON_LANGUAGE_MISSING);
  const Release before = release;
  if (command.n != 0) release.publish_time_ = TimeOf(command.n);
  if (approved) release.live_ = release.revisions_.back();
  release.review_ = Review::kNone;
  release.decided_ = true;
  release.since_ = release.updated_ = SinceOf(release);
  const bool same = before.decided_ && before.review_ == release.review_ && before.live_ == release.live_ &&
                    before.since_ == release.since_ && before.publish_time_ == release.publish_time_;
  if (same) return Fails(Reason::ERROR_REASON_NOTHING_CHANGED);
  return Decide(*release.since_ <= now_ ? "PUBLISHED" : "SCHEDULED", "PUBLISHED", release);
}

Answer NewsroomModel::Correct(const Command& command, Release& release) const {
  const Life life = release.LifeAt(now_);
  if (life != Life::kPublic && life != Life::kWithdrawn) return NoSuchVerb();
  if (release.review_ != Review::kApproved) return NoSuchVerb();
  if (release.revisions_.back() == release.live_) return Fails(Reason::ERROR_REASON_NOTHING_CHANGED);
  const bool other_language = release.revisions_.back().language != release.live_.language;
  if (command.wrong_language || other_language) return Fails(Reason::ERROR_REASON_LANGUAGE_MISSING);
  release.live_ = release.revisions_.back();
  release.review_ = Review::kNone;
  release.corrections_.emplace_back(absl::StrCat("Berichtigung ", command.n), now_);
  if (release.View().has_text()) release.updated_ = now_;
  return Decide("CORRECTED", "CORRECTED", release);
}

Answer NewsroomModel::Withdraw(const Command& command, Release& release) const {
  const Life life = release.LifeAt(now_);
  if (life != Life::kPublic && life != Life::kWithdrawn) return NoSuchVerb();
  Release::TakenDown down;
  down.notice = {absl::StrCat("Grund ", command.n), now_};
  if (command.how == Command::How::kNotice) down.kind = PublicView::Kind::kTextUnderNotice;
  if (command.how == Command::How::kRedirect) {
    if (command.replacement == command.release) return Fails(Reason::ERROR_REASON_FIELD_INVALID);
    const std::optional<PublicView>& there = releases_[static_cast<std::size_t>(command.replacement)].shown_;
    if (!there || there->kind != PublicView::Kind::kText) return Fails(Reason::ERROR_REASON_REFERENCE_MISSING);
    down.kind = PublicView::Kind::kSentOn;
    down.replacement = NameOf(command.replacement);
  }
  if (command.one_language && (release.whole_ || command.wrong_language)) {
    return Fails(Reason::ERROR_REASON_FIELD_INVALID);
  }
  std::optional<Release::TakenDown>& before = command.one_language ? release.language_alone_ : release.whole_;
  if (before && before->SameAs(down)) return Fails(Reason::ERROR_REASON_NOTHING_CHANGED);
  before = std::move(down);
  release.updated_ = now_;
  return Decide("WITHDRAWN", "WITHDRAWN", release);
}

Answer NewsroomModel::Reinstate(const Command& command, Release& release) const {
  const Life life = release.LifeAt(now_);
  if (life != Life::kPublic && life != Life::kWithdrawn) return NoSuchVerb();
  if (command.one_language && (release.whole_ || command.wrong_language)) {
    return Fails(Reason::ERROR_REASON_FIELD_INVALID);
  }
  std::optional<Release::TakenDown>& down = release.whole_ ? release.whole_ : release.language_alone_;
  if (!down) return NoSuchVerb();
  down.reset();
  release.updated_ = now_;
  return Decide("REINSTATED", "REINSTATED", release);
}

Answer NewsroomModel::Decide(std::string_view verb, std::string_view told, Release& release) const {
  if (release.coming_ && release.coming_->published <= now_ + kTooLate) return Fails(Reason::ERROR_REASON_CONTENTION);
  release.coming_.reset();
  if (*release.since_ == absl::InfiniteFuture()) return Done(verb);
  PublicView view = release.View();
  if (*release.since_ > now_) {
    release.coming_ = std::move(view);
  } else if (view != release.shown_) {
    release.told_.emplace_back(release.shown_ ? told : "PUBLISHED");
    release.shown_ = std::move(view);
  }
  return Done(verb);
}

}  // namespace communique::releases
