// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

using Counter = prometheus::Counter;
using Gauge = prometheus::Gauge;
using Histogram = prometheus::Histogram;

// Brings a counter to a number that is counted elsewhere and only grows: for BeforeCollect.
inline void Follow(Counter& counter, double now) { counter.Increment(now - counter.Value()); }

// All series of one name. With() finds or makes the series of some label values; it takes a lock, so code asks once and
// keeps the reference, which stays valid as long as the Metrics. Counters and gauges are then lock-free; a histogram
// takes a lock of its own for some 20 ns.
//
// Labels come from fixed sets (methods, codes, names of executors), never from callers. As a last line of defence, a
// family holds at most kMaxSeries series: what comes later is counted under "_OTHER" in every label.
template <typename Metric>
class MetricFamily {
 public:
  static constexpr std::size_t kMaxSeries = 2000;

  // One value per label, in the order in which the labels were declared. Requires: as many as there are labels.
  Metric& With(std::initializer_list<std::string_view> values = {});

 private:
  friend class Metrics;
  MetricFamily(prometheus::Family<Metric>& family, std::vector<std::string> labels, std::vector<double> buckets)
      : family_(family), labels_(std::move(labels)), buckets_(std::move(buckets)) {}

  prometheus::Family<Metric>& family_;
  const std::vector<std::string> labels_;
  const std::vector<double> buckets_;
  Mutex mutex_;
  std::map<std::vector<std::string>, Metric*> series_ ABSL_GUARDED_BY(mutex_);
};

// The metrics of one process, over prometheus-cpp. Thread-safe; held by a shared_ptr, as the exposer wants it. Declared
// once at the start by each part; a name that breaks the rules (communique_<area>_<thing>_<unit>, or the customary
// grpc_… and process_…; counters end in _total) or is declared twice differently is a mistake of ours and ends the
// process.
class Metrics final : public prometheus::Collectable {
 public:
  // From 0.5 ms to 10 s: calls, statements, waits.
  static const std::vector<double>& LatencyBuckets();
  // From 256 bytes to 16 MiB, by factors of 4.
  static const std::vector<double>& SizeBuckets();

  Metrics() = default;
  ~Metrics() override = default;

  // Declaring the same family again gives the same one.
  MetricFamily<Counter>& AddCounter(std::string_view name, std::string_view help,
                                    std::initializer_list<std::string_view> labels = {});
  MetricFamily<Gauge>& AddGauge(std::string_view name, std::string_view help,
                                std::initializer_list<std::string_view> labels = {});
  MetricFamily<Histogram>& AddHistogram(std::string_view name, std::string_view help, std::vector<double> buckets,
                                        std::initializer_list<std::string_view> labels = {});

  // Runs `sample` before each collection, to set gauges to what they are now. It must be quick and must not call back
  // into Metrics; what it uses must outlive the Metrics.
  void BeforeCollect(std::function<void()> sample);

  // For the exposer.
  std::vector<prometheus::MetricFamily> Collect() const override;

  // The page that Prometheus reads.
  std::string Text() const;

  // One line per family, sorted: "counter communique_log_dropped_lines_total{} What it counts." Without values and
  // series, so that a golden file shows each metric that is added, renamed or dropped as a line of a diff.
  std::string Describe() const;

 private:
  template <typename Metric>
  using Families = std::map<std::string, std::unique_ptr<MetricFamily<Metric>>, std::less<>>;

  template <typename Metric, typename Build>
  MetricFamily<Metric>& Add(Families<Metric>& families, Build build, std::string_view type, std::string_view name,
                            std::string_view help, std::initializer_list<std::string_view> labels,
                            std::vector<double> buckets) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  prometheus::Registry registry_;

  mutable Mutex mutex_;
  Families<Counter> counters_ ABSL_GUARDED_BY(mutex_);
  Families<Gauge> gauges_ ABSL_GUARDED_BY(mutex_);
  Families<Histogram> histograms_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::string, std::less<>> descriptions_ ABSL_GUARDED_BY(mutex_);

  // A lock of their own: samples run one scrape at a time, and never while a family is being declared.
  mutable Mutex samples_mutex_;
  std::vector<std::function<void()>> samples_ ABSL_GUARDED_BY(samples_mutex_);
};

}  // namespace communique::platform
