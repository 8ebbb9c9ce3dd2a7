// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/wrappers.pb.h"
#include "services/platform/base/uuid.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/errors/error.h"
#include "services/platform/following/feed_inbox.h"
#include "services/platform/following/feed_stream.h"

namespace communique::platform {

// Another service as a follower sees it: accounts that change, a feed that says which and by how much, a list of them
// all. An event is a StringValue "name amount". Thread-safe; streams are filled by whoever changes something.
class FakePeer {
 public:
  // Changes an account.
  void Add(const std::string& name, int amount) {
    const MutexLock lock(mutex_);
    accounts_[name] += amount;
    log_.push_back(absl::StrCat(name, " ", amount));
    times_.push_back(absl::FromUnixSeconds(1'790'000'000) + absl::Seconds(log_.size()));
    for (Stream* stream : streams_) Fill(*stream);
  }
  // Says to all who follow where the feed is. Nothing of what other feeds share the positions with is in it.
  void Bookmark(int others_changes = 0) {
    const MutexLock lock(mutex_);
    for (int i = 0; i < others_changes; ++i) {
      log_.emplace_back();
      times_.emplace_back();
    }
    for (Stream* stream : streams_) {
      Fill(*stream);
      if (stream->position == Head()) stream->inbox->Put({TokenAt(Head()), nullptr});
    }
  }

  // Ends all streams.
  void Break(const absl::Status& status) {
    const MutexLock lock(mutex_);
    for (Stream* stream : std::exchange(streams_, {})) {
      stream->open = false;
      stream->inbox->End(status);
    }
  }
  // From now on streams end with this at once; OK: they do not.
  void Refuse(absl::Status status) {
    const MutexLock lock(mutex_);
    refusal_ = std::move(status);
  }
  // Removes the feed's entries so far.
  void Trim() {
    const MutexLock lock(mutex_);
    trimmed_ = Head();
  }
  // As after a restore: other accounts, the feed begins anew, in another store unless that was forgotten.
  void Restore(std::map<std::string, int> accounts, bool new_store) {
    const MutexLock lock(mutex_);
    accounts_ = std::move(accounts);
    log_.clear();
    times_.clear();
    trimmed_ = 0;
    if (new_store) store_id_ = MakeUuidV7(absl::Now());
  }
  void Send(FeedEvent event) {
    const MutexLock lock(mutex_);
    for (Stream* stream : streams_) stream->inbox->Put(event);
  }

  std::map<std::string, int> accounts() const {
    const MutexLock lock(mutex_);
    return accounts_;
  }
  // All accounts, with the token from before they were read.
  std::pair<std::map<std::string, int>, std::string> List() const {
    const MutexLock lock(mutex_);
    return {accounts_, TokenAt(Head())};
  }
  std::string HeadToken() const { return List().second; }
  std::vector<std::string> opened() const {
    const MutexLock lock(mutex_);
    return opened_;
  }
  int read_ons() const {
    const MutexLock lock(mutex_);
    return read_ons_;
  }
  std::size_t open_streams() const {
    const MutexLock lock(mutex_);
    return streams_.size();
  }

  OpenFeed Open() {
    return [this](const std::string& token, std::shared_ptr<FeedInbox> inbox) -> std::unique_ptr<FeedStream> {
      auto stream = std::make_unique<Stream>(*this, std::move(inbox));
      const MutexLock lock(mutex_);
      opened_.push_back(token);
      absl::Status status = refusal_;
      if (status.ok()) status = Admit(token, *stream);
      if (!status.ok()) {
        stream->inbox->End(status);
        return stream;
      }
      stream->open = true;
      streams_.insert(stream.get());
      stream->inbox->Accepted();
      Fill(*stream);
      return stream;
    };
  }

 private:
  struct Stream final : FeedStream {
    Stream(FakePeer& p, std::shared_ptr<FeedInbox> i) : peer(p), inbox(std::move(i)) {}
    ~Stream() override {
      const MutexLock lock(peer.mutex_);
      peer.streams_.erase(this);
    }
    void ReadOn() override {
      const MutexLock lock(peer.mutex_);
      ++peer.read_ons_;
      room = true;
      if (open) peer.Fill(*this);
    }

    FakePeer& peer;
    const std::shared_ptr<FeedInbox> inbox;
    FeedPosition position = 0;
    bool open = false;
    bool room = true;
  };

  FeedPosition Head() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return static_cast<FeedPosition>(log_.size()); }
  std::string TokenAt(FeedPosition position) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return EncodeFeedToken({store_id_, Feed::kInternal, position});
  }
  absl::Status Admit(const std::string& token, Stream& stream) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    FeedHeads heads;
    heads.store_id = store_id_;
    heads.internal = {Head(), trimmed_};
    const auto position = CheckFeedToken(token, Feed::kInternal, heads);
    if (!position.ok()) return position.status();
    stream.position = *position;
    return absl::OkStatus();
  }
  void Fill(Stream& stream) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (stream.room && stream.position < Head()) {
      const auto index = static_cast<std::size_t>(stream.position++);
      if (log_[index].empty()) continue;
      auto message = std::make_shared<google::protobuf::StringValue>();
      message->set_value(log_[index]);
      stream.room = stream.inbox->Put({TokenAt(stream.position), std::move(message), times_[index]});
    }
  }

  mutable Mutex mutex_;
  std::string store_id_ ABSL_GUARDED_BY(mutex_) = MakeUuidV7(absl::Now());
  std::map<std::string, int> accounts_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> log_ ABSL_GUARDED_BY(mutex_);  // empty: something this feed does not tell
  std::vector<absl::Time> times_ ABSL_GUARDED_BY(mutex_);
  FeedPosition trimmed_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);
  std::set<Stream*> streams_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> opened_ ABSL_GUARDED_BY(mutex_);
  int read_ons_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform
