// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <vector>

namespace communique::platform {

// One key of the configuration: what Settings::Bind declared, without the type of the field it fills. A value is a list
// of texts; all but lists have one.
struct Setting {
  std::string key;      // "listen.internal"
  std::string comment;  // what it is for, in sentences
  std::string values;   // what may be written: "duration, 1ms to 1h"
  bool is_list = false;
  // Read from the environment or from the file that "<key>_file" names; never from the configuration file or a flag,
  // which others can read; never printed.
  bool is_secret = false;
  // Fills the field. Gives "" or what is wrong with the value and what would be right.
  std::function<std::string(const std::vector<std::string>&)> set;
  // The field's value as `set` takes it.
  std::function<std::vector<std::string>()> get;
  std::vector<std::string> default_value;
  std::string source = "default";  // where the value came from, for --print-config
};

// A value that somebody gave, and where: "releases.yaml:12", "environment COMMUNIQUE_RELEASES_LISTEN_INTERNAL", "flag
// --listen.internal".
struct GivenValue {
  std::string key;
  std::vector<std::string> values;
  bool is_list = false;
  std::string where;
};

}  // namespace communique::platform
