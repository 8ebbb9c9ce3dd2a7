// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/log.h"

#include <signal.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/sink.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/platform/base/string_view.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/errors/error.h"
#include "services/platform/observability/json_text.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kPatienceAtTheEnd = absl::Seconds(2);

spdlog::level::level_enum ToLevel(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return spdlog::level::debug;
    case Severity::kInfo:
      return spdlog::level::info;
    case Severity::kWarning:
      return spdlog::level::warn;
    case Severity::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view SeverityName(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::debug:
      return "DEBUG";
    case spdlog::level::warn:
      return "WARNING";
    case spdlog::level::err:
      return "ERROR";
    default:
      return "INFO";
  }
}

// Whether an error of this code tells about our side rather than about the request.
bool IsOurs(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    default:
      return false;
  }
}

// Whoever reads our lines may end before us: that loses lines, it does not end the process.
void BlockPipeSignal() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

// Completes the lines and writes them, on the writer's thread. Expect and WaitForExpected are called from any.
class LineSink final : public spdlog::sinks::sink {
 public:
  LineSink(std::string_view service, std::function<void(std::string_view)> write) : write_(std::move(write)) {
    service_.append(",\"service\":");
    AppendJsonString(service_, service);
  }

  // `pool` is the thread pool that feeds this sink.
  void CountDropsOf(spdlog::details::thread_pool* pool) { pool_ = pool; }

  void log(const spdlog::details::log_msg& message) override {
    const std::uint64_t dropped = pool_->overrun_counter();
    if (dropped != reported_) {
      WriteLine(message.time, spdlog::level::warn,
                absl::StrCat(",\"message\":\"log lines were dropped\",\"lines\":", dropped - reported_));
      reported_ = dropped;
    }
    WriteLine(message.time, message.level, std::string_view(message.payload.data(), message.payload.size()));
    const MutexLock lock(mutex_);
    ++written_;
    line_written_.NotifyAll();
  }

  // A line is about to be queued.
  void Expect() { expected_.fetch_add(1, std::memory_order_relaxed); }

  // Lines leave the queue in order, so once as many are written or dropped as were expected before, those are gone.
  bool WaitForExpected(absl::Duration timeout) {
    const std::uint64_t expected = expected_.load(std::memory_order_relaxed);
    const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(timeout);
    const MutexLock lock(mutex_);
    while (written_ + pool_->overrun_counter() < expected) {
      if (!line_written_.WaitUntil(mutex_, until)) return written_ + pool_->overrun_counter() >= expected;
    }
    return true;
  }

  void flush() override {}
  void set_pattern(const std::string& /*pattern*/) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

 private:
  void WriteLine(spdlog::log_clock::time_point time, spdlog::level::level_enum level, std::string_view rest) {
    line_.assign("{\"time\":\"");
    AppendTime(time);
    line_.append("\",\"severity\":\"").append(SeverityName(level)).append("\"");
    line_.append(service_).append(rest).append("}");
    write_(line_);
  }

  // RFC 3339 with microseconds. Formatting a whole time costs more than the rest of the line, so the second is kept.
  void AppendTime(spdlog::log_clock::time_point time) {
    const std::int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
    if (const std::int64_t second = micros / 1'000'000; second != second_) {
      second_ = second;
      second_text_ = absl::FormatTime("%Y-%m-%dT%H:%M:%S", absl::FromUnixSeconds(second), absl::UTCTimeZone());
    }
    absl::StrAppendFormat(&line_, "%s.%06dZ", second_text_, micros % 1'000'000);
  }

  const std::function<void(std::string_view)> write_;
  std::string service_;
  spdlog::details::thread_pool* pool_ = nullptr;
  std::string line_;
  std::int64_t second_ = -1;
  std::string second_text_;
  std::uint64_t reported_ = 0;

  std::atomic<std::uint64_t> expected_ = 0;
  Mutex mutex_;
  Condition line_written_;
  std::uint64_t written_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Writes lines to a stream that it closes unless it is one of the process's own.
class LineFile {
 public:
  explicit LineFile(std::FILE* file) : file_(file) {}
  ~LineFile() {
    if (file_ != stderr && file_ != stdout) std::fclose(file_);
  }
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  void Write(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), file_);
    std::fputc('\n', file_);
    // A crash must not take the lines before it along.
    std::fflush(file_);
  }

 private:
  std::FILE* const file_;
};

}  // namespace

LogField::LogField(std::string_view key, absl::Time value)
    : key_(key),
      value_(Raw{absl::StrCat("\"", absl::FormatTime(absl::RFC3339_full, value, absl::UTCTimeZone()), "\"")}) {}

