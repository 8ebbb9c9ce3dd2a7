// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "communique/contacts/v1/exchange.pb.h"

// Cards as vCard and jCard have them: properties with parameters. Both formats are read into this and written from it.
namespace communique::contacts {

struct CardParameter {
  std::string name;  // in capitals
  std::vector<std::string> values;
};

struct CardProperty {
  int line = 0;       // in the file, from 1; 0 when unknown
  std::string group;  // "item1" of "item1.TEL"
  std::string name;   // in capitals
  std::vector<CardParameter> parameters;
  // The value, unescaped: components (of N: family, given, …; most properties have one), each a list of texts. Never
  // empty, nor is a component.
  std::vector<std::vector<std::string>> components{{""}};

  // The values of a parameter, those of several with the name together, each split at commas.
  std::vector<std::string> Parameter(std::string_view parameter) const;
  // The first of them; empty when there is none.
  std::string FirstParameter(std::string_view parameter) const;
  // Whether TYPE has this value, whatever its case.
  bool IsOfType(std::string_view type) const;
  // The texts of one component, joined by spaces; empty when there is no such component.
  std::string Component(std::size_t index) const;
  // The whole value as one text: of a list, its texts joined by commas.
  std::string Text() const;
  // As findings name it: "item1.TEL".
  std::string FullName() const;
};

// A card of a file that was read.
struct Card {
  int line = 0;         // where it begins
  std::string version;  // "2.1", "3.0" or "4.0"
  std::vector<CardProperty> properties;
  // Why it cannot be used; empty when it can.
  std::vector<v1::CardFinding> refusals;
  // What was left out in reading it.
  std::vector<v1::CardFinding> findings;
};

// A finding about a line, and about a cell of a CSV file when `column` is given.
v1::CardFinding MakeFinding(int line, std::string_view field, std::string_view message, int column = 0);

// Whether a property holds a picture, key or sound. Never taken over, and nothing that it names is ever fetched.
bool IsBinaryProperty(std::string_view name);

}  // namespace communique::contacts
