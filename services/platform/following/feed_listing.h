// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/following/followed_feed.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// One listing of everything that a peer has, in place of the events that can no longer be had: at the first start, and
// when the peer no longer takes the token. Only one replica lists at a time; one that was too slow to go on is
// overtaken by another, and from then on can change nothing.
//
// A projection that fits into one transaction is replaced by Finish alone. A larger one is written page by page, each
// row marked with generation(), and Finish removes what has another mark:
//
//   std::string token;
//   for (std::string page_token; …) {
//     const auto page = …ListNewsrooms(page_token)…;
//     if (token.empty()) token = page->watch_token();  // of the first page: from before its rows were read
//     absl::Status status = listing.Write([&](Session& session) { return Store(session, *page, listing.generation());
//     }); …
//   }
//   return listing.Finish(token, [&](Session& session) { return RemoveOthers(session, listing.generation()); });
class FeedListing {
 public:
  struct Options {
    // How long a transaction may take.
    absl::Duration work_timeout;
    // How long may pass between two transactions before another replica may begin anew.
    absl::Duration lease;
  };

  // Begins a listing, unless `seen` is no longer the generation (another replica has begun one since) or a replica is
  // at it: nothing then. From here on the feed has no position until Finish gives it one. What is passed by reference
  // must outlive it.
  static absl::StatusOr<std::optional<FeedListing>> Begin(Database& database, const FollowedFeed& feed,
                                                          std::int64_t seen, const Options& options, const Clock& clock,
                                                          std::stop_token stop);

  // Greater than of every listing before.
  std::int64_t generation() const { return generation_; }
  // Give up soon when this is requested.
  const std::stop_token& stop() const { return stop_; }

  // Runs `work` in a Write transaction (Database::Write: perhaps more than once). ABORTED (CONTENTION) when another
  // replica has taken over: return it.
  absl::Status Write(const Database::Work& work);

  // The last transaction: `work`, if any, and `token` becomes the position. INTERNAL when it is none of a list.
  absl::Status Finish(const std::string& token, const Database::Work& work = {});

  // Lets others begin at once: after a failure.
  void GiveUp();

  bool finished() const { return finished_; }

 private:
  FeedListing(Database& database, FollowedFeed feed, std::int64_t generation, const Options& options,
              const Clock& clock, std::stop_token stop)
      : database_(&database),
        feed_(std::move(feed)),
        generation_(generation),
        options_(options),
        clock_(&clock),
        stop_(std::move(stop)) {}

  // `token` and `listing_until` are what the position gets.
  absl::Status Run(const std::string& token, absl::Time listing_until, const Database::Work& work);

  Database* database_;
  FollowedFeed feed_;
  std::int64_t generation_;
  Options options_;
  const Clock* clock_;
  std::stop_token stop_;
  bool finished_ = false;
};

}  // namespace communique::platform
