// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/run_on.h"

#include "services/platform/rpc/handler_exception.h"

namespace communique::platform {

void RunOn(Executor& executor, absl::Time deadline, Responder respond, std::function<void()> work) {
  const absl::Status submitted = executor.Submit(deadline, [respond, work = std::move(work)](const absl::Status& turn) {
    if (!turn.ok()) return respond(turn);
    if (auto thrown = CatchExceptions(work); !thrown.ok()) respond(thrown);
  });
  if (!submitted.ok()) respond(submitted);
}

}  // namespace communique::platform
