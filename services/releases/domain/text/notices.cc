// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/notices.h"

#include "services/releases/domain/text/markdown_inlines.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// No text of a release looks like it.
constexpr std::size_t kRuleWidth = 40;

bool SaysNothing(const v1::Notice& notice) { return IsBlank(notice.label()) && IsBlank(notice.text()); }

}  // namespace

std::string NoticesAsPlainText(std::span<const v1::Notice> notices) {
  std::string text;
  for (const v1::Notice& notice : notices) {
    if (SaysNothing(notice)) continue;
    text += notice.label();
    if (!notice.label().empty() && !notice.text().empty()) text += ": ";
    text += notice.text() + "\n\n";
  }
  if (!text.empty()) text += std::string(kRuleWidth, '-') + "\n\n";
  return text;
}

std::string NoticesAsMarkdown(std::span<const v1::Notice> notices) {
  std::string text;
  for (const v1::Notice& notice : notices) {
    if (SaysNothing(notice)) continue;
    MarkdownInlines inlines;
    const bool both = !IsBlank(notice.label()) && !IsBlank(notice.text());
    inlines.Strong(both ? notice.label() + ":" : notice.label());
    if (both) inlines.Text(" ");
    inlines.Text(notice.text());
    text += BlockQuote(inlines.Take()) + "\n\n";
  }
  return text;
}

}  // namespace communique::releases
