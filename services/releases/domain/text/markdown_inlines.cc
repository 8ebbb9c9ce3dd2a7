// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/markdown_inlines.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiWord(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c); }
bool IsLineEnd(char32_t value) { return value == '\n' || value == '\r'; }
bool IsPlainSpace(char32_t value) { return value == ' ' || value == '\t' || value == '\v' || value == '\f'; }

char CharAt(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

// Delimiters look at their neighbours: white space, punctuation or anything else.
bool IsSpaceOrEnd(char32_t value) { return value == 0 || IsWhiteSpace(value) || IsInvisible(value); }
bool IsPunctuation(char32_t value) { return u_ispunct(static_cast<UChar32>(value)) != 0; }
// ASCII symbols ("$", "+") count as punctuation in CommonMark, others ("€") depend on its version.
bool MayBePunctuation(char32_t value) {
  return IsPunctuation(value) || (U_GET_GC_MASK(static_cast<UChar32>(value)) & U_GC_S_MASK) != 0;
}
bool IsSurelyOutside(char32_t value) {
  return IsSpaceOrEnd(value) || IsPunctuation(value) || (value < 0x80 && MayBePunctuation(value));
}

// Whether a delimiter between `outside` and `inside` takes hold of what is inside.
bool TakesHold(char32_t outside, char32_t inside) {
  return !IsSpaceOrEnd(inside) && (!MayBePunctuation(inside) || IsSurelyOutside(outside));
}

bool HasEmptyLine(std::string_view text) {
  bool line_blank = false;
  for (const char c : text) {
    if (IsLineEnd(static_cast<unsigned char>(c))) {
      if (line_blank) return true;
      line_blank = true;
    } else if (!IsPlainSpace(static_cast<unsigned char>(c))) {
      line_blank = false;
    }
  }
  return false;
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) {
           return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
         });
}

bool IsSafeTarget(std::string_view uri) {
  constexpr std::array<std::string_view, 4> kSchemes = {"http://", "https://", "mailto:", "tel:"};
  const bool allowed = std::any_of(kSchemes.begin(), kSchemes.end(),
                                   [&](std::string_view scheme) { return StartsWithIgnoringCase(uri, scheme); });
  return allowed && std::none_of(uri.begin(), uri.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string EscapedTarget(std::string_view uri) {
  std::string escaped;
  for (const char c : uri) {
    if (c == '\\' || c == '<' || c == '>' || c == '&') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// What CommonMark takes between < and > for an address.
bool IsAutolinkEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const bool local = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), [](char c) {
    return IsAsciiWord(c) || std::string_view(".-_+").find(c) != std::string_view::npos;
  });
  char before = '.';
  for (const char c : text.substr(at + 1)) {
    if (!IsAsciiWord(c) && (before == '.' || (c == '.' ? before == '-' : c != '-'))) return false;
    before = c;
  }
  return local && before != '.' && before != '-';
}

// Readers disagree on "&" there.
bool IsAutolinkUri(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto value = static_cast<unsigned char>(c);
    return value > 0x20 && value < 0x7F && c != '<' && c != '>' && c != '&' && c != '\\';
  });
}

// The byte offset of a code point; the end beyond the last.
std::size_t ByteOffset(std::string_view text, std::int32_t characters) {
  return FirstCodePoints(text, static_cast<std::size_t>(std::max(characters, 0))).size();
}

}  // namespace

bool MarkdownInlines::MustEscape(std::string_view text, std::size_t at) const {
  const char c = text[at];
  switch (c) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
      return true;
    case '_':
      return at == 0 || !IsAsciiWord(text[at - 1]) || !IsAsciiWord(CharAt(text, at + 1));
    case '&':
      return CharAt(text, at + 1) == '#' || IsAsciiLetter(CharAt(text, at + 1)) || at + 1 == text.size();
    case '#':
      return line_start_ || lines_ == Lines::kJoined;
    case '>':
    case '-':
    case '+':
    case '=':
    case '|':
    case ':':
      return line_start_;
    case '.':
    case ')':
      return line_digits_;
    default:
      return false;
  }
}

// Writes white space and line breaks that turned out to stand between words.
void MarkdownInlines::Flush() {
  if (breaks_ > 0 && !out_.empty()) {
    if (lines_ == Lines::kJoined) {
      out_ += ' ';
    } else {
      out_ += breaks_ == 1 ? "\\\n" : "\n\n";
      line_start_ = true;
      line_digits_ = false;
    }
  } else if (breaks_ == 0 && !out_.empty()) {
    out_ += spaces_;
  }
  spaces_.clear();
  breaks_ = 0;
}

