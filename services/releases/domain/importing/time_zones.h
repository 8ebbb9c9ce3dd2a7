// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace communique::releases {

// The IANA zone that `text` names: by an abbreviation ("CET", "MESZ", "GMT+2") or by a city before or behind a word for
// time ("Geneva time", "hora de Madrid", in `language`). Empty when it names none. Of the zones that share an
// abbreviation it is `home` (IANA) when that is one of them.
std::string FindTimeZone(std::string_view text, std::string_view language, std::string_view home);

}  // namespace communique::releases
