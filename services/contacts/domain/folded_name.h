// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace communique::contacts {

// What two names are compared by when only one of a kind may be called so, or when one is looked for by the other:
// their words, without case, width, accents and whatever stands between them. "ÄRZTE-Presse " and "Arzte Presse" are
// one name. Nearer to the spelling than what searches compare (text/word_keys.h): "Meyer" and "Meier" are two. Empty
// when there is neither a letter nor a digit. Pure, from any thread.
std::string FoldedName(std::string_view name);

}  // namespace communique::contacts
