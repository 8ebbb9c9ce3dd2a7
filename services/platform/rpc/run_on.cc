// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/run_on.h"

#include <utility>

#include "services/platform/rpc/handler_exception.h"

namespace communique::platform {

void RunOn(Executor& executor, absl::Time deadline, std::function<void(const absl::Status&)> refuse,
           std::function<void()> work) {
  const absl::Status submitted = executor.Submit(deadline, [refuse, work = std::move(work)](const absl::Status& turn) {
    if (!turn.ok()) return refuse(turn);
    if (auto thrown = CatchExceptions(work); !thrown.ok()) refuse(thrown);
  });
  if (!submitted.ok()) refuse(submitted);
}

}  // namespace communique::platform
