// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "services/platform/base/version.h"

namespace communique::platform {
namespace {

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double ResidentBytes() {
  // Pages: of the program in all, then resident.
  std::ifstream statm("/proc/self/statm");
  double total = 0;
  double resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double OpenFiles() {
  std::error_code ignored;
  std::filesystem::directory_iterator files("/proc/self/fd", ignored);
  return static_cast<double>(std::distance(begin(files), end(files)));
}

double OpenFileLimit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void ExportProcess(Metrics& metrics, std::string_view service, const std::shared_ptr<LogWriter>& log) {
  metrics.AddGauge("communique_build_info", "1, with the service and its version.", {"service", "version"})
      .With({service, Version()})
      .Set(1);
  metrics.AddGauge("process_start_time_seconds", "When the process started, in seconds since 1970.")
      .With()
      .Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
  Counter& dropped =
      metrics.AddCounter("communique_log_dropped_lines_total", "Log lines dropped because the queue was full.").With();
  Counter& cpu = metrics.AddCounter("process_cpu_seconds_total", "Time on the processors, in all.").With();
  Gauge& memory = metrics.AddGauge("process_resident_memory_bytes", "Memory in use.").With();
  Gauge& files = metrics.AddGauge("process_open_fds", "Open files, connections among them.").With();
  Gauge& max_files = metrics.AddGauge("process_max_fds", "Files that may be open at once.").With();
  metrics.BeforeCollect([log = std::weak_ptr(log), &dropped, &cpu, &memory, &files, &max_files] {
    if (const auto writer = log.lock()) dropped.Increment(static_cast<double>(writer->dropped()) - dropped.Value());
    cpu.Increment(CpuSeconds() - cpu.Value());
    memory.Set(ResidentBytes());
    files.Set(OpenFiles());
    max_files.Set(OpenFileLimit());
  });
}

}  // namespace communique::platform
