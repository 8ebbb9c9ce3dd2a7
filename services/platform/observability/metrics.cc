// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/metrics.h"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

[[noreturn]] void EndProcess(std::string_view name, std::string_view mistake) {
  std::fprintf(stderr, "metric %.*s: %.*s\n", static_cast<int>(name.size()), name.data(),
               static_cast<int>(mistake.size()), mistake.data());
  std::abort();
}

bool IsName(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void CheckName(std::string_view type, std::string_view name, std::string_view help) {
  const absl::string_view text = ToAbsl(name);
  if (!IsName(name)) EndProcess(name, "names are lower-case letters, digits and _");
  if (!absl::StartsWith(text, "communique_") && !absl::StartsWith(text, "grpc_server_") &&
      !absl::StartsWith(text, "grpc_client_") && !absl::StartsWith(text, "process_")) {
    EndProcess(name, "metrics of ours begin with communique_");
  }
  if ((type == "counter") != absl::EndsWith(text, "_total")) {
    EndProcess(name, "counters, and only counters, end in _total");
  }
  if (help.empty()) EndProcess(name, "say what it counts");
}

}  // namespace

const std::vector<double>& Metrics::LatencyBuckets() {
  static const std::vector<double> buckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                              0.1,    0.25,  0.5,    1,     2.5,  5,     10};
  return buckets;
}

const std::vector<double>& Metrics::SizeBuckets() {
  static const std::vector<double> buckets = {256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216};
  return buckets;
}

template <typename Metric>
Metric& MetricFamily<Metric>::With(std::initializer_list<std::string_view> values) {
  if (values.size() != labels_.size()) EndProcess(family_.GetName(), "another number of labels was declared");
  std::vector<std::string> key(values.begin(), values.end());
  const MutexLock lock(mutex_);
  if (const auto found = series_.find(key); found != series_.end()) return *found->second;
  if (series_.size() >= kMaxSeries) {
    std::fill(key.begin(), key.end(), "_OTHER");
    if (const auto other = series_.find(key); other != series_.end()) return *other->second;
  }
  prometheus::Labels labels;
  for (std::size_t i = 0; i < labels_.size(); ++i) labels.emplace(labels_[i], key[i]);
  Metric* metric = nullptr;
  if constexpr (std::is_same_v<Metric, Histogram>) {
    metric = &family_.Add(labels, buckets_);
  } else {
    metric = &family_.Add(labels);
  }
  series_.emplace(std::move(key), metric);
  return *metric;
}

template class MetricFamily<Counter>;
template class MetricFamily<Gauge>;
template class MetricFamily<Histogram>;

template <typename Metric, typename Build>
MetricFamily<Metric>& Metrics::Add(Families<Metric>& families, Build build, std::string_view type,
                                   std::string_view name, std::string_view help,
                                   std::initializer_list<std::string_view> labels, std::vector<double> buckets) {
  CheckName(type, name, help);
  const std::string description =
      absl::StrCat(ToAbsl(type), " ", ToAbsl(name), "{",
                   absl::StrJoin(labels, ",", [](std::string* out, std::string_view label) { out->append(label); }),
                   "} ", ToAbsl(help));
  const auto [described, is_new] = descriptions_.emplace(name, description);
  if (described->second != description) EndProcess(name, "declared before in another way");
  if (!is_new) return *families.find(name)->second;
  auto& family = build().Name(std::string(name)).Help(std::string(help)).Register(registry_);
  std::unique_ptr<MetricFamily<Metric>> added(
      new MetricFamily<Metric>(family, std::vector<std::string>(labels.begin(), labels.end()), std::move(buckets)));
  return *families.emplace(std::string(name), std::move(added)).first->second;
}

MetricFamily<Counter>& Metrics::AddCounter(std::string_view name, std::string_view help,
                                           std::initializer_list<std::string_view> labels) {
  const MutexLock lock(mutex_);
  return Add(counters_, prometheus::BuildCounter, "counter", name, help, labels, {});
}

MetricFamily<Gauge>& Metrics::AddGauge(std::string_view name, std::string_view help,
                                       std::initializer_list<std::string_view> labels) {
  const MutexLock lock(mutex_);
  return Add(gauges_, prometheus::BuildGauge, "gauge", name, help, labels, {});
}

MetricFamily<Histogram>& Metrics::AddHistogram(std::string_view name, std::string_view help,
                                               std::vector<double> buckets,
                                               std::initializer_list<std::string_view> labels) {
  const MutexLock lock(mutex_);
  return Add(histograms_, prometheus::BuildHistogram, "histogram", name, help, labels, std::move(buckets));
}

void Metrics::BeforeCollect(std::function<void()> sample) {
  const MutexLock lock(samples_mutex_);
  samples_.push_back(std::move(sample));
}

std::vector<prometheus::MetricFamily> Metrics::Collect() const {
  {
    const MutexLock lock(samples_mutex_);
    for (const auto& sample : samples_) sample();
  }
  return registry_.Collect();
}

std::string Metrics::Text() const { return prometheus::TextSerializer().Serialize(Collect()); }

std::string Metrics::Describe() const {
  const MutexLock lock(mutex_);
  std::string text;
  for (const auto& [name, description] : descriptions_) absl::StrAppend(&text, description, "\n");
  return text;
}

}  // namespace communique::platform
