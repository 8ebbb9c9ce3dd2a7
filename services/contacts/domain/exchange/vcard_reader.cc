// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/vcard_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/content_line.h"
#include "services/contacts/domain/exchange/encodings.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

using platform::ToAbsl;

bool Is(std::string_view line, std::string_view word) {
  return absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(ToAbsl(line)), ToAbsl(word));
}

ValueShape ShapeOf(std::string_view name, std::string_view version) {
  if (name == "ORG" || name == "GENDER") return ValueShape::kComponents;
  if (name != "N" && name != "ADR") return ValueShape::kText;
  return version == "2.1" ? ValueShape::kComponents : ValueShape::kLists;
}

// How many cards begin in a value that holds some (AGENT of version 3.0).
int CardsIn(std::string_view value) {
  const std::string text = absl::AsciiStrToUpper(ToAbsl(value));
  int count = 0;
  for (auto at = text.find("BEGIN:VCARD"); at != std::string::npos; at = text.find("BEGIN:VCARD", at + 1)) ++count;
  return count;
}

class Reader {
 public:
  Reader(std::string_view file, const ExchangeLimits& limits) : lines_(file, limits), limits_(limits) {}

  absl::StatusOr<std::vector<Card>> Read() {
    bool has_card = false;
    int first_line = 1;
    while (auto line = lines_.Next()) {
      if (cards_.empty() && !card_) first_line = line->number;
      if (card_) {
        TakeInside(*std::move(line));
      } else if (Is(line->text, "BEGIN:VCARD")) {
        Begin(line->number);
      } else {
        TakeBetween(*line);
      }
      has_card = has_card || card_.has_value();
      if (static_cast<int>(cards_.size()) + (card_ ? 1 : 0) > limits_.cards) {
        return TooManyCards(absl::StrCat("line ", card_ ? card_->line : cards_.back().line), limits_);
      }
      if (values_ > limits_.values) return TooManyValues(absl::StrCat("line ", lines_.number()), limits_);
    }
    if (card_) {
      Refuse(card_->line, "END", "has no END:VCARD; the file may have been cut off");
      End();
    }
    if (cards_.empty()) return FileInvalid("line 1", "holds nothing; a card begins with BEGIN:VCARD");
    if (!has_card) {
      return FileInvalid(absl::StrCat("card 1, line ", first_line),
                         "holds no card; a card begins with a line BEGIN:VCARD and ends with END:VCARD");
    }
    return std::move(cards_);
  }

 private:
  void Begin(int line) {
    card_ = Card();
    card_->line = line;
    depth_ = 0;
    lines_of_card_.clear();
    too_many_ = false;
    between_ = false;
  }

  void End() {
    Finish();
    cards_.push_back(*std::move(card_));
    card_.reset();
  }

  void Refuse(int line, std::string_view field, std::string_view message) {
    // Nobody reads more.
    if (card_->refusals.size() >= limits_.properties) return;
    v1::CardFinding finding = MakeFinding(line, field, message);
    finding.set_refused(true);
    card_->refusals.push_back(std::move(finding));
  }

  void TakeBetween(const VCardLine& line) {
    if (between_) return;
    Begin(line.number);
    Refuse(line.number, "BEGIN",
           Is(line.text, "END:VCARD") ? "END:VCARD stands without a BEGIN:VCARD before it"
                                      : "stands outside of a card; a card begins with BEGIN:VCARD");
    cards_.push_back(*std::move(card_));
    card_.reset();
    between_ = true;
  }

  void TakeInside(VCardLine line) {
    if (Is(line.text, "END:VCARD")) {
      if (depth_ > 0) {
        --depth_;
        return;
      }
      return End();
    }
    if (Is(line.text, "BEGIN:VCARD")) return TakeBegin(line.number);
    // What belongs to a card in AGENT goes with it.
    if (depth_ > 0) return;
    if (lines_of_card_.size() == limits_.properties) return RefuseCount(line.number);
    if (line.too_long) {
      const std::string name = PropertyNameOf(line.text);
      const bool binary = IsBinaryProperty(name);
      Refuse(line.number, name,
             binary ? absl::StrCat("holds more than ", limits_.photo_bytes, " bytes (limits.exchange.photo_bytes)")
                    : absl::StrCat("the line has more than ", limits_.line_bytes,
                                   " bytes with those that continue it (limits.exchange.line_bytes)"));
      return;
    }
    lines_of_card_.push_back(std::move(line));
    ++values_;
  }

  void RefuseCount(int line) {
    if (!too_many_) Refuse(line, "", TooManyProperties(limits_));
    too_many_ = true;
  }

  // In 2.1 a card may hold another one behind a line "AGENT:". Anything else lacks its END.
  void TakeBegin(int number) {
    const bool in_agent = depth_ > 0 || (!lines_of_card_.empty() && Is(lines_of_card_.back().text, "AGENT:"));
    if (!in_agent) {
      Refuse(number, "END", "another card begins before this one has its END:VCARD");
      End();
      return Begin(number);
    }
    if (++depth_ == limits_.nested_cards + 1) RefuseDepth(number);
  }

  void RefuseDepth(int line) {
    Refuse(
        line, "AGENT",
        absl::StrCat("holds cards in cards, more than ", limits_.nested_cards, " deep (limits.exchange.nested_cards)"));
  }

