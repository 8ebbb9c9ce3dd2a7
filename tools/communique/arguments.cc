// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/arguments.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/locale/language_tag.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

struct Part {
  std::string collection;
  std::string id;  // what stands for it in messages
};

CLI::Validator Name(std::vector<Part> parts) {
  const std::string whole = absl::StrJoin(
      parts, "/", [](std::string* out, const Part& part) { absl::StrAppend(out, part.collection, "/", part.id); });
  const std::string ids = absl::StrJoin(parts, "/", [](std::string* out, const Part& part) { *out += part.id; });
  return CLI::Validator(
      [parts = std::move(parts), whole, ids](std::string& name) -> std::string {
        const std::vector<std::string> given = absl::StrSplit(name, '/');
        const std::size_t depth = parts.size();
        bool right = given.size() == depth || given.size() == 2 * depth;
        for (const auto& each : given) right = right && !each.empty();
        if (right && given.size() == 2 * depth) {
          for (std::size_t i = 0; i < depth; ++i) right = right && given[2 * i] == parts[i].collection;
        }
        if (!right) return absl::StrCat("\"", name, "\" is no name: give ", ids, " or ", whole);
        if (given.size() == depth) {
          name.clear();
          for (std::size_t i = 0; i < depth; ++i) {
            absl::StrAppend(&name, i == 0 ? "" : "/", parts[i].collection, "/", given[i]);
          }
        }
        return "";
      },
      "");
}

const Part kNewsroom = {"newsrooms", "NEWSROOM"};
const Part kRelease = {"releases", "RELEASE"};

}  // namespace

CLI::Validator NewsroomName() { return Name({kNewsroom}); }
CLI::Validator ReleaseName() { return Name({kNewsroom, kRelease}); }
CLI::Validator SectionName() { return Name({kNewsroom, {"sections", "SECTION"}}); }
CLI::Validator EditionName() { return Name({kNewsroom, kRelease, {"editions", "LANGUAGE"}}); }

CLI::Validator OrganizationName() { return Name({kNewsroom, {"organizations", "ORGANIZATION"}}); }
CLI::Validator ContactName() { return Name({kNewsroom, {"contacts", "CONTACT"}}); }
CLI::Validator MergeName() { return Name({kNewsroom, {"merges", "MERGE"}}); }
CLI::Validator GroupName() { return Name({kNewsroom, {"groups", "GROUP"}}); }
CLI::Validator SuppressionName() { return Name({kNewsroom, {"suppressions", "SUPPRESSION"}}); }
CLI::Validator ErasureName() { return Name({kNewsroom, {"erasures", "ERASURE"}}); }

CLI::Validator LocalizedText() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        const auto equals = text.find('=');
        if (equals != std::string::npos && equals > 0 && equals + 1 < text.size()) return "";
        return absl::StrCat("\"", text, "\": give LANGUAGE=TEXT, for instance de=\"…\"");
      },
      "");
}

CLI::Validator NotEmpty() {
  return CLI::Validator(
      [](std::string& text) -> std::string { return text.empty() ? "is empty; --clear takes a field away" : ""; }, "");
}

CLI::Validator Instant() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        absl::Time time;
        if (absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return "";
        return absl::StrCat("\"", text, "\" is no time: give, for instance, 2026-10-16T08:00:00Z");
      },
      "");
}

google::protobuf::Timestamp InstantOf(const std::string& text) {
  absl::Time time;
  return absl::ParseTime(absl::RFC3339_full, text, &time, nullptr) ? platform::ToTimestamp(time)
                                                                   : google::protobuf::Timestamp();
}

void AddLocalizedTexts(const std::vector<std::string>& texts,
                       google::protobuf::RepeatedPtrField<common::v1::LocalizedText>* out) {
  for (const auto& text : texts) {
    const auto equals = text.find('=');
    auto* added = out->Add();
    added->set_locale(text.substr(0, equals));
    added->set_text(text.substr(equals + 1));
  }
}

common::v1::LocalizedText TextInLanguage(const std::string& text, const std::string& language) {
  common::v1::LocalizedText result;
  const auto equals = text.find('=');
  const bool tagged = equals != std::string::npos && platform::CanonicalLanguageTag(text.substr(0, equals)).ok();
  result.set_locale(tagged ? text.substr(0, equals) : language);
  result.set_text(tagged ? text.substr(equals + 1) : text);
  return result;
}

absl::Status NoLanguage(const std::string& option, const std::string& text) {
  return UsageError(absl::StrCat(option, " \"", text, "\": say its language, as de=\"…\" or with --language"));
}

CLI::Option* AddTexts(CLI::App& app, const std::string& name, std::vector<std::string>& texts,
                      const std::string& description) {
  return app.add_option(name, texts, description)->allow_extra_args(false);
}

CLI::Option* AddRepeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                         const std::string& description) {
  return app.add_option(name, values, description)->delimiter(',')->allow_extra_args(false);
}

}  // namespace communique::command
