// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/platform/config/settings.h"

namespace communique::platform {
namespace {

constexpr std::size_t kWidth = 100;

// `text` in lines of at most kWidth characters, each after `prefix`.
std::string Wrap(const std::string& prefix, const std::string& text) {
  std::string out;
  std::string line;
  for (absl::string_view word : absl::StrSplit(text, ' ')) {
    if (!line.empty() && prefix.size() + line.size() + 1 + word.size() > kWidth) {
      absl::StrAppend(&out, prefix, line, "\n");
      line.clear();
    }
    absl::StrAppend(&line, line.empty() ? "" : " ", word);
  }
  return absl::StrCat(out, prefix, line, "\n");
}

std::string YamlScalar(const std::string& text) {
  YAML::Emitter emitter;
  if (text.empty()) emitter << YAML::DoubleQuoted;
  emitter << text;
  return emitter.c_str();
}

std::string YamlValue(const Setting& setting, const std::vector<std::string>& values) {
  std::vector<std::string> scalars;
  for (const std::string& value : values) scalars.push_back(YamlScalar(value));
  return setting.is_list ? absl::StrCat("[", absl::StrJoin(scalars, ", "), "]") : absl::StrJoin(scalars, "");
}

// A YAML file of settings: opens the sections, in order, and indents.
class YamlText {
 public:
  void Add(const Setting& setting, const std::vector<std::string>& comment_lines, const std::string& value) {
    const std::string name = Open(setting);
    for (const std::string& line : comment_lines) text_ += Wrap(absl::StrCat(Indent(), "# "), line);
    absl::StrAppend(&text_, Indent(), name, ": ", value, "\n");
  }

  // A line that says what `setting` is without setting it.
  void AddComment(const Setting& setting, const std::string& value) {
    const std::string name = Open(setting);
    absl::StrAppend(&text_, Indent(), "# ", name, ": ", value, "\n");
  }

  const std::string& text() const { return text_; }

 private:
  // Begins the sections of `setting` that are not open yet, and gives the last part of its key.
  std::string Open(const Setting& setting) {
    std::vector<std::string> parts = absl::StrSplit(setting.key, '.');
    const std::string name = parts.back();
    parts.pop_back();
    std::size_t common = 0;
    while (common < parts.size() && common < open_.size() && parts[common] == open_[common]) ++common;
    if (common < parts.size() || common < open_.size()) text_ += text_.empty() ? "" : "\n";
    open_.resize(common);
    for (std::size_t i = common; i < parts.size(); ++i) {
      absl::StrAppend(&text_, Indent(), parts[i], ":\n");
      open_.push_back(parts[i]);
    }
    return name;
  }

  std::string Indent() const { return std::string(2 * open_.size(), ' '); }

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace

std::string Settings::Help() const {
  std::string out = absl::StrCat("communique-", service_, ": ", description_, "\n\n");
  absl::StrAppend(&out, "  --config FILE      read settings from a YAML file (environment ", EnvironmentName("config"),
                  ")\n  --print-config     print the settings and where each came from, and end\n",
                  "  --print-example    print a configuration file with every setting, and end\n",
                  "  --version          print the version, and end\n");
  for (const Argument& argument : arguments_) {
    out += Wrap("                     ", argument.comment)
               .replace(0, 20, absl::StrCat("  --", argument.name, std::string(20, ' ')).substr(0, 20));
  }
  out += "\nA flag beats the environment, which beats the file, which beats the default.\n";
  for (const Setting& setting : settings_) {
    absl::StrAppend(&out, "\n  ", setting.is_secret ? "" : "--", setting.key, "  [", setting.values,
                    setting.is_secret ? "; by environment or file only]"
                                      : absl::StrCat("; default: ", YamlValue(setting, setting.default_value), "]"),
                    "\n      environment ", EnvironmentName(setting.key), "\n", Wrap("      ", setting.comment));
  }
  return out;
}

std::string Settings::Example() const {
  YamlText yaml;
  for (const Setting& setting : settings_) {
    if (setting.is_secret) continue;
    yaml.Add(setting,
             {setting.comment, absl::StrCat("(", setting.values, "; environment ", EnvironmentName(setting.key), ")")},
             YamlValue(setting, setting.default_value));
  }
  return absl::StrCat("# Settings of communique-", service_, ", with their defaults.\n\n", yaml.text());
}

std::string Settings::Print() const {
  YamlText yaml;
  for (const Setting& setting : settings_) {
    if (!setting.is_secret) {
      yaml.Add(setting, {}, absl::StrCat(YamlValue(setting, setting.get()), "  # ", setting.source));
    } else if (!setting.get().front().empty()) {
      yaml.AddComment(setting, absl::StrCat("***  (", setting.source, ")"));
    }
  }
  return yaml.text();
}

std::string Settings::Markdown() const {
  std::string out = "| key | values | default | what it is for |\n|---|---|---|---|\n";
  for (const Setting& setting : settings_) {
    const std::string value = setting.is_secret ? "none" : YamlValue(setting, setting.default_value);
    absl::StrAppend(&out, "| `", setting.key, "` | ", setting.values, " | `", value, "` | ",
                    absl::StrReplaceAll(setting.comment, {{"|", "\\|"}}), " |\n");
  }
  return out;
}

}  // namespace communique::platform
