// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/concurrency/executor.h"

namespace communique::platform {

// For asynchronous methods: runs `work`, which answers, on `executor` before `deadline`. When it does not get its turn,
// or throws, `refuse` is called with the error to answer with: most hand in their Responder.
void RunOn(Executor& executor, absl::Time deadline, std::function<void(const absl::Status&)> refuse,
           std::function<void()> work);

}  // namespace communique::platform
