// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/content_line.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

using platform::ToAbsl;

// What is kept of a line that is too long: enough to say whose it is.
constexpr std::size_t kKeptOfTooLong = 200;

bool IsNameCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

// Longer than any that there is.
constexpr std::size_t kMaxName = 100;

// Base64 has four letters for three bytes, folding three more octets a line.
std::size_t LimitOf(std::string_view line, const ExchangeLimits& limits) {
  return IsBinaryProperty(PropertyNameOf(line)) ? limits.photo_bytes / 3 * 4 + limits.photo_bytes / 16 + 1024
                                                : limits.line_bytes;
}

bool IsQuotedPrintable(std::string_view line) {
  const std::string head = absl::AsciiStrToUpper(ToAbsl(line.substr(0, line.find(':'))));
  return absl::StrContains(head, "QUOTED-PRINTABLE");
}

// "^n", "^^" and "^'" (RFC 6868).
std::string WithoutCarets(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char next = value[i] == '^' && i + 1 < value.size() ? value[i + 1] : '\0';
    if (next == 'n') {
      text += '\n';
    } else if (next == '^') {
      text += '^';
    } else if (next == '\'') {
      text += '"';
    } else {
      text += value[i];
      continue;
    }
    ++i;
  }
  return text;
}

// Reads parameters from behind a name up to the colon.
class ParameterReader {
 public:
  explicit ParameterReader(std::string_view text) : text_(text) {}

  // Whether the colon was reached; `rest` is what stands behind it.
  bool Read(std::vector<CardParameter>& parameters, std::string_view& rest) {
    while (position_ < text_.size() && text_[position_] == ';') {
      ++position_;
      if (!ReadOne(parameters)) return false;
    }
    if (position_ >= text_.size() || text_[position_] != ':') return false;
    rest = text_.substr(position_ + 1);
    return true;
  }

 private:
  bool ReadOne(std::vector<CardParameter>& parameters) {
    const std::size_t end = text_.find_first_of("=;:,\"", position_);
    if (end == std::string_view::npos) return false;
    const std::string name = absl::AsciiStrToUpper(ToAbsl(text_.substr(position_, end - position_)));
    position_ = end;
    if (text_[end] != '=') {
      if (!name.empty()) parameters.push_back(Nameless(name));
      return text_[end] == ';' || text_[end] == ':';
    }
    CardParameter parameter{name, {}};
    do {
      ++position_;
      auto value = ReadValue();
      if (!value) return false;
      parameter.values.push_back(*std::move(value));
    } while (position_ < text_.size() && text_[position_] == ',');
    if (!IsCardName(name)) return false;
    parameters.push_back(std::move(parameter));
    return true;
  }

  std::optional<std::string> ReadValue() {
    if (position_ < text_.size() && text_[position_] == '"') {
      const std::size_t end = text_.find('"', position_ + 1);
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view value = text_.substr(position_ + 1, end - position_ - 1);
      position_ = end + 1;
      return WithoutCarets(value);
    }
    const std::size_t end = std::min(text_.find_first_of(";:,", position_), text_.size());
    const std::string_view value = text_.substr(position_, end - position_);
    position_ = end;
    return WithoutCarets(value);
  }

