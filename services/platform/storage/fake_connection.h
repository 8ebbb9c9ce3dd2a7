// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "services/platform/storage/connection.h"

namespace communique::platform {

// A connection for the tests of the pool and the watchdog. Its switches are shared, so that a test keeps them when the
// connection has gone into a pool; Ping hangs while `hang` is set, until Interrupt.
class FakeConnection final : public Connection {
 public:
  struct Switches {
    std::atomic<bool> usable = true;
    std::atomic<bool> answers = true;
    std::atomic<bool> hang = false;
    std::atomic<int> pings = 0;
    std::atomic<int> rollbacks = 0;
    std::atomic<int> interrupts = 0;
    std::atomic<bool> destroyed = false;
  };

  explicit FakeConnection(std::shared_ptr<Switches> switches) : switches_(std::move(switches)) {}
  ~FakeConnection() override { switches_->destroyed = true; }

  Engine engine() const override { return Engine::kSqlite; }
  absl::Status Begin(Access, const TransactionLimits&) override { return absl::OkStatus(); }
  absl::Status Commit() override { return absl::OkStatus(); }
  void Rollback() override { ++switches_->rollbacks; }
  absl::StatusOr<Rows> Query(std::string_view, std::span<const Param>) override { return Rows(); }
  absl::StatusOr<std::int64_t> Execute(std::string_view, std::span<const Param>) override { return 0; }
  absl::Status RunScript(std::string_view) override { return absl::OkStatus(); }

  bool Ping() override {
    ++switches_->pings;
    std::unique_lock lock(mutex_);
    interrupted_.wait(lock, [&] { return !switches_->hang || switches_->interrupts > 0; });
    if (!switches_->answers || switches_->interrupts > 0) switches_->usable = false;
    return switches_->usable;
  }

  void Interrupt() override {
    const std::lock_guard lock(mutex_);
    ++switches_->interrupts;
    switches_->usable = false;
    interrupted_.notify_all();
  }

  bool usable() const override { return switches_->usable; }

 private:
  std::shared_ptr<Switches> switches_;
  std::mutex mutex_;
  std::condition_variable interrupted_;
};

}  // namespace communique::platform
