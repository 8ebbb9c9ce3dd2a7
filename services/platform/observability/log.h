// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// Logs are JSON lines: {"time":…,"severity":…,"service":…,"message":…, then the fields}. A line is handed to a bounded
// queue and written by a thread of its own, so that a slow disk or a blocked pipe costs lines (which are counted) and
// never a call.
//
// What a line may hold: the message is a literal, checked by the compiler; everything variable is a named field. Text
// that people wrote does not belong in a field; a protobuf message goes through RedactedJson (redact.h), an error
// through LogField::Error.
namespace communique::platform {

enum class Severity { kDebug, kInfo, kWarning, kError };

// A message: a string literal and nothing else.
class LogText {
 public:
  template <std::size_t N>
  // NOLINTNEXTLINE(google-explicit-constructor): log.Info("text") is the point.
  consteval LogText(const char (&literal)[N]) : text_(literal, N - 1) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// A key with a value. Keys are lower_snake_case. Holds views: made within the call that logs it.
class LogField {
 public:
  LogField(std::string_view key, std::string_view value) : key_(key), value_(value) {}
  LogField(std::string_view key, const char* value) : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, const std::string& value) : key_(key), value_(std::string_view(value)) {}
  LogField(std::string_view key, bool value) : key_(key), value_(value) {}
  LogField(std::string_view key, double value) : key_(key), value_(value) {}
  template <std::integral Number>
  LogField(std::string_view key, Number value) : key_(key), value_(static_cast<std::int64_t>(value)) {}
  // In seconds; name the key so ("wait_seconds").
  LogField(std::string_view key, absl::Duration value) : key_(key), value_(absl::ToDoubleSeconds(value)) {}
  LogField(std::string_view key, absl::Time value);

  // `json` goes into the line as it is.
  static LogField Json(std::string_view key, std::string json);

  // "error": {"code", "reason", "message"}. The message only where the error is ours to mend (INTERNAL, UNAVAILABLE,
  // …): one about a request may quote what somebody wrote.
  static LogField Error(const absl::Status& status);

  void AppendTo(std::string& line) const;

 private:
  struct Raw {
    std::string json;
  };
  LogField(std::string_view key, Raw value) : key_(key), value_(std::move(value)) {}

  std::string_view key_;
  std::variant<std::string_view, bool, std::int64_t, double, Raw> value_;
};

using LogFields = std::initializer_list<LogField>;

class LogWriter;

// Where code logs to: a writer and the fields that every line carries. A value: copy it into what runs later, on
// whatever thread; that is how a request's id follows its work. A default one logs nowhere.
class Log {
 public:
  Log() = default;

  // The same with more fields: log.With({{"request_id", id}, {"trace_id", trace}}).
  Log With(LogFields fields) const;

  void Debug(LogText message, LogFields fields = {}) const { Write(Severity::kDebug, message.text(), fields); }
  void Info(LogText message, LogFields fields = {}) const { Write(Severity::kInfo, message.text(), fields); }
  void Warning(LogText message, LogFields fields = {}) const { Write(Severity::kWarning, message.text(), fields); }
  void Error(LogText message, LogFields fields = {}) const { Write(Severity::kError, message.text(), fields); }

  // Whether such a line would be written: ask before computing an expensive field.
  bool Enabled(Severity severity) const;

  // Waits until the lines so far are written, at most `timeout`: before a process ends without its destructors.
  void Flush(absl::Duration timeout) const;

 private:
  friend class LogWriter;
  explicit Log(std::shared_ptr<LogWriter> writer) : writer_(std::move(writer)) {}
  void Write(Severity severity, std::string_view message, LogFields fields) const;

  std::shared_ptr<LogWriter> writer_;
  std::string context_;  // ,"key":value… as it stands in the line
};

struct LogOptions {
  // In every line.
  std::string service;
  // Lines below it are not written.
  Severity severity = Severity::kInfo;
  // "stderr", "stdout", or a file's path (appended to).
  std::string destination = "stderr";
  // Lines that may wait for the writer; beyond that the oldest are dropped, and counted.
  std::size_t max_queued = 8192;
};

// Owns the queue and the thread that writes. Thread-safe. Lives as long as any Log made from it.
class LogWriter : public std::enable_shared_from_this<LogWriter> {
 public:
  // INVALID_ARGUMENT when the destination cannot be opened.
  static absl::StatusOr<std::shared_ptr<LogWriter>> Open(const LogOptions& options);
  // Hands each line (without its newline) to `write`, on the writer's thread.
  static std::shared_ptr<LogWriter> ToFunction(const LogOptions& options, std::function<void(std::string_view)> write);
  // Writes what is queued; gives up on a destination that takes nothing for 2 s.
  ~LogWriter();

  Log log() { return Log(shared_from_this()); }

  // Waits until the lines handed over before are written; false after `timeout`.
  bool Flush(absl::Duration timeout);

  // Lines dropped because the queue was full. The log also says so itself, once it can.
  std::uint64_t dropped() const;

 private:
  friend class Log;
  struct Parts;
  explicit LogWriter(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace communique::platform
