// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/erasure_work.h"

#include "services/contacts/usecases/carry_on_erasure.h"
#include "services/contacts/usecases/erasures.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {

ErasureWork::ErasureWork(const Environment& environment, platform::Metrics& metrics, const platform::Log& log)
    : environment_(environment),
      running_(metrics.AddGauge("communique_erasures_running", "Erasures of persons that are not done yet.").With()),
      oldest_(metrics
                  .AddGauge("communique_erasures_oldest_start_timestamp_seconds",
                            "When the first of the erasures that are not done was begun; 0 when all are.")
                  .With()),
      work_("erasures", environment.erasure.retry_interval, log, [this](absl::Time until) {
        absl::Status status = CarryOnErasures(environment_, until, stop_.get_token());
        status.Update(Measure(until));
        return status;
      }) {
  // An erasure that a restart finds is shown before the first interval is over.
  work_.Hint();
}

absl::Status ErasureWork::Measure(absl::Time until) {
  const auto running = CountRunningErasures(environment_, until);
  if (!running.ok()) return running.status();
  running_.Set(static_cast<double>(running->count));
  oldest_.Set(running->count == 0 ? 0 : absl::ToDoubleSeconds(running->oldest - absl::UnixEpoch()));
  return absl::OkStatus();
}

}  // namespace communique::contacts
