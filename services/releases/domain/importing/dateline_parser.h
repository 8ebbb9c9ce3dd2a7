// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// A dateline at the beginning of a paragraph.
struct ParsedDateline {
  // Its pieces; printed one after another they are the paragraph's first `size` bytes.
  v1::Dateline dateline;
  std::size_t size = 0;
  // Whether it has a date. Without one, it is a place and a dash ("GENEVA – "), and only the first paragraph's
  // beginning is to be taken for a dateline.
  bool dated = false;
  // Whether the paragraph is nothing else; the lead is the next one.
  bool alone = false;
};

// The dateline that `paragraph` begins with: one or more places with a date before or behind them, or a date alone.
std::optional<ParsedDateline> ParseDateline(std::string_view paragraph, std::string_view language,
                                            const Vocabulary& vocabulary);

}  // namespace communique::releases
