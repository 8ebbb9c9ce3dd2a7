// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/exchange_limits.h"

// The lines that vCards are made of (RFC 6350 3.2 and 3.3, RFC 2425): "item1.TEL;TYPE=work:+41 22 555 01 00".
namespace communique::contacts {

// A line with those that continue it: they begin with a space or tab (folding), or the one before ends in "=" and is
// quoted-printable, as in vCard 2.1.
struct VCardLine {
  int number = 0;  // in the file, from 1
  std::string text;
  bool too_long = false;  // then only its beginning is in `text`
};

// Takes the lines of a file one by one; blank ones are left out.
class VCardLines {
 public:
  // `file` must outlive it.
  VCardLines(std::string_view file, const ExchangeLimits& limits) : rest_(file), limits_(limits) {}

  // Nothing at the end of the file.
  std::optional<VCardLine> Next();
  // The line of the file that was taken last.
  int number() const { return number_; }

 private:
  std::string_view TakePhysical();
  bool NextContinues() const;

  std::string_view rest_;
  ExchangeLimits limits_;
  int number_ = 0;
};

// A line taken apart; the value as it stands there.
struct ContentLine {
  std::string group;
  std::string name;  // in capitals
  std::vector<CardParameter> parameters;
  std::string value;
};

// Whether `text` may be the name of a property, a parameter or a group.
bool IsCardName(std::string_view text);

// Nothing when it is no such line: no colon, no name, an open quotation. Parameters are read as in any version: in
// quotation marks or not, with the carets of RFC 6868, and without a name, as in vCard 2.1.
std::optional<ContentLine> ParseContentLine(std::string_view text);

// The name of the property in `line`, in capitals, as far as it can be told from the beginning of the line.
std::string PropertyNameOf(std::string_view line);

// What a value is made of.
enum class ValueShape {
  kText,
  kComponents,  // ORG, and whatever has components in version 2.1, which knows no lists
  kLists,       // components that are lists: N, ADR
};

// The value of a property, taken apart at semicolons (kComponents) and commas (kLists) that no backslash stands in
// front of; without its backslashes.
std::vector<std::vector<std::string>> SplitValue(std::string_view value, ValueShape shape, std::string_view version);

// A text with backslashes in front of what would end it.
std::string EscapeText(std::string_view text);

// A parameter's value: with the carets of RFC 6868, in quotation marks where it needs them.
std::string EscapeParameter(std::string_view value);

// A line as it stands in a file: folded so that none has more than 75 octets, never inside a character, each ended by
// CRLF.
std::string FoldLine(std::string_view line);

}  // namespace communique::contacts
