// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a mail address: they are refused with a position inside them and a sentence that can be sent, or become
// an address that cannot break a header, whose written forms all mean the same mailbox.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/role_mailbox.h"

namespace {

namespace contacts = communique::contacts;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

void RequireSendable(std::string_view text) {
  for (const char32_t c : contacts::ToCodePoints(text))
    Require(c >= 0x20 && c != 0x7F && c != 0xFFFD, "it is clean text");
}

void RequireProblem(const contacts::Problem& problem, std::string_view text) {
  Require(problem.code.starts_with("EMAIL_"), "the code says that it is about mail");
  Require(problem.position <= contacts::ToCodePoints(text).size() + 1, "the position is in the text");
  Require(!problem.sentence.empty() && problem.sentence.size() < 2000, "there is a sentence");
  RequireSendable(problem.sentence);
}

void RequireSameMailbox(const std::string& written, const contacts::EmailAddress& address) {
  const auto again = contacts::ParseEmailAddress(written);
  Require(again.ok(), "what was made of an address is an address");
  Require(contacts::MailboxKey(*again) == contacts::MailboxKey(address), "it is the same mailbox");
  Require(contacts::MailboxHint(*again) == contacts::MailboxHint(address), "so say hints");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto address = contacts::ParseEmailAddress(text);
  static const contacts::RoleMailboxes roles(contacts::RoleMailboxes::UsualPatterns());
  roles.Contains(text);
  if (!address.ok()) {
    RequireProblem(address.problem(), text);
    return 0;
  }
  Require(address->address == text, "the address is kept as it was given");
  RequireSendable(text);
  Require(address->ascii_address.size() <= 254, "the address is not too long");
  Require(address->domain_ascii.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos,
          "the domain is one that the DNS can hold");
  RequireSameMailbox(address->ascii_address, *address);
  RequireSameMailbox(address->local_part + "@" + address->domain_unicode, *address);
  return 0;
}
