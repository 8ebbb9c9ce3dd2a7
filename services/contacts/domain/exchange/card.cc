// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/card.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {

using platform::ToAbsl;

std::vector<std::string> CardProperty::Parameter(std::string_view parameter) const {
  std::vector<std::string> values;
  for (const CardParameter& each : parameters) {
    if (each.name != parameter) continue;
    for (const std::string& value : each.values) {
      for (const auto part : absl::StrSplit(value, ',', absl::SkipWhitespace())) values.emplace_back(part);
    }
  }
  return values;
}

std::string CardProperty::FirstParameter(std::string_view parameter) const {
  const auto values = Parameter(parameter);
  return values.empty() ? std::string() : values.front();
}

bool CardProperty::IsOfType(std::string_view type) const {
  const auto types = Parameter("TYPE");
  return std::any_of(types.begin(), types.end(),
                     [&](const std::string& each) { return absl::EqualsIgnoreCase(each, ToAbsl(type)); });
}

std::string CardProperty::Component(std::size_t index) const {
  if (index >= components.size()) return {};
  std::vector<std::string> texts;
  std::copy_if(components[index].begin(), components[index].end(), std::back_inserter(texts),
               [](const std::string& text) { return !text.empty(); });
  return absl::StrJoin(texts, " ");
}

std::string CardProperty::Text() const {
  return absl::StrJoin(components, ";", [](std::string* out, const std::vector<std::string>& texts) {
    absl::StrAppend(out, absl::StrJoin(texts, ","));
  });
}

std::string CardProperty::FullName() const { return group.empty() ? name : absl::StrCat(group, ".", name); }

v1::CardFinding MakeFinding(int line, std::string_view field, std::string_view message, int column) {
  v1::CardFinding finding;
  finding.set_line(line);
  finding.set_column(column);
  finding.set_field(std::string(field));
  finding.set_message(std::string(message));
  return finding;
}

bool IsBinaryProperty(std::string_view name) {
  static constexpr std::string_view kNames[] = {"PHOTO", "LOGO", "SOUND", "KEY"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace communique::contacts