LogField LogField::Json(std::string_view key, std::string json) { return {key, Raw{std::move(json)}}; }

LogField LogField::Error(const absl::Status& status) {
  std::string json = absl::StrCat("{\"code\":\"", absl::StatusCodeToString(status.code()), "\"");
  if (const Reason reason = ReasonOf(status); reason != Reason::ERROR_REASON_UNSPECIFIED) {
    absl::StrAppend(&json, ",\"reason\":\"", ReasonName(reason), "\"");
  }
  if (IsOurs(status.code())) {
    json += ",\"message\":";
    AppendJsonString(json, ToStd(status.message()));
  }
  json += "}";
  return Json("error", std::move(json));
}

void LogField::AppendTo(std::string& line) const {
  line += ',';
  AppendJsonString(line, key_);
  line += ':';
  if (const auto* text = std::get_if<std::string_view>(&value_)) {
    AppendJsonString(line, *text);
  } else if (const auto* flag = std::get_if<bool>(&value_)) {
    line += *flag ? "true" : "false";
  } else if (const auto* integer = std::get_if<std::int64_t>(&value_)) {
    absl::StrAppend(&line, *integer);
  } else if (const auto* number = std::get_if<double>(&value_)) {
    if (std::isfinite(*number)) {
      absl::StrAppend(&line, *number);
    } else {
      line += "null";
    }
  } else {
    line += std::get<Raw>(value_).json;
  }
}

struct LogWriter::Parts {
  Parts(const LogOptions& options, std::function<void(std::string_view)> write)
      : sink(std::make_shared<LineSink>(options.service, std::move(write))),
        pool(std::make_shared<spdlog::details::thread_pool>(options.max_queued, 1, BlockPipeSignal)),
        logger(std::make_shared<spdlog::async_logger>(options.service, sink, pool,
                                                      spdlog::async_overflow_policy::overrun_oldest)) {
    sink->CountDropsOf(pool.get());
    logger->set_level(ToLevel(options.severity));
  }

  std::shared_ptr<LineSink> sink;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

LogWriter::LogWriter(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

LogWriter::~LogWriter() {
  // The pool's destructor joins the writer's thread, which must find its sink until then.
  auto close = [](std::unique_ptr<Parts> parts) { parts->pool.reset(); };
  if (Flush(kPatienceAtTheEnd)) {
    close(std::move(parts_));
  } else {
    // A destination that takes nothing (a pipe that nobody reads) must not keep the process from ending.
    std::thread(close, std::move(parts_)).detach();
  }
}

std::shared_ptr<LogWriter> LogWriter::ToFunction(const LogOptions& options,
                                                 std::function<void(std::string_view)> write) {
  return std::shared_ptr<LogWriter>(new LogWriter(std::make_unique<Parts>(options, std::move(write))));
}

absl::StatusOr<std::shared_ptr<LogWriter>> LogWriter::Open(const LogOptions& options) {
  std::FILE* stream = stderr;
  if (options.destination == "stdout") {
    stream = stdout;
  } else if (options.destination != "stderr") {
    stream = std::fopen(options.destination.c_str(), "ae");
    if (stream == nullptr) {
      return InvalidField("log.destination",
                          absl::StrCat("cannot open ", options.destination, " for writing: ", std::strerror(errno),
                                       "; name a file in a folder that exists, \"stderr\" or \"stdout\""));
    }
  }
  auto file = std::make_shared<LineFile>(stream);
  return ToFunction(options, [file](std::string_view line) { file->Write(line); });
}

bool LogWriter::Flush(absl::Duration timeout) { return parts_->sink->WaitForExpected(timeout); }

std::uint64_t LogWriter::dropped() const { return parts_->pool->overrun_counter(); }

Log Log::With(LogFields fields) const {
  Log more(*this);
  if (writer_ == nullptr) return more;
  for (const LogField& field : fields) field.AppendTo(more.context_);
  return more;
}

bool Log::Enabled(Severity severity) const {
  return writer_ != nullptr && writer_->parts_->logger->should_log(ToLevel(severity));
}

void Log::Flush(absl::Duration timeout) const {
  if (writer_ != nullptr) writer_->Flush(timeout);
}

void Log::Write(Severity severity, std::string_view message, LogFields fields) const {
  if (!Enabled(severity)) return;
  std::string line;
  line.reserve(256 + context_.size());
  line += ",\"message\":";
  AppendJsonString(line, message);
  line += context_;
  for (const LogField& field : fields) field.AppendTo(line);
  writer_->parts_->sink->Expect();
  writer_->parts_->logger->log(ToLevel(severity), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace communique::platform
