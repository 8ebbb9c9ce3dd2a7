// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/settings.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/platform/base/string_view.h"
#include "services/platform/config/address.h"
#include "services/platform/config/values.h"

namespace communique::platform {
namespace {

using SetValues = std::function<std::string(const std::vector<std::string>&)>;

[[noreturn]] void EndProcess(const std::string& key, const std::string& mistake) {
  std::fprintf(stderr, "setting %s: %s\n", key.c_str(), mistake.c_str());
  std::abort();
}

bool IsKey(const std::string& key) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !key.empty() && key.front() != '.' && key.back() != '.' && std::all_of(key.begin(), key.end(), is_letter);
}

// Makes the `set` of a Setting out of a function that takes one text.
SetValues OneText(std::function<std::string(const std::string&)> set) {
  return [set = std::move(set)](const std::vector<std::string>& values) {
    return values.size() == 1 ? set(values.front()) : std::string("takes one value, not a list");
  };
}

SetValues SetText(std::string* field) {
  return OneText([field](const std::string& text) {
    *field = text;
    return std::string();
  });
}

std::string Quote(const std::string& text) { return absl::StrCat("\"", text, "\""); }

std::string OutOfBounds(const std::string& text, const std::string& bounds) {
  return absl::StrCat(text, " is out of bounds; it must be from ", bounds);
}

Setting Make(std::string_view key, std::string_view comment, std::string values) {
  Setting setting;
  setting.key = std::string(key);
  setting.comment = std::string(comment);
  setting.values = std::move(values);
  return setting;
}

}  // namespace

Settings::Settings(std::string_view service, std::string_view description)
    : service_(service), description_(description) {}

std::string Settings::EnvironmentName(std::string_view key) const {
  return absl::AsciiStrToUpper(
      absl::StrReplaceAll(absl::StrCat("COMMUNIQUE_", service_, "_", ToAbsl(key)), {{".", "_"}, {"-", "_"}}));
}

void Settings::Declare(Setting setting) {
  if (!IsKey(setting.key)) EndProcess(setting.key, "keys are lower_snake_case parts joined by dots");
  if (setting.comment.empty()) EndProcess(setting.key, "say what it is for");
  for (const Setting& other : settings_) {
    if (EnvironmentName(other.key) == EnvironmentName(setting.key)) {
      EndProcess(setting.key, absl::StrCat("has the environment variable of ", other.key));
    }
  }
  setting.default_value = setting.get();
  if (const std::string error = setting.set(setting.default_value); !error.empty()) {
    EndProcess(setting.key, absl::StrCat("its default ", error));
  }
  settings_.push_back(std::move(setting));
}

void Settings::Bind(std::string_view key, std::string* field, std::string_view comment) {
  Setting setting = Make(key, comment, "text");
  setting.get = [field] { return std::vector<std::string>{*field}; };
  setting.set = SetText(field);
  Declare(std::move(setting));
}

