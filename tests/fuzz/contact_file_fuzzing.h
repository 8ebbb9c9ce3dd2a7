// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "communique/contacts/v1/exchange.pb.h"
#include "services/contacts/domain/contact_validation.h"
#include "services/contacts/domain/exchange/contact_file.h"
#include "services/contacts/domain/exchange/encodings.h"
#include "services/contacts/domain/exchange/exchange_file.h"

// What holds for files of contacts of every format, whatever is in them.
namespace communique::fuzz {

inline void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

// Small enough to be met.
inline contacts::ExchangeLimits SmallLimits() {
  contacts::ExchangeLimits limits;
  limits.cards = 20;
  limits.line_bytes = 2000;
  limits.photo_bytes = 300;
  return limits;
}

inline void RequireFindings(const contacts::ImportCard& card, int lines) {
  Require(card.line >= 0 && card.line <= lines, "a card begins in the file");
  for (const auto& finding : card.findings) {
    Require(finding.line() >= 0 && finding.line() <= lines, "a finding is about a line of the file");
    Require(!finding.message().empty() && finding.message().size() < 1000, "a finding says something");
    Require(contacts::IsUtf8(finding.message()) && contacts::IsUtf8(finding.field()), "a finding can be sent");
  }
}

// A contact that may be kept is written to a file, and what is read from that is written in the same way again.
inline void RequireRoundTrip(contacts::v1::ExchangeFormat format, contacts::v1::Contact contact) {
  const contacts::ContactRules rules;
  contacts::NormalizeContact(rules, "CH", contact);
  if (const absl::Status status = contacts::ValidateContact(rules, "CH", contact); !status.ok()) {
    Require(contacts::IsUtf8(std::string(status.message())), "what is wrong with a contact can be sent");
    return;
  }
  contacts::ExchangeFile first(format, 1 << 20);
  first.Add(contact, nullptr);
  const auto read = contacts::ReadContactFile(format, first.Finish(), {}, {"de"});
  Require(read.ok() && read->size() == 1, "what is written can be read");
  Require(!read->front().refused(), "what is written is taken");
  contacts::v1::Contact again = read->front().contact;
  again.set_uid(contact.uid());
  contacts::NormalizeContact(rules, "CH", again);
  contacts::ExchangeFile second(format, 1 << 20);
  second.Add(again, nullptr);
  Require(second.Finish() == first.Finish(), "what was read is written in the same way");
}

// Reads any bytes as a file of this format.
inline void FuzzContactFile(contacts::v1::ExchangeFormat format, std::string_view file) {
  const contacts::ExchangeLimits limits = SmallLimits();
  const auto cards = contacts::ReadContactFile(format, file, limits, {"de"});
  if (!cards.ok()) {
    Require(cards.status().code() == absl::StatusCode::kInvalidArgument, "a file is wrong, never we");
    Require(contacts::IsUtf8(std::string(cards.status().message())), "the error can be sent");
    return;
  }
  Require(!cards->empty() && cards->size() <= static_cast<std::size_t>(limits.cards),
          "there are some cards, not too many");
  int lines = 1;
  for (const char c : file) lines += c == '\n';
  for (const contacts::ImportCard& card : *cards) {
    RequireFindings(card, lines);
    if (card.refused()) continue;
    for (const auto to : {contacts::v1::EXCHANGE_FORMAT_VCARD_3, contacts::v1::EXCHANGE_FORMAT_VCARD_4,
                          contacts::v1::EXCHANGE_FORMAT_JCARD, contacts::v1::EXCHANGE_FORMAT_CSV}) {
      RequireRoundTrip(to, card.contact);
    }
  }
}

}  // namespace communique::fuzz
