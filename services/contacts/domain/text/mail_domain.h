// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "services/contacts/domain/text/problem.h"

namespace communique::contacts {

// The domain of a mail address, in its two forms; both are in lower case.
struct MailDomain {
  std::string ascii;    // as the DNS knows it: "xn--strae-oqa.example"
  std::string unicode;  // as people read it: "straße.example"
  // Some part of it is in another script and reads as a Latin word (LooksLatin): worth a warning.
  bool looks_latin = false;
};

// Reads a domain: labels of letters, digits and inner hyphens (RFC 952 and 1123), 1 to 63 octets each, 253 in all;
// labels beyond ASCII by IDNA 2008 with the mappings of UTS 46, nontransitional ("ß" stays). Nothing is looked up. The
// rules of ASCII labels are checked here and not by libidn2, which refuses "ab--cd" and drops underscores without a
// word.
//
// Problems, their positions counted in `domain`: EMAIL_NO_DOMAIN, EMAIL_DOT (an empty label), EMAIL_CHARACTER,
// EMAIL_DOMAIN_LITERAL ("[192.0.2.1]"), EMAIL_DOMAIN_NUMERIC (no name ends in a number), EMAIL_DOMAIN_NO_DOT (unless
// `allow_single_label`), EMAIL_DOMAIN_UNDERSCORE, EMAIL_DOMAIN_HYPHEN, EMAIL_DOMAIN_LABEL_TOO_LONG,
// EMAIL_DOMAIN_TOO_LONG, EMAIL_DOMAIN_A_LABEL (an "xn--" label that no name converts to), EMAIL_DOMAIN_IDNA,
// EMAIL_MIXED_SCRIPTS.
OrProblem<MailDomain> ParseMailDomain(std::string_view domain, bool allow_single_label = false);

}  // namespace communique::contacts
