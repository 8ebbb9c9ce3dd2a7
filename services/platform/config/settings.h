// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/config/setting.h"

namespace communique::platform {

// What a value may be, both ends included.
template <typename Value>
struct Range {
  Value min;
  Value max;
};

// The configuration of one service. The service keeps its values in plain structs whose initial values are the
// defaults, and declares each once:
//
//   settings.Bind("listen.internal", &config.listen_internal, "Where the services of the suite and the press …");
//   settings.Bind("db_read.threads", &config.db_read.threads, {1, 64}, "Threads that read from the database.");
//
// From that follow the place in the YAML file (listen: internal:), the environment variable
// (COMMUNIQUE_RELEASES_LISTEN_INTERNAL), the flag (--listen.internal), the help, the example file and the checks. A
// flag beats the environment, which beats the file, which beats the default. A key that is not known stops the start.
//
// Keys are lower_snake_case parts joined by dots. The fields must outlive Load. Not thread-safe: used by main alone.
// A wrong declaration (a key twice, a default out of its bounds) is a mistake of ours and ends the process.
class Settings {
 public:
  // `service` is "releases"; `description` says in a sentence what it does.
  Settings(std::string_view service, std::string_view description);

  void Bind(std::string_view key, std::string* field, std::string_view comment);
  void Bind(std::string_view key, bool* field, std::string_view comment);
  // Written as a YAML list; separated by commas in the environment and in flags.
  void Bind(std::string_view key, std::vector<std::string>* field, std::string_view comment);
  // "250ms", "1h30m".
  void Bind(std::string_view key, absl::Duration* field, Range<absl::Duration> range, std::string_view comment);

  template <std::integral Number>
  requires(!std::same_as<Number, bool>) void Bind(std::string_view key, Number* field, Range<std::int64_t> range,
                                                  std::string_view comment) {
    BindNumber(
        key, Within<Number>(range), [field] { return static_cast<std::int64_t>(*field); },
        [field](std::int64_t value) { *field = static_cast<Number>(value); }, comment);
  }

  // A number of bytes: "64KiB", "4MiB".
  template <std::integral Number>
  void BindBytes(std::string_view key, Number* field, Range<std::int64_t> range, std::string_view comment) {
    BindByteCount(
        key, Within<Number>(range), [field] { return static_cast<std::int64_t>(*field); },
        [field](std::int64_t value) { *field = static_cast<Number>(value); }, comment);
  }

  // One of some words.
  template <typename Enum>
  void BindChoice(std::string_view key, Enum* field, std::vector<std::pair<std::string, Enum>> choices,
                  std::string_view comment) {
    std::vector<std::string> words;
    for (const auto& choice : choices) words.push_back(choice.first);
    BindWord(
        key, std::move(words),
        [field, choices] {
          for (const auto& [word, value] : choices) {
            if (value == *field) return word;
          }
          return std::string();
        },
        [field, choices](const std::string& given) {
          for (const auto& [word, value] : choices) {
            if (word == given) *field = value;
          }
        },
        comment);
  }

  // "host:port", "[::1]:port", "unix:/path"; empty where that turns something off (the comment says what).
  void BindAddress(std::string_view key, std::string* field, std::string_view comment);

  // A password, a key. Given by the environment variable of `key`, or in a file that `key`_file names; the file's last
  // newline is not part of it. The configuration file and flags may only name that file.
  void BindSecret(std::string_view key, std::string* field, std::string_view comment);

  // A flag that is no setting: "--dump NAME". Neither in the file nor in the environment.
  void BindArgument(std::string_view name, std::string* field, std::string_view comment);

  // A rule over more than one key, checked when all values are in. `check` gives "" or what is wrong and what would be
  // right; the complaint is about `key`.
  void Check(std::string_view key, std::function<std::string()> check);

  // Fills the fields from the file named by --config (or the environment variable …_CONFIG), `environment` and
  // `arguments` (without the program's name). The result is what to print before ending (--help, --version,
  // --print-config, --print-example), or nothing when the service shall run. INVALID_ARGUMENT lists all problems, one a
  // line, each with its place.
  absl::StatusOr<std::optional<std::string>> Load(std::vector<std::string> arguments,
                                                  const std::map<std::string, std::string>& environment);

  // Load for main: with the process's own environment, prints what is to be printed and gives the exit code, or nothing
  // when the service shall run. 2 when the configuration cannot be used.
  std::optional<int> LoadOrExit(int argc, const char* const* argv);

  // Every key with its flag, environment variable, values, default and comment.
  std::string Help() const;
  // A YAML file with every key, its comment and its default.
  std::string Example() const;
  // A YAML file with what the fields hold now, and where each value came from. Secrets stand there as "***".
  std::string Print() const;
  // The same as a table for the documents.
  std::string Markdown() const;

  const std::vector<Setting>& settings() const { return settings_; }
  // "COMMUNIQUE_RELEASES_LISTEN_INTERNAL" for "listen.internal".
  std::string EnvironmentName(std::string_view key) const;

 private:
  struct Argument {
    std::string name;
    std::string* field;
    std::string comment;
  };
  struct FlagValues;

  // No more than a Number can hold.
  template <std::integral Number>
  static Range<std::int64_t> Within(Range<std::int64_t> range) {
    if (std::in_range<Number>(range.min) && std::in_range<Number>(range.max)) return range;
    return {
        std::in_range<Number>(range.min) ? range.min : 0,
        std::in_range<Number>(range.max) ? range.max : static_cast<std::int64_t>(std::numeric_limits<Number>::max())};
  }

  void Declare(Setting setting);
  void BindNumber(std::string_view key, Range<std::int64_t> range, std::function<std::int64_t()> get,
                  std::function<void(std::int64_t)> set, std::string_view comment);
  void BindByteCount(std::string_view key, Range<std::int64_t> range, std::function<std::int64_t()> get,
                     std::function<void(std::int64_t)> set, std::string_view comment);
  void BindWord(std::string_view key, std::vector<std::string> words, std::function<std::string()> get,
                std::function<void(const std::string&)> set, std::string_view comment);

  FlagValues ReadFlags(std::vector<std::string> arguments, std::vector<std::string>& problems) const;
  std::vector<GivenValue> ReadEnvironment(const std::map<std::string, std::string>& environment,
                                          std::vector<std::string>& problems) const;
  void Apply(const GivenValue& given, std::vector<std::string>& problems);
  void ReadSecretFiles(std::vector<std::string>& problems);
  Setting* Find(std::string_view key);
  const Setting* Find(std::string_view key) const;
  std::vector<std::string> Keys() const;
  bool IsSection(std::string_view key) const;

  const std::string service_;
  const std::string description_;
  std::vector<Setting> settings_;
  std::vector<Argument> arguments_;
  std::vector<std::pair<std::string, std::function<std::string()>>> checks_;
};

}  // namespace communique::platform
