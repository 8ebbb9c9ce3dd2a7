// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "re2/re2.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/version.h"
#include "services/platform/config/settings.h"
#include "services/platform/config/suggestion.h"
#include "services/platform/config/yaml_file.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxSecretBytes = 64 * 1024;

std::string DidYouMean(const std::string& nearest, const char* prefix = "") {
  return nearest.empty() ? "; --help lists those there are" : absl::StrCat("; did you mean ", prefix, nearest, "?");
}

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> items;
  for (absl::string_view item : absl::StrSplit(text, ',', absl::SkipWhitespace())) {
    items.emplace_back(absl::StripAsciiWhitespace(item));
  }
  return items;
}

// The arguments as CLI11 wants them: backwards, and "--key=" as two, as it would take the next one for the value.
std::vector<std::string> ForCli11(const std::vector<std::string>& arguments) {
  std::vector<std::string> backwards;
  for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument) {
    const bool has_empty_value = absl::StartsWith(*argument, "--") && absl::EndsWith(*argument, "=");
    if (has_empty_value) backwards.emplace_back();
    backwards.push_back(has_empty_value ? argument->substr(0, argument->size() - 1) : *argument);
  }
  return backwards;
}

// Kubernetes puts variables like COMMUNIQUE_RELEASES_PORT_8080_TCP_ADDR into every container of the namespace when
// there is a Service of that name. They are nobody's settings.
bool IsServiceLink(const std::string& name) {
  static const RE2 pattern(R"(.*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?))");
  return RE2::FullMatch(name, pattern);
}

}  // namespace

struct Settings::FlagValues {
  std::vector<GivenValue> settings;
  std::string config_file;
  bool help = false;
  bool version = false;
  bool print_config = false;
  bool print_example = false;
};

Settings::FlagValues Settings::ReadFlags(std::vector<std::string> arguments, std::vector<std::string>& problems) const {
  FlagValues flags;
  CLI::App app(description_);
  app.set_help_flag();
  app.allow_extras();
  app.add_flag("-h,--help", flags.help);
  app.add_flag("--version", flags.version);
  app.add_flag("--print-config", flags.print_config);
  app.add_flag("--print-example", flags.print_example);
  app.add_option("--config", flags.config_file)->take_last();
  std::vector<std::string> names = {"help", "version", "print-config", "print-example", "config"};
  for (const Argument& argument : arguments_) {
    app.add_option(absl::StrCat("--", argument.name), *argument.field)->take_last();
    names.push_back(argument.name);
  }
  for (const Setting& setting : settings_) {
    if (setting.is_secret) continue;
    names.push_back(setting.key);
    app.add_option_function<std::string>(
           absl::StrCat("--", setting.key),
           [&flags, &setting](const std::string& text) {
             flags.settings.push_back({setting.key, setting.is_list ? SplitList(text) : std::vector<std::string>{text},
                                       setting.is_list, absl::StrCat("flag --", setting.key)});
           })
        ->take_last();
  }
  try {
    app.parse(ForCli11(arguments));
  } catch (const CLI::ParseError& error) {
    problems.push_back(absl::StrCat("flags: ", error.what()));
  }
  for (const std::string& extra : app.remaining()) {
    const std::string name(absl::StripPrefix(extra.substr(0, extra.find('=')), "--"));
    if (!absl::StartsWith(extra, "--")) {
      problems.push_back(absl::StrCat("flags: \"", extra, "\" belongs to no flag; write --key=value"));
    } else if (Find(name) != nullptr) {
      problems.push_back(absl::StrCat("flag --", name, ": a secret is not given as a flag, which every user of the ",
                                      "machine can see; use --", name, "_file or the environment variable ",
                                      EnvironmentName(name)));
    } else {
      problems.push_back(
          absl::StrCat("flag --", name, ": there is no such flag", DidYouMean(NearestName(name, names), "--")));
    }
  }
  return flags;
}

std::vector<GivenValue> Settings::ReadEnvironment(const std::map<std::string, std::string>& environment,
                                                  std::vector<std::string>& problems) const {
  std::map<std::string, const Setting*> known;
  std::vector<std::string> names;
  for (const Setting& setting : settings_) {
    known.emplace(EnvironmentName(setting.key), &setting);
    names.push_back(EnvironmentName(setting.key));
  }
  std::vector<GivenValue> given;
  for (const auto& [name, value] : environment) {
    if (!absl::StartsWith(name, EnvironmentName("")) || name == EnvironmentName("config")) continue;
    const auto found = known.find(name);
    if (found != known.end()) {
      const Setting& setting = *found->second;
      given.push_back({setting.key, setting.is_list ? SplitList(value) : std::vector<std::string>{value},
                       setting.is_list, absl::StrCat("environment ", name)});
    } else if (!IsServiceLink(name)) {
      problems.push_back(
          absl::StrCat("environment ", name, ": there is no such setting", DidYouMean(NearestName(name, names))));
    }
  }
  return given;
}

