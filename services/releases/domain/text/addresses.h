// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace communique::releases {

// A way to reach somebody, as it stands in a text.
struct Address {
  enum class Kind { kEmail, kUrl, kPhone };
  Kind kind = Kind::kEmail;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The e-mail addresses (also "name(at)example.org"), web addresses (with a scheme, or beginning with "www.") and
// telephone numbers in `text`, in order, not overlapping. A number counts as a telephone number when it has at least 7
// digits and begins with "+", "0" or "(", so that years, sums and post codes do not.
std::vector<Address> FindAddresses(std::string_view text);

// What a link to the web address `printed` points to: itself, or with "https://" where it has no scheme.
std::string LinkTarget(std::string_view printed);

// The address that mail is sent to, of one that is printed, perhaps as "name(at)example.org".
std::string MailAddress(std::string_view printed);

// The domain of an e-mail address, in lower case; empty when it has none.
std::string MailDomain(std::string_view address);

}  // namespace communique::releases
