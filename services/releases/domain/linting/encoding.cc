// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

constexpr std::size_t kMaxEntity = 10;

// "Ã" and one of these is what is left of an accented letter whose UTF-8 was read as Windows-1252: Ã¼ was ü.
constexpr std::array<char32_t, 18> kBehindTilde = {0xA0, 0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xAA,   0xAD,
                                                   0xAE, 0xAF, 0xB1, 0xB3, 0xB6, 0xBA, 0xBC, 0x0178, 0x201E};

bool IsEntity(std::string_view text) {
  const std::size_t end = text.substr(0, kMaxEntity).find(';');
  if (end == std::string_view::npos || end < 3) return false;
  const std::string_view name = text.substr(1, end - 1);
  if (name[0] == '#')
    return name.size() > 1 && name.find_first_not_of("#x0123456789abcdefABCDEF") == std::string_view::npos;
  constexpr std::array<std::string_view, 20> kNames = {"amp",    "nbsp",  "quot",  "apos",  "lt",    "gt",    "auml",
                                                       "ouml",   "uuml",  "Auml",  "Ouml",  "Uuml",  "szlig", "eacute",
                                                       "egrave", "ndash", "mdash", "ldquo", "rdquo", "hellip"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// How many bytes of damage begin here; 0 for none.
std::size_t Damage(std::string_view text) {
  const CodePoint point = FirstCodePoint(text);
  const CodePoint next = CodePointAt(text, point.size);
  if (point.value == 0xFFFD) return point.size;
  // â€ begins what was a quotation mark or a dash.
  const bool tilde =
      point.value == 0xC3 && std::find(kBehindTilde.begin(), kBehindTilde.end(), next.value) != kBehindTilde.end();
  if (tilde || (point.value == 0xE2 && next.value == 0x20AC)) return point.size + next.size;
  if (point.value == '&' && IsEntity(text)) return text.find(';') + 1;
  return 0;
}

}  // namespace

void LintEncoding(const LintText& text, LintFindings& findings) {
  for (const Passage& passage : text.passages()) {
    for (std::size_t i = 0; i < passage.text.size();) {
      const std::size_t damage = Damage(passage.text.substr(i));
      if (damage > 0) {
        const bool entity = passage.text[i] == '&';
        findings.Add(kEncodingDamaged, passage, i, i + damage,
                     entity ? "This is a character as HTML writes it. Put in the character itself."
                            : "Characters were damaged when the text was converted. Put in what stood here before.");
        // One finding for a damaged passage is enough.
        break;
      }
      i += std::max<std::size_t>(CodePointAt(passage.text, i).size, 1);
    }
  }
}

}  // namespace communique::releases
