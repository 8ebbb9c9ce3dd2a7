// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/following/follower_metrics.h"

#include <array>
#include <string_view>
#include <utility>

namespace communique::platform {
namespace {

using State = FeedFollowerStats::State;

constexpr std::array<std::pair<State, std::string_view>, 4> kStates = {{{State::kConnecting, "connecting"},
                                                                        {State::kFollowing, "following"},
                                                                        {State::kListing, "listing"},
                                                                        {State::kWaiting, "waiting"}}};

}  // namespace

void ExportFollower(Metrics& metrics, const FeedFollower& follower) {
  const std::string& peer = follower.feed().peer;
  const std::string& feed = follower.feed().feed;
  const auto counter = [&](std::string_view name, std::string_view help) {
    return &metrics.AddCounter(name, help, {"peer", "feed"}).With({peer, feed});
  };
  Gauge* lag = &metrics
                    .AddGauge("communique_follower_lag_seconds",
                              "How old what is known of a peer may be; at rest up to the interval of its bookmarks.",
                              {"peer", "feed"})
                    .With({peer, feed});
  auto& state = metrics.AddGauge("communique_follower_state", "1 for what the follower of a peer's feed does now.",
                                 {"peer", "feed", "state"});
  auto& events = metrics.AddCounter("communique_follower_events_total",
                                    "Events of a peer's feed, by whether this replica applied them or another one had.",
                                    {"peer", "feed", "outcome"});
  Counter* applied = &events.With({peer, feed, "applied"});
  Counter* skipped = &events.With({peer, feed, "skipped"});
  Counter* reconnects =
      counter("communique_follower_reconnects_total", "Streams opened to follow a peer's feed, after the first one.");
  Counter* listings =
      counter("communique_follower_listings_total", "Times that everything a peer has was listed anew.");
  Counter* failures = counter("communique_follower_failures_total", "Attempts to follow a peer's feed that failed.");
  std::array<Gauge*, kStates.size()> gauges;
  for (std::size_t i = 0; i < kStates.size(); ++i) gauges[i] = &state.With({peer, feed, kStates[i].second});

  metrics.BeforeCollect([&follower, lag, applied, skipped, reconnects, listings, failures, gauges] {
    const FeedFollowerStats stats = follower.stats();
    lag->Set(absl::ToDoubleSeconds(follower.lag()));
    Follow(*applied, static_cast<double>(stats.applied));
    Follow(*skipped, static_cast<double>(stats.skipped));
    Follow(*reconnects, static_cast<double>(stats.reconnects));
    Follow(*listings, static_cast<double>(stats.listings));
    Follow(*failures, static_cast<double>(stats.failures));
    for (std::size_t i = 0; i < kStates.size(); ++i) gauges[i]->Set(stats.state == kStates[i].first);
  });
}

}  // namespace communique::platform