  // vCard 2.1: "TEL;CELL;QUOTED-PRINTABLE".
  static CardParameter Nameless(const std::string& word) {
    const bool encoding = word == "QUOTED-PRINTABLE" || word == "BASE64" || word == "8BIT" || word == "7BIT";
    return {encoding ? "ENCODING" : "TYPE", {word}};
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

std::string_view VCardLines::TakePhysical() {
  const std::size_t end = rest_.find('\n');
  std::string_view line = rest_.substr(0, end);
  rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  ++number_;
  return line;
}

bool IsCardName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName && std::all_of(text.begin(), text.end(), IsNameCharacter);
}

bool VCardLines::NextContinues() const { return !rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'); }

std::optional<VCardLine> VCardLines::Next() {
  while (!rest_.empty()) {
    VCardLine line;
    line.text = std::string(TakePhysical());
    line.number = number_;
    const std::size_t limit = LimitOf(line.text, limits_);
    const bool quoted_printable = IsQuotedPrintable(line.text);
    while (!rest_.empty()) {
      const bool soft_break = quoted_printable && line.text.ends_with('=');
      if (!soft_break && !NextContinues()) break;
      std::string_view next = TakePhysical();
      if (soft_break) {
        line.text.pop_back();
      } else {
        next.remove_prefix(1);
      }
      if (line.too_long) continue;
      line.text += next;
      line.too_long = line.text.size() > limit;
    }
    line.too_long = line.too_long || line.text.size() > limit;
    if (line.too_long) line.text.resize(std::min(line.text.size(), kKeptOfTooLong));
    if (absl::StripAsciiWhitespace(line.text).empty()) continue;
    return line;
  }
  return std::nullopt;
}

std::string PropertyNameOf(std::string_view line) {
  std::string_view name = line.substr(0, line.find_first_of(";:"));
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) name = name.substr(dot + 1);
  return IsCardName(name) ? absl::AsciiStrToUpper(ToAbsl(name)) : std::string();
}

std::optional<ContentLine> ParseContentLine(std::string_view text) {
  const std::size_t end = text.find_first_of(";:");
  if (end == std::string_view::npos) return std::nullopt;
  ContentLine line;
  std::string_view name = text.substr(0, end);
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) {
    line.group = std::string(name.substr(0, dot));
    name = name.substr(dot + 1);
    if (!IsCardName(line.group)) return std::nullopt;
  }
  if (!IsCardName(name)) return std::nullopt;
  line.name = absl::AsciiStrToUpper(ToAbsl(name));
  std::string_view value;
  if (!ParameterReader(text.substr(end)).Read(line.parameters, value)) return std::nullopt;
  line.value = std::string(value);
  return line;
}

std::vector<std::vector<std::string>> SplitValue(std::string_view value, ValueShape shape, std::string_view version) {
  const bool line_breaks = version != "2.1";
  std::vector<std::vector<std::string>> components{{""}};
  for (std::size_t i = 0; i < value.size(); ++i) {
    std::string& text = components.back().back();
    const char next = value[i] == '\\' && i + 1 < value.size() ? value[i + 1] : '\0';
    if (line_breaks && (next == 'n' || next == 'N')) {
      text += '\n';
      ++i;
    } else if (next == ',' || next == ';' || next == '\\' || next == ':') {
      text += next;
      ++i;
    } else if (shape != ValueShape::kText && value[i] == ';') {
      components.push_back({""});
    } else if (shape == ValueShape::kLists && value[i] == ',') {
      components.back().emplace_back();
    } else {
      text += value[i];
    }
  }
  return components;
}

std::string EscapeText(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n' || text[i] == '\r') {
      escaped += "\\n";
      continue;
    }
    if (text[i] == '\\' || text[i] == ',' || text[i] == ';') escaped += '\\';
    escaped += text[i];
  }
  return escaped;
}

std::string EscapeParameter(std::string_view value) {
  std::string escaped;
  bool quotes = false;
  for (const char c : value) {
    if (c == '^') {
      escaped += "^^";
    } else if (c == '\n') {
      escaped += "^n";
    } else if (c == '"') {
      escaped += "^'";
    } else if (c != '\r') {
      quotes = quotes || c == ':' || c == ';' || c == ',';
      escaped += c;
    }
  }
  return quotes ? absl::StrCat("\"", escaped, "\"") : escaped;
}

std::string FoldLine(std::string_view line) {
  constexpr std::size_t kOctets = 75;
  std::string folded;
  // The space that continues a line counts.
  for (std::size_t room = kOctets; line.size() > room; room = kOctets - 1) {
    std::size_t end = room;
    while (end > 1 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    absl::StrAppend(&folded, ToAbsl(line.substr(0, end)), "\r\n ");
    line.remove_prefix(end);
  }
  absl::StrAppend(&folded, ToAbsl(line), "\r\n");
  return folded;
}

}  // namespace communique::contacts