  // Only now the version is known, which says how values are written.
  void Finish() {
    std::vector<std::pair<int, ContentLine>> lines;
    for (const VCardLine& line : lines_of_card_) {
      auto parsed = ParseContentLine(line.text);
      if (parsed) {
        lines.emplace_back(line.number, *std::move(parsed));
      } else {
        Refuse(line.number, "", "is no line of a card; it should look like NAME;PARAMETER=value:value");
      }
    }
    ReadVersion(lines);
    for (auto& [number, line] : lines) ReadProperty(number, std::move(line));
  }

  void ReadVersion(const std::vector<std::pair<int, ContentLine>>& lines) {
    const auto found =
        std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.second.name == "VERSION"; });
    if (found == lines.end()) {
      Refuse(card_->line, "VERSION", "has no VERSION; write VERSION:4.0, 3.0 or 2.1");
      return;
    }
    card_->version = std::string(absl::StripAsciiWhitespace(found->second.value));
    if (card_->version == "2.1" || card_->version == "3.0" || card_->version == "4.0") return;
    Refuse(found->first, "VERSION", "is not a version that can be read; those are 2.1, 3.0 and 4.0");
  }

  void ReadProperty(int number, ContentLine line) {
    CardProperty property;
    property.line = number;
    property.group = std::move(line.group);
    property.name = std::move(line.name);
    property.parameters = std::move(line.parameters);
    if (IsBinaryProperty(property.name)) {
      CheckBinary(property, line.value);
      card_->properties.push_back(std::move(property));
      return;
    }
    if (property.name == "AGENT" && CardsIn(line.value) > limits_.nested_cards) RefuseDepth(number);
    auto value = Decoded(property, std::move(line.value));
    if (!value) return;
    for (const CardParameter& parameter : property.parameters) {
      for (const std::string& text : parameter.values) {
        if (!IsUtf8(text)) return Refuse(number, property.FullName(), "has a parameter that is not UTF-8");
      }
    }
    property.components = SplitValue(*value, ShapeOf(property.name, card_->version), card_->version);
    card_->properties.push_back(std::move(property));
  }

  // The value itself is of no use to anybody here.
  void CheckBinary(CardProperty& property, std::string_view value) {
    const bool data = absl::StartsWithIgnoreCase(ToAbsl(value), "data:");
    const std::string encoding = absl::AsciiStrToUpper(property.FirstParameter("ENCODING"));
    const bool base64 = data || encoding == "B" || encoding == "BASE64";
    const std::size_t bytes = base64 ? Base64Bytes(value) : value.size();
    if (bytes > limits_.photo_bytes) {
      Refuse(property.line, property.FullName(),
             absl::StrCat("holds more than ", limits_.photo_bytes, " bytes (limits.exchange.photo_bytes)"));
    }
    property.components = {{value.empty() ? "" : "…"}};
    property.parameters.clear();
  }

  std::optional<std::string> Decoded(const CardProperty& property, std::string value) {
    const std::string encoding = absl::AsciiStrToUpper(property.FirstParameter("ENCODING"));
    if (encoding == "QUOTED-PRINTABLE") value = DecodeQuotedPrintable(value);
    if (encoding == "B" || encoding == "BASE64") {
      std::string bytes;
      if (!absl::Base64Unescape(value, &bytes)) {
        Refuse(property.line, property.FullName(), "is not the base64 that its ENCODING says");
        return std::nullopt;
      }
      value = std::move(bytes);
    }
    const std::string charset = property.FirstParameter("CHARSET");
    if (!charset.empty() && !absl::EqualsIgnoreCase(charset, "UTF-8")) {
      auto text = DecodeCharset(value, charset);
      if (!text) {
        Refuse(property.line, property.FullName(), "is not in the CHARSET that it says, or that is not known");
        return std::nullopt;
      }
      value = *std::move(text);
    }
    if (!IsUtf8(value)) {
      Refuse(property.line, property.FullName(), "is not UTF-8; save the file in UTF-8, or say its CHARSET");
      return std::nullopt;
    }
    return value;
  }

  VCardLines lines_;
  const ExchangeLimits& limits_;
  std::vector<Card> cards_;
  std::optional<Card> card_;
  std::vector<VCardLine> lines_of_card_;
  std::size_t values_ = 0;
  int depth_ = 0;          // of cards in AGENT
  bool too_many_ = false;  // whether the card is refused for its number of properties
  bool between_ = false;   // whether the lines that stand between cards are reported
};

}  // namespace

absl::Status FileInvalid(std::string_view place, std::string_view what) {
  return platform::MakeError(absl::StatusCode::kInvalidArgument, platform::Reason::ERROR_REASON_FILE_INVALID,
                             absl::StrCat("content: ", ToAbsl(place), ": ", ToAbsl(what)), {{"place", place}});
}

absl::Status TooManyCards(std::string_view place, const ExchangeLimits& limits) {
  return FileInvalid(place, absl::StrCat("is card ", limits.cards + 1, "; at most ", limits.cards,
                                         " are allowed (limits.exchange.cards): send the file in parts"));
}

absl::Status TooManyValues(std::string_view place, const ExchangeLimits& limits) {
  return FileInvalid(place, absl::StrCat("holds more than ", limits.values,
                                         " properties or cells up to here (limits.exchange.values): send the file in "
                                         "parts"));
}

std::string TooManyProperties(const ExchangeLimits& limits) {
  return absl::StrCat("the card has more than ", limits.properties, " properties (limits.exchange.properties)");
}

absl::StatusOr<std::vector<Card>> ReadVCards(std::string_view file, const ExchangeLimits& limits) {
  return Reader(WithoutByteOrderMark(file), limits).Read();
}

}  // namespace communique::contacts