void Settings::Bind(std::string_view key, bool* field, std::string_view comment) {
  Setting setting = Make(key, comment, "true or false");
  setting.get = [field] { return std::vector<std::string>{*field ? "true" : "false"}; };
  setting.set = OneText([field](const std::string& text) {
    const auto value = ParseBool(text);
    if (!value) return absl::StrCat(Quote(text), " is neither true nor false");
    *field = *value;
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::Bind(std::string_view key, std::vector<std::string>* field, std::string_view comment) {
  Setting setting = Make(key, comment, "list of texts");
  setting.is_list = true;
  setting.get = [field] { return *field; };
  setting.set = [field](const std::vector<std::string>& values) {
    *field = values;
    return std::string();
  };
  Declare(std::move(setting));
}

void Settings::Bind(std::string_view key, absl::Duration* field, Range<absl::Duration> range,
                    std::string_view comment) {
  const std::string bounds = absl::StrCat(absl::FormatDuration(range.min), " to ", absl::FormatDuration(range.max));
  Setting setting = Make(key, comment, absl::StrCat("duration, ", bounds));
  setting.get = [field] { return std::vector<std::string>{absl::FormatDuration(*field)}; };
  setting.set = OneText([field, range, bounds](const std::string& text) {
    const auto value = ParseDuration(text);
    if (!value) {
      return absl::StrCat(Quote(text), " is not a duration; write a number with its unit: 250ms, 1.5s, 2h30m");
    }
    if (*value < range.min || *value > range.max) return OutOfBounds(text, bounds);
    *field = *value;
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::BindNumber(std::string_view key, Range<std::int64_t> range, std::function<std::int64_t()> get,
                          std::function<void(std::int64_t)> set, std::string_view comment) {
  const std::string bounds = absl::StrCat(range.min, " to ", range.max);
  Setting setting = Make(key, comment, absl::StrCat("number, ", bounds));
  setting.get = [get = std::move(get)] { return std::vector<std::string>{absl::StrCat(get())}; };
  setting.set = OneText([set = std::move(set), range, bounds](const std::string& text) {
    const auto value = ParseNumber(text);
    if (!value) return absl::StrCat(Quote(text), " is not a number; write digits only");
    if (*value < range.min || *value > range.max) return OutOfBounds(text, bounds);
    set(*value);
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::BindByteCount(std::string_view key, Range<std::int64_t> range, std::function<std::int64_t()> get,
                             std::function<void(std::int64_t)> set, std::string_view comment) {
  const std::string bounds = absl::StrCat(FormatBytes(range.min), " to ", FormatBytes(range.max));
  Setting setting = Make(key, comment, absl::StrCat("bytes, ", bounds));
  setting.get = [get = std::move(get)] { return std::vector<std::string>{FormatBytes(get())}; };
  setting.set = OneText([set = std::move(set), range, bounds](const std::string& text) {
    const auto value = ParseBytes(text);
    if (!value) {
      return absl::StrCat(Quote(text),
                          " is not a number of bytes; write a whole number with its unit: ", "512B, 64KiB, 4MiB, 1GiB");
    }
    if (*value < range.min || *value > range.max) return OutOfBounds(text, bounds);
    set(*value);
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::BindWord(std::string_view key, std::vector<std::string> words, std::function<std::string()> get,
                        std::function<void(const std::string&)> set, std::string_view comment) {
  const std::string choices = absl::StrJoin(words, ", ");
  Setting setting = Make(key, comment, absl::StrCat("one of: ", choices));
  setting.get = [get = std::move(get)] { return std::vector<std::string>{get()}; };
  setting.set = OneText([set = std::move(set), words = std::move(words), choices](const std::string& text) {
    if (std::find(words.begin(), words.end(), text) == words.end()) {
      return absl::StrCat(Quote(text), " is none of the choices; write one of: ", choices);
    }
    set(text);
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::BindAddress(std::string_view key, std::string* field, std::string_view comment) {
  Setting setting = Make(key, comment, "host:port or unix:/path");
  setting.get = [field] { return std::vector<std::string>{*field}; };
  setting.set = OneText([field](const std::string& text) {
    if (!text.empty()) {
      if (const auto address = ParseAddress(text); !address.ok()) return std::string(address.status().message());
    }
    *field = text;
    return std::string();
  });
  Declare(std::move(setting));
}

void Settings::BindSecret(std::string_view key, std::string* field, std::string_view comment) {
  Setting setting = Make(key, comment, "text");
  setting.is_secret = true;
  setting.get = [field] { return std::vector<std::string>{*field}; };
  setting.set = SetText(field);
  Declare(std::move(setting));

  auto path = std::make_shared<std::string>();
  Setting file = Make(absl::StrCat(ToAbsl(key), "_file"), comment, "path of a file");
  file.comment = absl::StrCat("The file that holds ", ToAbsl(key), ". ", file.comment);
  file.get = [path] { return std::vector<std::string>{*path}; };
  file.set = OneText([path](const std::string& text) {
    *path = text;
    return std::string();
  });
  Declare(std::move(file));
}

void Settings::BindArgument(std::string_view name, std::string* field, std::string_view comment) {
  arguments_.push_back({std::string(name), field, std::string(comment)});
}

void Settings::Check(std::string_view key, std::function<std::string()> check) {
  if (Find(key) == nullptr) EndProcess(std::string(key), "is checked before it is declared");
  checks_.emplace_back(key, std::move(check));
}

Setting* Settings::Find(std::string_view key) { return const_cast<Setting*>(std::as_const(*this).Find(key)); }

const Setting* Settings::Find(std::string_view key) const {
  const auto found =
      std::find_if(settings_.begin(), settings_.end(), [key](const Setting& setting) { return setting.key == key; });
  return found == settings_.end() ? nullptr : &*found;
}

std::vector<std::string> Settings::Keys() const {
  std::vector<std::string> keys;
  for (const Setting& setting : settings_) keys.push_back(setting.key);
  return keys;
}

bool Settings::IsSection(std::string_view key) const {
  const std::string prefix = absl::StrCat(ToAbsl(key), ".");
  return std::any_of(settings_.begin(), settings_.end(),
                     [&prefix](const Setting& setting) { return setting.key.compare(0, prefix.size(), prefix) == 0; });
}

}  // namespace communique::platform
