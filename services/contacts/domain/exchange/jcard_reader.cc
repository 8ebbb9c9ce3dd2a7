// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/jcard_reader.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/content_line.h"
#include "services/contacts/domain/exchange/encodings.h"
#include "services/contacts/domain/exchange/vcard_reader.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

using nlohmann::json;

void Refuse(Card& card, std::string_view field, std::string_view message) {
  v1::CardFinding finding = MakeFinding(0, field, message);
  finding.set_refused(true);
  card.refusals.push_back(std::move(finding));
}

// A value as text; nothing else than texts, numbers and truths is one.
std::string TextOf(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean() || value.is_number()) return value.dump();
  return {};
}

std::vector<std::string> TextsOf(const json& value) {
  std::vector<std::string> texts;
  if (!value.is_array()) return {TextOf(value)};
  for (const json& each : value) texts.push_back(TextOf(each));
  if (texts.empty()) texts.emplace_back();
  return texts;
}

// One value may be structured: an array of components. Several are a list.
std::vector<std::vector<std::string>> ComponentsOf(const json& property) {
  constexpr std::size_t kFirstValue = 3;
  std::vector<std::vector<std::string>> components;
  if (property.size() == kFirstValue + 1 && property[kFirstValue].is_array()) {
    for (const json& component : property[kFirstValue]) components.push_back(TextsOf(component));
  } else {
    components.emplace_back();
    for (std::size_t i = kFirstValue; i < property.size(); ++i) components[0].push_back(TextOf(property[i]));
  }
  if (components.empty()) components.push_back({""});
  return components;
}

// ["tel", {"type": "work"}, "text", "+41 22 555 01 00"]
bool IsProperty(const json& property) {
  if (!property.is_array() || property.size() < 4 || !property[0].is_string() || !property[1].is_object() ||
      !property[2].is_string()) {
    return false;
  }
  // Names stand in findings, where nothing of the file may stand that is none.
  const auto group = property[1].find("group");
  return IsCardName(property[0].get<std::string>()) && (group == property[1].end() || IsCardName(TextOf(*group)));
}

void CheckSize(const CardProperty& property, const ExchangeLimits& limits, Card& card) {
  std::size_t bytes = 0;
  for (const auto& component : property.components) {
    for (const std::string& text : component) bytes += text.size();
  }
  if (IsBinaryProperty(property.name)) {
    if (Base64Bytes(property.Text()) <= limits.photo_bytes) return;
    Refuse(card, property.FullName(),
           absl::StrCat("holds more than ", limits.photo_bytes, " bytes (limits.exchange.photo_bytes)"));
  } else if (bytes > limits.line_bytes) {
    Refuse(card, property.FullName(),
           absl::StrCat("has more than ", limits.line_bytes, " bytes (limits.exchange.line_bytes)"));
  }
}

void ReadProperty(const json& json_property, const ExchangeLimits& limits, Card& card) {
  if (!IsProperty(json_property)) {
    return Refuse(card, "", "holds what is no property; one looks like [\"fn\", {}, \"text\", \"…\"]");
  }
  CardProperty property;
  property.name = absl::AsciiStrToUpper(json_property[0].get<std::string>());
  for (const auto& [name, value] : json_property[1].items()) {
    if (name == "group") {
      property.group = TextOf(value);
    } else {
      property.parameters.push_back({absl::AsciiStrToUpper(name), TextsOf(value)});
    }
  }
  property.components = ComponentsOf(json_property);
  CheckSize(property, limits, card);
  if (IsBinaryProperty(property.name)) {
    property.components = {{property.Text().empty() ? "" : "…"}};
    property.parameters.clear();
  }
  if (property.name == "VERSION") card.version = property.Text();
  card.properties.push_back(std::move(property));
}

bool IsCard(const json& card) {
  return card.is_array() && card.size() == 2 && card[0].is_string() &&
         absl::EqualsIgnoreCase(card[0].get<std::string>(), "vcard") && card[1].is_array();
}

Card ReadCard(const json& json_card, const ExchangeLimits& limits) {
  Card card;
  if (!IsCard(json_card)) {
    Refuse(card, "", "is no card; one looks like [\"vcard\", [[\"version\", {}, \"text\", \"4.0\"], …]]");
    return card;
  }
  if (json_card[1].size() > limits.properties) {
    Refuse(card, "", TooManyProperties(limits));
    return card;
  }
  for (const json& property : json_card[1]) ReadProperty(property, limits, card);
  if (card.version != "4.0") Refuse(card, "VERSION", "must be 4.0: there is no other version of jCard");
  return card;
}

// Whether the parser shall keep what begins here. A card has six levels (array of cards, card, properties, property,
// value, component); whatever is deeper says nothing to anybody, and would be kept in memory level by level.
bool IsWithinACard(int depth, json::parse_event_t event, const json&) {
  constexpr int kDepth = 6;
  const bool begins = event == json::parse_event_t::array_start || event == json::parse_event_t::object_start;
  return !begins || depth < kDepth;
}

}  // namespace

absl::StatusOr<std::vector<Card>> ReadJCards(std::string_view file, const ExchangeLimits& limits) {
  const std::string_view text = WithoutByteOrderMark(file);
  json parsed;
  try {
    parsed = json::parse(text.begin(), text.end(), IsWithinACard);
  } catch (const json::parse_error& error) {
    return FileInvalid(absl::StrCat("byte ", error.byte), "is not JSON in UTF-8 from here on");
  } catch (const json::exception&) {
    // A number beyond all numbers.
    return FileInvalid("byte 1", "holds what JSON cannot mean");
  }
  const bool one = IsCard(parsed);
  if (!parsed.is_array()) return FileInvalid("byte 1", "must be a jCard or an array of them");
  if (parsed.empty()) return FileInvalid("byte 1", "holds no card");
  if (!one && static_cast<int>(std::min<std::size_t>(parsed.size(), 1 << 30)) > limits.cards) {
    return TooManyCards(absl::StrCat("card ", limits.cards + 1), limits);
  }
  std::vector<Card> cards;
  if (one) {
    cards.push_back(ReadCard(parsed, limits));
    return cards;
  }
  std::size_t values = 0;
  for (const json& card : parsed) {
    if (IsCard(card)) values += card[1].size();
    if (values > limits.values) return TooManyValues(absl::StrCat("card ", cards.size() + 1), limits);
    cards.push_back(ReadCard(card, limits));
  }
  return cards;
}

}  // namespace communique::contacts
