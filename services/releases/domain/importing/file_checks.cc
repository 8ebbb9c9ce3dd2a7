// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/file_checks.h"

#include <algorithm>
#include <optional>
#include <string>

#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"
#include "services/releases/domain/text/line_index.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

std::string Hex(char byte) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return std::string("0x") + kDigits[value >> 4U] + kDigits[value & 0x0FU];
}

// Without a byte order mark, and mostly ASCII: such a file can even be valid UTF-8.
bool LooksLikeUtf16(std::string_view file) {
  const std::string_view head = file.substr(0, 1000);
  return head.size() >= 4 && std::count(head.begin(), head.end(), '\0') * 3 >= static_cast<std::ptrdiff_t>(head.size());
}

// What the file probably is.
std::string GuessEncoding(std::string_view file, std::size_t bad) {
  if (file.starts_with("\xFF\xFE") || file.starts_with("\xFE\xFF")) return "The file begins like UTF-16";
  if (file.starts_with("PK\x03\x04")) return "The file is a packed document (such as .docx), not plain text";
  if (LooksLikeUtf16(file)) return "The file looks like UTF-16";
  const auto byte = static_cast<unsigned char>(file[bad]);
  if (byte >= 0x80 && byte <= 0x9F) return "The file looks like Windows-1252";
  return "The file looks like ISO 8859-1 or Windows-1252";
}

// "line 2, column 3 (byte 7)": the last as people and tools count offsets, from 0.
std::string Place(std::string_view file, std::size_t offset) {
  const TextPosition position = LineIndex(file.substr(0, offset)).Find(offset);
  return "line " + std::to_string(position.line) + ", column " + std::to_string(position.column) + " (byte " +
         std::to_string(offset) + ")";
}

// C1 controls are what is left of Windows-1252's quotation marks and dashes when a converter took them for ISO 8859-1.
std::string AdviceOn(char32_t control, std::string_view file) {
  if (control == 0 && LooksLikeUtf16(file)) return "the file looks like UTF-16; save it as plain text in UTF-8";
  if (control == 0) return "the file is damaged or no plain text";
  if (control >= 0x80) return "it was probably a quotation mark or dash of Windows-1252; convert the file anew";
  return "take it out";
}

// A control character that no part of a release may hold; nullopt when there is none.
std::optional<std::size_t> FindControlCharacter(std::string_view file) {
  for (std::size_t at = 0; at < file.size();) {
    const CodePoint point = CodePointAt(file, at);
    if (platform::IsControlCharacter(point.value)) return at;
    at += point.size;
  }
  return std::nullopt;
}

}  // namespace

absl::Status CheckFile(std::string_view file) {
  if (const std::optional<std::size_t> bad = FindInvalidUtf8(file)) {
    return platform::InvalidField("text", Place(file, *bad) + ": " + Hex(file[*bad]) + " is not UTF-8. " +
                                              GuessEncoding(file, *bad) +
                                              "; save it as plain text in UTF-8 and send it again");
  }
  if (const std::optional<std::size_t> bad = FindControlCharacter(file)) {
    const char32_t control = CodePointAt(file, *bad).value;
    return platform::InvalidField("text", Place(file, *bad) + ": the control character " +
                                              platform::FindControlCharacter(file.substr(*bad, 2)) +
                                              " has no place in a text; " + AdviceOn(control, file));
  }
  if (file.empty()) return platform::InvalidField("text", "is empty; it must hold the plain text of a press release");
  if (IsBlank(file)) {
    return platform::InvalidField("text",
                                  "holds nothing but white space; it must hold the plain text of a press release");
  }
  return absl::OkStatus();
}

}  // namespace communique::releases
