// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/executor_metrics.h"

namespace communique::platform {
void ExportExecutor(Metrics& metrics, const Executor& executor) {
  const std::string_view name = executor.name();
  metrics.AddGauge("communique_executor_threads", "Threads of the executor.", {"executor"})
      .With({name})
      .Set(executor.threads());
  metrics.AddGauge("communique_executor_queue_limit_tasks", "Tasks that may wait for a thread.", {"executor"})
      .With({name})
      .Set(static_cast<double>(executor.max_queued()));
  Gauge& queued =
      metrics.AddGauge("communique_executor_queued_tasks", "Tasks that wait for a thread.", {"executor"}).With({name});
  Gauge& running = metrics.AddGauge("communique_executor_running_tasks", "Tasks under way.", {"executor"}).With({name});
  Counter& finished =
      metrics.AddCounter("communique_executor_finished_tasks_total", "Tasks that have run.", {"executor"}).With({name});
  Counter& rejected = metrics
                          .AddCounter("communique_executor_rejected_tasks_total",
                                      "Tasks refused because the queue was full.", {"executor"})
                          .With({name});
  Counter& expired = metrics
                         .AddCounter("communique_executor_expired_tasks_total",
                                     "Tasks handed back because their time passed in the queue.", {"executor"})
                         .With({name});
  Counter& waited = metrics
                        .AddCounter("communique_executor_queue_seconds_total",
                                    "Time that tasks have spent waiting for a thread, in all.", {"executor"})
                        .With({name});
  metrics.BeforeCollect([stats = executor.stats(), &queued, &running, &finished, &rejected, &expired, &waited] {
    queued.Set(static_cast<double>(stats->queued));
    running.Set(static_cast<double>(stats->running));
    Follow(finished, static_cast<double>(stats->finished));
    Follow(rejected, static_cast<double>(stats->rejected));
    Follow(expired, static_cast<double>(stats->expired));
    Follow(waited, static_cast<double>(stats->queue_nanos) / 1e9);
  });
}

}  // namespace communique::platform
