// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"

// Text into the simpler kinds of blocks. Printed, each is the text it was made of.
namespace communique::releases {

// A paragraph; web and e-mail addresses in it are marked as links.
v1::Block MakeParagraph(std::string_view text);

v1::Block MakeHeading(std::string_view text);

v1::Block MakeSeparator(std::string_view text);

// A list of lines that each begin with a marker. `items` are stretches of `text`, in order, with nothing but white
// space between them.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};
v1::Block MakeList(std::string_view text, const std::vector<TextSpan>& items);

// A table, where every line of `text` has the same number of tabs, at least one, and there are two lines or more.
std::optional<v1::Block> MakeTable(std::string_view text);

}  // namespace communique::releases
