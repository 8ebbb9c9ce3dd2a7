// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/card_writer.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/contacts/domain/exchange/content_line.h"

namespace communique::contacts {
namespace {

// Web addresses are no text: commas and semicolons are theirs. A backslash, which none should have, is read as in a
// text.
std::string ValueOf(const CardProperty& property) {
  if (property.name == "URL" || property.name == "UID") return absl::StrReplaceAll(property.Text(), {{"\\", "\\\\"}});
  return absl::StrJoin(property.components, ";", [](std::string* out, const std::vector<std::string>& texts) {
    absl::StrAppend(out, absl::StrJoin(texts, ",", [](std::string* part, const std::string& text) {
                      absl::StrAppend(part, EscapeText(text));
                    }));
  });
}

std::string LineOf(const CardProperty& property) {
  std::string line = property.FullName();
  for (const CardParameter& parameter : property.parameters) {
    absl::StrAppend(&line, ";", parameter.name, "=",
                    absl::StrJoin(parameter.values, ",", [](std::string* out, const std::string& value) {
                      absl::StrAppend(out, EscapeParameter(value));
                    }));
  }
  return absl::StrCat(line, ":", ValueOf(property));
}

std::string TypeOfValue(const std::string& name) {
  if (name == "URL" || name == "UID") return "uri";
  return name == "LANG" ? "language-tag" : "text";
}

}  // namespace

std::string WriteVCard(const std::vector<CardProperty>& properties) {
  std::string card = "BEGIN:VCARD\r\n";
  for (const CardProperty& property : properties) card += FoldLine(LineOf(property));
  return card + "END:VCARD\r\n";
}

std::string WriteJCard(const std::vector<CardProperty>& properties) {
  nlohmann::json all = nlohmann::json::array();
  for (const CardProperty& property : properties) {
    nlohmann::json parameters = nlohmann::json::object();
    if (!property.group.empty()) parameters["group"] = property.group;
    for (const CardParameter& parameter : property.parameters) {
      const std::string name = absl::AsciiStrToLower(parameter.name);
      if (parameter.values.size() == 1) {
        parameters[name] = parameter.values.front();
      } else {
        parameters[name] = parameter.values;
      }
    }
    nlohmann::json value = property.Text();
    if (property.components.size() > 1) {
      value = nlohmann::json::array();
      for (const auto& component : property.components) value.push_back(absl::StrJoin(component, ","));
    }
    all.push_back({absl::AsciiStrToLower(property.name), parameters, TypeOfValue(property.name), value});
  }
  return nlohmann::json::array({"vcard", all}).dump();
}

}  // namespace communique::contacts
