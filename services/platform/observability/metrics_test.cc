// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/observability/executor_metrics.h"
#include "services/platform/observability/process_metrics.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsTest, PrintsThePageThatPrometheusReads) {
  Metrics metrics;
  metrics.AddCounter("communique_test_calls_total", "Calls.", {"method", "code"}).With({"Get", "OK"}).Increment(3);
  metrics.AddGauge("communique_test_open_streams", "Streams.").With().Set(2);
  metrics.AddHistogram("communique_test_wait_seconds", "Waits.", {0.1, 1}, {"pool"}).With({"read"}).Observe(0.5);
  const std::string page = metrics.Text();
  EXPECT_THAT(page, HasSubstr("# HELP communique_test_calls_total Calls.\n# TYPE communique_test_calls_total counter\n"
                              "communique_test_calls_total{code=\"OK\",method=\"Get\"} 3\n"));
  EXPECT_THAT(page, HasSubstr("communique_test_open_streams 2\n"));
  EXPECT_THAT(page, HasSubstr("communique_test_wait_seconds_bucket{pool=\"read\",le=\"0.1\"} 0\n"));
  EXPECT_THAT(page, HasSubstr("communique_test_wait_seconds_bucket{pool=\"read\",le=\"1\"} 1\n"));
}

TEST(MetricsTest, GivesTheSameSeriesForTheSameLabels) {
  Metrics metrics;
  auto& family = metrics.AddCounter("communique_test_calls_total", "Calls.", {"method"});
  EXPECT_EQ(&family.With({"Get"}), &family.With({"Get"}));
  EXPECT_NE(&family.With({"Get"}), &family.With({"List"}));
  EXPECT_EQ(&family, &metrics.AddCounter("communique_test_calls_total", "Calls.", {"method"}));
}

TEST(MetricsTest, BoundsTheSeriesOfAFamily) {
  Metrics metrics;
  auto& family = metrics.AddCounter("communique_test_calls_total", "Calls.", {"method"});
  for (std::size_t i = 0; i < MetricFamily<Counter>::kMaxSeries; ++i) family.With({absl::StrCat("m", i)}).Increment();
  Counter& other = family.With({"one too many"});
  EXPECT_EQ(&other, &family.With({"and another"}));
  other.Increment();
  const std::string page = metrics.Text();
  EXPECT_THAT(page, HasSubstr("{method=\"_OTHER\"} 1\n"));
  EXPECT_THAT(page, Not(HasSubstr("too many")));
}

TEST(MetricsTest, CountsFromManyThreads) {
  Metrics metrics;
  auto& family = metrics.AddCounter("communique_test_calls_total", "Calls.", {"method"});
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) family.With({"Get"}).Increment();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(family.With({"Get"}).Value(), 4000);
}

TEST(MetricsDeathTest, EndsTheProcessOverAMistakeInADeclaration) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  Metrics metrics;
  EXPECT_DEATH(metrics.AddCounter("calls_total", "Calls."), "begin with communique_");
  EXPECT_DEATH(metrics.AddCounter("communique_test_calls", "Calls."), "end in _total");
  EXPECT_DEATH(metrics.AddGauge("communique_test_calls_total", "Calls."), "only counters");
  EXPECT_DEATH(metrics.AddGauge("communique_Test", "Calls."), "lower-case");
  EXPECT_DEATH(metrics.AddGauge("communique_test_streams", ""), "say what it counts");
  metrics.AddGauge("communique_test_streams", "Streams.");
  EXPECT_DEATH(metrics.AddGauge("communique_test_streams", "Streams.", {"method"}), "declared before");
  EXPECT_DEATH(metrics.AddGauge("communique_test_streams", "Streams.").With({"x"}), "number of labels");
}

TEST(MetricsTest, ShowsWhatAnExecutorDoesAndOutlivesIt) {
  FakeClock clock;
  Metrics metrics;
  {
    ExecutorOptions options;
    options.name = "db-read";
    options.max_queued = 7;
    Executor executor(options, clock);
    ExportExecutor(metrics, executor);
    ASSERT_TRUE(executor.Submit([] {}).ok());
    ASSERT_TRUE(executor.Join(absl::Seconds(30)).ok());
  }
  for (int scrape = 0; scrape < 2; ++scrape) {
    const std::string page = metrics.Text();
    EXPECT_THAT(page, HasSubstr("communique_executor_finished_tasks_total{executor=\"db-read\"} 1\n"));
    EXPECT_THAT(page, HasSubstr("communique_executor_queue_limit_tasks{executor=\"db-read\"} 7\n"));
  }
}

TEST(MetricsTest, ShowsWhatTheProcessTakes) {
  Metrics metrics;
  CapturedLog log;
  ExportProcess(metrics, "releases", log.writer());
  const std::string page = metrics.Text();
  EXPECT_THAT(page, HasSubstr("communique_build_info{service=\"releases\",version=\""));
  EXPECT_THAT(page, HasSubstr("\ncommunique_log_dropped_lines_total 0\n"));
  const auto value = [&page](const std::string& name) {
    return std::stod(page.substr(page.find("\n" + name + " ") + name.size() + 2));
  };
  EXPECT_GT(value("process_cpu_seconds_total"), 0);
  EXPECT_GT(value("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GT(value("process_open_fds"), 2);
  EXPECT_LT(value("process_open_fds"), value("process_max_fds"));
  EXPECT_NEAR(value("process_start_time_seconds"), static_cast<double>(absl::ToUnixSeconds(absl::Now())), 120);
}

// Renaming a metric breaks somebody's dashboard: it shows here as a diff.
TEST(MetricsTest, FamiliesAreThoseOfTheGoldenFile) {
  FakeClock clock;
  Metrics metrics;
  const Executor executor(ExecutorOptions{}, clock);
  ExportExecutor(metrics, executor);
  ExportProcess(metrics, "test", nullptr);
  ExpectGolden("services/platform/observability/testdata/metrics.golden", metrics.Describe());
}

}  // namespace
}  // namespace communique::platform