void Settings::Apply(const GivenValue& given, std::vector<std::string>& problems) {
  const auto problem = [&](const std::string& what) {
    problems.push_back(absl::StrCat(given.where, ": ", given.key, ": ", what));
  };
  Setting* const setting = Find(given.key);
  if (setting == nullptr) {
    if (!IsSection(given.key)) {
      return problem(absl::StrCat("there is no such key", DidYouMean(NearestName(given.key, Keys()))));
    }
    if (!given.values.empty()) problem("is a section; its keys stand below it, indented");
    return;
  }
  const bool from_file = !absl::StartsWith(given.where, "environment ") && !absl::StartsWith(given.where, "flag ");
  if (setting->is_secret && from_file) {
    return problem(absl::StrCat("a secret does not stand in the configuration file; name a file that holds it with ",
                                given.key, "_file, or use the environment variable ", EnvironmentName(given.key)));
  }
  if (given.values.empty() && !given.is_list) {
    return problem(absl::StrCat("has no value; write one (", setting->values, ") or remove the line"));
  }
  if (setting->is_list != given.is_list) {
    return problem(setting->is_list ? "takes a list; write [one, two], or each on a line of its own after \"- \""
                                    : "takes one value, not a list");
  }
  if (const std::string error = setting->set(given.values); !error.empty()) return problem(error);
  setting->source = given.where;
}

void Settings::ReadSecretFiles(std::vector<std::string>& problems) {
  for (Setting& setting : settings_) {
    if (!setting.is_secret) continue;
    const Setting& file_setting = *Find(absl::StrCat(setting.key, "_file"));
    const std::string path = file_setting.get().front();
    if (path.empty()) continue;
    if (setting.source != "default") {
      problems.push_back(absl::StrCat(setting.source, ": ", setting.key, " is given as well as ", file_setting.key,
                                      " (", file_setting.source, "); keep one of them"));
      continue;
    }
    std::ifstream file(path);
    std::stringstream text;
    if (!file || !(text << file.rdbuf())) {
      problems.push_back(absl::StrCat(file_setting.source, ": ", file_setting.key, ": cannot read ", path, ": ",
                                      errno != 0 ? std::strerror(errno) : "it is empty"));
      continue;
    }
    std::string secret = text.str();
    if (absl::EndsWith(secret, "\n")) secret.pop_back();
    if (absl::EndsWith(secret, "\r")) secret.pop_back();
    if (secret.empty() || secret.size() > kMaxSecretBytes) {
      problems.push_back(absl::StrCat(file_setting.source, ": ", file_setting.key, ": ", path, " holds ", secret.size(),
                                      " bytes; a secret has 1 to ", kMaxSecretBytes));
      continue;
    }
    setting.set({secret});
    setting.source = absl::StrCat("file ", path);
  }
}

absl::StatusOr<std::optional<std::string>> Settings::Load(std::vector<std::string> arguments,
                                                          const std::map<std::string, std::string>& environment) {
  std::vector<std::string> problems;
  FlagValues flags = ReadFlags(std::move(arguments), problems);
  // Somebody who asks for help gets it, whatever else is wrong.
  if (flags.help) return Help();
  if (flags.version) return absl::StrCat("communique-", service_, " ", ToAbsl(Version()), "\n");
  if (flags.print_example) return Example();

  if (const auto variable = environment.find(EnvironmentName("config"));
      flags.config_file.empty() && variable != environment.end()) {
    flags.config_file = variable->second;
  }
  if (!flags.config_file.empty()) {
    for (const GivenValue& given : ReadYamlFile(flags.config_file, problems)) Apply(given, problems);
  }
  for (const GivenValue& given : ReadEnvironment(environment, problems)) Apply(given, problems);
  for (const GivenValue& given : flags.settings) Apply(given, problems);
  ReadSecretFiles(problems);
  // Rules over several keys make sense only when each is right by itself.
  if (problems.empty()) {
    for (const auto& [key, check] : checks_) {
      if (const std::string error = check(); !error.empty()) {
        const std::string& source = Find(key)->source;
        problems.push_back(absl::StrCat(source == "default" ? "" : source + ": ", key, ": ", error));
      }
    }
  }
  if (!problems.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                     absl::StrJoin(problems, "\n"));
  }
  if (flags.print_config) return Print();
  return std::nullopt;
}

std::optional<int> Settings::LoadOrExit(int argc, const char* const* argv) {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::pair<std::string, std::string> variable = absl::StrSplit(*entry, absl::MaxSplits('=', 1));
    environment.insert(variable);
  }
  const auto loaded = Load(std::vector<std::string>(argv + 1, argv + argc), environment);
  if (!loaded.ok()) {
    std::fprintf(stderr, "communique-%s cannot start with this configuration:\n", service_.c_str());
    for (absl::string_view problem : absl::StrSplit(loaded.status().message(), '\n')) {
      std::fprintf(stderr, "  %s\n", std::string(problem).c_str());
    }
    return 2;
  }
  if (!loaded->has_value()) return std::nullopt;
  std::fputs((*loaded)->c_str(), stdout);
  return 0;
}

}  // namespace communique::platform
