// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "communique/releases/v1/content.pb.h"

// The printed text of single parts of a content, line breaks as "\n".
namespace communique::releases {

std::string BlockText(const v1::Block& block);
std::string ListText(const v1::List& list);
std::string QuoteText(const v1::Quote& quote);
std::string TableText(const v1::Table& table);

// The dateline with its separator, and without: "Berlin/Genf, 16. Oktober".
std::string DatelineText(const v1::Dateline& dateline);
std::string DatelineWithoutSeparator(const v1::Dateline& dateline);

std::string ContactLineText(const v1::ContactLine& line);

// Title, then dates and place, then details, each on a line of its own. Dates are written in `language`.
std::string EventText(const v1::Event& event, const std::string& language);

// "Title: address", or the address alone.
std::string LinkText(const v1::Link& link);

}  // namespace communique::releases