void MarkdownInlines::Put(std::string_view text, std::size_t at, char32_t value, std::size_t size) {
  if (IsLineEnd(value)) {
    const bool second_half = value == '\n' && at > 0 && text[at - 1] == '\r';
    if (!second_half) ++breaks_;
    spaces_.clear();
    return;
  }
  if (IsPlainSpace(value)) {
    spaces_ += ' ';
    return;
  }
  Flush();
  if (MustEscape(text, at)) out_ += '\\';
  out_ += text.substr(at, size);
  const bool digit = size == 1 && IsAsciiDigit(text[at]);
  line_digits_ = digit && (line_start_ || line_digits_);
  line_start_ = false;
}

void MarkdownInlines::Text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = CodePointAt(text, at);
    Put(text, at, point.value, point.size);
    at += point.size;
  }
}

void MarkdownInlines::Raw(std::string_view markup) {
  Flush();
  out_ += markup;
  line_start_ = false;
  line_digits_ = false;
}

char32_t MarkdownInlines::Before() {
  Flush();
  return line_start_ ? 0 : LastCodePoint(out_).value;
}

void MarkdownInlines::Emphasized(std::string_view text, std::string_view delimiter, char32_t next) {
  const char32_t before = Before();
  const bool holds = TakesHold(before, FirstCodePoint(text).value) && TakesHold(next, LastCodePoint(text).value);
  // Two delimiters in a row would be read as one.
  if (!holds || delimiter_end_ == out_.size() || next == '*') {
    Text(text);
    return;
  }
  Raw(delimiter);
  Text(text);
  Raw(delimiter);
  delimiter_end_ = out_.size();
}

void MarkdownInlines::Linked(std::string_view text, std::string_view uri) {
  if (text == uri && IsAutolinkUri(uri)) {
    Raw("<" + std::string(uri) + ">");
    return;
  }
  Flush();
  // "!" and a link would be a picture.
  if (out_.ends_with('!')) out_.insert(out_.size() - 1, "\\");
  Raw("[");
  Text(text);
  Raw("](<" + EscapedTarget(uri) + ">)");
}

void MarkdownInlines::Marked(std::string_view text, const MarkupList& markup) {
  std::size_t at = 0;
  std::int32_t characters = 0;
  for (const v1::Markup& stretch : markup) {
    if (stretch.start() < characters || stretch.end() <= stretch.start()) continue;
    const std::size_t begin = at + ByteOffset(text.substr(at), stretch.start() - characters);
    const std::size_t end = begin + ByteOffset(text.substr(begin), stretch.end() - stretch.start());
    const std::string_view words = TrimWhiteSpace(text.substr(begin, end - begin));
    if (words.empty() || HasEmptyLine(words)) continue;
    const auto first = static_cast<std::size_t>(words.data() - text.data());
    Text(text.substr(at, first - at));
    at = first + words.size();
    if (stretch.kind() == v1::Markup::KIND_LINK && IsSafeTarget(stretch.uri())) {
      Linked(words, stretch.uri());
    } else if (stretch.kind() == v1::Markup::KIND_EMPHASIS || stretch.kind() == v1::Markup::KIND_STRONG) {
      Emphasized(words, stretch.kind() == v1::Markup::KIND_STRONG ? "**" : "*", CodePointAt(text, at).value);
    } else {
      Text(words);
    }
    Text(text.substr(at, end - at));
    at = end;
    characters = stretch.end();
  }
  Text(text.substr(at));
}

void MarkdownInlines::Address(std::string_view printed) {
  const std::string_view address = TrimWhiteSpace(printed);
  const auto begin = static_cast<std::size_t>(address.data() - printed.data());
  if (address.empty()) {
    Text(printed);
    return;
  }
  Text(printed.substr(0, begin));
  const bool web = StartsWithIgnoringCase(address, "http://") || StartsWithIgnoringCase(address, "https://");
  const bool bare = StartsWithIgnoringCase(address, "www.") && IsAutolinkUri(address);
  if (IsAutolinkEmail(address)) {
    Raw("<" + std::string(address) + ">");
  } else if (bare || (web && IsSafeTarget(address) && !HasEmptyLine(address))) {
    Linked(address, (bare ? "https://" : "") + std::string(address));
  } else {
    Text(address);
  }
  Text(printed.substr(begin + address.size()));
}

void MarkdownInlines::Strong(std::string_view text) {
  const std::string_view words = TrimWhiteSpace(text);
  if (words.empty()) return;
  if (HasEmptyLine(words)) {
    Text(words);
  } else {
    Emphasized(words, "**", U' ');
  }
}

std::string MarkdownInlines::Take() {
  std::string out = std::move(out_);
  *this = MarkdownInlines(lines_);
  return out;
}

std::string Prefixed(std::string_view blocks, std::string_view first, std::string_view others, std::string_view empty) {
  std::string result(first);
  bool line_start = false;
  for (const char c : blocks) {
    if (line_start) result += c == '\n' ? empty : others;
    line_start = c == '\n';
    result += c;
  }
  return result;
}

std::string BlockQuote(std::string_view blocks) { return Prefixed(blocks, "> ", "> ", ">"); }

}  // namespace communique::releases
