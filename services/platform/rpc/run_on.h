// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "absl/time/time.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/responder.h"

namespace communique::platform {

// For asynchronous methods: runs `work`, which answers, on `executor` before `deadline`. When it does not get its turn,
// or throws, the caller is answered, too.
void RunOn(Executor& executor, absl::Time deadline, Responder respond, std::function<void()> work);

}  // namespace communique::platform
