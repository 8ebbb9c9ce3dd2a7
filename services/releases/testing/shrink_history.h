// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace communique::releases {

// A short part of `history` for which `fails` still holds, found by leaving out ever smaller pieces; of it no single
// step can be left out. `fails` is asked at most `attempts` times.
template <typename Step>
std::vector<Step> ShrinkHistory(std::vector<Step> history, const std::function<bool(const std::vector<Step>&)>& fails,
                                int attempts) {
  for (std::size_t piece = history.size() / 2; piece > 0;) {
    bool shorter = false;
    for (std::size_t begin = 0; begin < history.size() && attempts > 0;) {
      std::vector<Step> rest = history;
      const std::size_t end = std::min(begin + piece, rest.size());
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(begin), rest.begin() + static_cast<std::ptrdiff_t>(end));
      --attempts;
      if (fails(rest)) {
        history = std::move(rest);
        shorter = true;
      } else {
        begin = end;
      }
    }
    if (attempts == 0) break;
    if (!shorter || piece > 1) piece = piece > 1 ? piece / 2 : shorter ? 1 : 0;
  }
  return history;
}

}  // namespace communique::releases
