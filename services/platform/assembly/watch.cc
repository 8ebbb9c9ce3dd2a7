// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/watch.h"

#include <functional>
#include <utility>

namespace communique::platform {
namespace {

// The sending end of a stream as a watcher's sink.
class StreamSink final : public WatchSink {
 public:
  explicit StreamSink(std::shared_ptr<EventStream> stream) : stream_(std::move(stream)) {}

  Push TryPush(std::shared_ptr<const std::string> event) override {
    switch (stream_->TryPush(ReplyBytes(std::move(event)))) {
      case EventStream::Push::kAccepted:
        return Push::kAccepted;
      case EventStream::Push::kFull:
        return Push::kFull;
      case EventStream::Push::kClosed:
        break;
    }
    return Push::kClosed;
  }
  void OnRoom(std::function<void()> callback) override { stream_->OnRoom(std::move(callback)); }
  void OnClosed(std::function<void()> callback) override { stream_->OnClosed(std::move(callback)); }
  void End(absl::Status status) override { stream_->End(std::move(status)); }

 private:
  const std::shared_ptr<EventStream> stream_;
};

void ExportWatch(Metrics& metrics, std::string_view feed, const WatchHub& hub) {
  Gauge& watchers = metrics.AddGauge("communique_watch_watchers", "Open watches.", {"feed"}).With({feed});
  Gauge& blocked =
      metrics.AddGauge("communique_watch_blocked_watchers", "Watches whose reader is slow.", {"feed"}).With({feed});
  Counter& events =
      metrics.AddCounter("communique_watch_events_total", "Events sent to watchers.", {"feed"}).With({feed});
  Counter& ended =
      metrics
          .AddCounter("communique_watch_ended_slow_total", "Watches ended because their reader was too slow.", {"feed"})
          .With({feed});
  metrics.BeforeCollect([&hub, &watchers, &blocked, &events, &ended] {
    const WatchHubStats stats = hub.stats();
    watchers.Set(static_cast<double>(stats.watchers));
    blocked.Set(static_cast<double>(stats.blocked));
    Follow(events, static_cast<double>(stats.events));
    Follow(ended, static_cast<double>(stats.ended_slow));
  });
}

}  // namespace

absl::Status ServeWatch(WatchHub& hub, WatchHub::Request request, std::shared_ptr<EventStream> stream) {
  return hub.Watch(std::move(request), std::make_shared<StreamSink>(std::move(stream)));
}

void BindWatch(Settings& settings, WatchHubOptions& options) {
  settings.Bind("watch.max_watchers", &options.max_watchers, {1, 1'000'000}, "Watchers of one feed; more are refused.");
  settings.Bind("watch.recent_entries", &options.recent_entries, {16, 1'000'000},
                "Newest entries kept in memory: who is no further behind costs the database nothing.");
  settings.Bind("watch.bookmark_interval", &options.bookmark_interval, {absl::Seconds(1), absl::Minutes(10)},
                "How long a watcher hears nothing before it is told where it is.");
  settings.Bind("watch.slow_reader_timeout", &options.slow_reader_timeout, {absl::Seconds(1), absl::Minutes(10)},
                "How long a watcher may take nothing before it is ended.");
  settings.Bind("watch.reuse", &options.reuse, {absl::ZeroDuration(), absl::Milliseconds(500)},
                "How long what was found out for one watcher is good for others. What is withdrawn is withheld from "
                "watchers after this long.");
  settings.Bind("watch.workers", &options.workers, {1, 64}, "Threads of db_read that watchers may take at a time.");
}

Watch::Watch(Feed feed, WatchEvents& events, const WatchHubOptions& options, Store& store, Executor& db_read,
             const MonotonicClock& clock, Metrics& metrics)
    : hub_(store.tail(), store.database(), feed, events, options, clock,
           [&db_read](auto work) { return db_read.Submit(std::move(work)); }) {
  store.tail().AddObserver(hub_);
  ExportWatch(metrics, feed == Feed::kInternal ? "internal" : "public", hub_);
}

}  // namespace communique::platform
