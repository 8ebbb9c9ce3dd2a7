// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

namespace communique::contacts {

// How large files of contacts may be; from the configuration. The contract states the defaults.
struct ExchangeLimits {
  // What an import's report says of a card besides what report_bytes limits: who it became, or in brief why it is
  // refused.
  static constexpr std::size_t kCardBytes = 256;

  std::size_t file_bytes = (4 * 1024 - 64) * 1024;  // below rpc.max_request_bytes, with room for the rest of a request
  int cards = 10'000;                               // in a file
  std::size_t line_bytes = 1024 * 1024;             // with the lines that continue it
  std::size_t photo_bytes = 1024 * 1024;            // of a picture, key or sound in a card, which is not taken over
  int nested_cards = 3;                             // cards in AGENT of cards in AGENT …
  std::size_t properties = 1000;                    // of a card; columns of a CSV file
  std::size_t values = 300'000;                     // properties of all cards, or cells of a CSV file with something in
  int cards_at_once = 500;                          // stored in one transaction
  std::size_t report_bytes = 1024 * 1024;           // of the names and findings in an import's report
  int names = 1000;                                 // in an export's request
};

}  // namespace communique::contacts
