// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "services/contacts/domain/text/problem.h"

// Mail addresses as they are kept, compared and sent to. Nothing here asks the DNS. From any thread.
namespace communique::contacts {

struct EmailAddress {
  std::string address;         // exactly as given
  std::string local_part;      // before the "@", exactly as given
  std::string domain_unicode;  // as people read it, lower case
  std::string domain_ascii;    // as the DNS knows it, lower case
  // What mail is sent to: the local part in Unicode's form C, "@", domain_ascii. ASCII as a whole unless:
  std::string ascii_address;
  // The local part is not ASCII, so only servers with SMTPUTF8 (RFC 6531) can deliver to it.
  bool needs_smtputf8 = false;
  // The domain is in another script and reads as a Latin name ("аррӏе.com"): worth a warning, no error.
  bool domain_looks_latin = false;
};

struct EmailRules {
  // Whether "name@host" is an address: for installations inside one network.
  bool allow_single_label_domain = false;
};

// Reads one bare address, without a name, white space or comments around it (RFC 5321 and 6531). The local part is dot-
// separated atoms of at most 64 octets in all; quoted local parts and network addresses for domains are legal in mail
// and refused here, since nothing but attacks uses them. The address has at most 254 octets.
//
// Problems: those of ParseMailDomain, and EMAIL_EMPTY, EMAIL_TOO_LONG, EMAIL_LOCAL_TOO_LONG, EMAIL_CONTROL (line breaks
// and others, which could inject headers), EMAIL_SPACE, EMAIL_INVISIBLE (zero width and direction marks),
// EMAIL_CHARACTER, EMAIL_DISPLAY_NAME ("A <a@example.org>"), EMAIL_SEVERAL, EMAIL_NO_AT, EMAIL_TWO_AT,
// EMAIL_NO_LOCAL_PART, EMAIL_QUOTED, EMAIL_DOT. Sentences show single characters and domains, never the local part.
OrProblem<EmailAddress> ParseEmailAddress(std::string_view text, const EmailRules& rules = {});

// Equal for two addresses when they are the same mailbox for certain. Only the domain is folded: whether "Anna" and
// "anna" are one mailbox is their server's business.
std::string MailboxKey(const EmailAddress& address);

// Equal for two addresses when they are probably the same mailbox: case and a "+tag" do not count. For finding
// duplicates and nothing else.
std::string MailboxHint(const EmailAddress& address);

}  // namespace communique::contacts
