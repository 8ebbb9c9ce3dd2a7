// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/feed_listing.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

absl::StatusOr<std::optional<FeedListing>> FeedListing::Begin(Database& database, const FollowedFeed& feed,
                                                              std::int64_t seen, const Options& options,
                                                              const Clock& clock, std::stop_token stop) {
  const absl::Time now = clock.Now();
  std::int64_t begun = 0;
  const absl::Status status = database.Write(absl::Now() + options.work_timeout, [&](Session& session) -> absl::Status {
    begun = 0;
    auto position = LockFollowedPosition(session, feed);
    if (!position.ok()) return position.status();
    if (position->generation != seen || position->listing_until > now) return absl::OkStatus();
    begun = position->generation + 1;
    // Without a token, so that a listing that breaks off in the middle is begun anew, whatever the peer would make of
    // the old token by then.
    return SaveFollowedPosition(session, feed, {"", begun, now + options.lease}, now);
  });
  if (!status.ok()) return status;
  if (begun == 0) return std::nullopt;
  return FeedListing(database, feed, begun, options, clock, std::move(stop));
}

absl::Status FeedListing::Write(const Database::Work& work) { return Run("", clock_->Now() + options_.lease, work); }

absl::Status FeedListing::Finish(const std::string& token, const Database::Work& work) {
  if (!DecodeFeedToken(token).ok()) {
    return InternalError(absl::StrCat("the list of ", feed_.peer, " gave no watch_token of a change feed"));
  }
  const absl::Status status = Run(token, absl::UnixEpoch(), work);
  finished_ = status.ok();
  return status;
}

void FeedListing::GiveUp() {
  // Whether it succeeds or not: the lease ends by itself.
  (void)Run("", absl::UnixEpoch(), {});
}

absl::Status FeedListing::Run(const std::string& token, absl::Time listing_until, const Database::Work& work) {
  return database_->Write(absl::Now() + options_.work_timeout, [&](Session& session) -> absl::Status {
    const auto position = LockFollowedPosition(session, feed_);
    if (!position.ok()) return position.status();
    if (position->generation != generation_) {
      return MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_CONTENTION,
                       "another replica has begun to list everything since; this one stands back");
    }
    const FollowedPosition next = {token, generation_, listing_until};
    if (auto status = SaveFollowedPosition(session, feed_, next, clock_->Now()); !status.ok()) return status;
    return work ? work(session) : absl::OkStatus();
  });
}

}  // namespace communique::platform
