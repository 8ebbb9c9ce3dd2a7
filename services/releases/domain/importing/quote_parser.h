// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/speaker_parser.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What the importer made of a paragraph with quotation marks in it.
struct ParsedQuote {
  // The quote; its spans printed one after another are the paragraph.
  v1::Quote quote;
  // The paragraph quotes more than one person. A quote block holds one speaker, so it stays a paragraph.
  bool several_speakers = false;
};

// Tells whether `paragraph` quotes somebody, and takes it apart if so: nullopt for a paragraph without quotation marks
// or with marks around titles and single words only. `before` is the quote block right before it, nullptr when there is
// none: a quotation that was left open there goes on here. Persons recognised are added to `known`.
std::optional<ParsedQuote> ParseQuote(std::string_view paragraph, const v1::Quote* before, const Vocabulary& vocabulary,
                                      KnownPersons& known);

// Whether `paragraph` is nothing but the attribution of the quotation that stands alone before it: "– A. B., director".
// Adds it to `quote` with the white space before it, and sets the speaker.
bool AddAttributionLine(std::string_view gap, std::string_view paragraph, const Vocabulary& vocabulary,
                        KnownPersons& known, v1::Quote& quote);

// Whether the quote's last quotation has no closing mark.
bool IsLeftOpen(const v1::Quote& quote);

}  // namespace communique::releases
