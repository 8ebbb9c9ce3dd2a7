// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The smallest process in the frame: what the tests start, restart and kill. A service's main.cc has this shape.

#include <memory>

#include "services/platform/config/settings.h"
#include "services/platform/observability/executor_metrics.h"
#include "services/platform/observability/process_metrics.h"
#include "services/platform/server/server.h"
#include "services/platform/server/server_settings.h"
#include "services/platform/server/start_error.h"
#include "services/platform/server/testing/echo.h"

int main(int argc, char** argv) {
  using namespace communique::platform;
  ShutdownSignal signal;

  Settings settings("echo", "answers what it is told, for the tests");
  ServerOptions server_options;
  LogOptions log_options;
  ExecutorOptions executor_options;
  BindServer(settings, server_options);
  BindLog(settings, log_options);
  BindExecutor(settings, "work", "work", "answering", executor_options);
  if (const auto exit_code = settings.LoadOrExit(argc, argv)) return *exit_code;

  log_options.service = "echo";
  const auto log_writer = LogWriter::Open(log_options);
  if (!log_writer.ok()) return CannotStart(log_writer.status());
  const Log log = (*log_writer)->log();
  const SystemClock clock;
  const auto metrics = std::make_shared<Metrics>();
  Executor executor(executor_options, clock);
  ExportExecutor(*metrics, executor);
  ExportProcess(*metrics, "echo", *log_writer);

  EchoStreams streams;
  Server server(server_options, clock, log, metrics);
  server.AddService("communique.server_test.EchoService", Reach::kPublic,
                    [&] { return std::make_unique<EchoService>(executor, streams); });
  server.OnRefuseCalls([&] { streams.End(); });
  server.JoinOnStop(executor);
  return server.Run(signal);
}
