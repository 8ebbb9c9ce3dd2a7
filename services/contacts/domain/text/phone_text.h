// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/contacts/domain/text/problem.h"

namespace communique::contacts {

// A telephone number as it was written, made plain: what libphonenumber reads, without what it would misread. It takes
// words behind a number for digits typed by their letters, and cuts off what it does not know without a word.
struct PhoneText {
  // Digits (ASCII), "+" in front, letters, and of white space, dashes and brackets one kind each.
  std::string number;
  // Behind a word for it, or behind "#"; empty when there is none.
  std::string extension;
  // Where words stand before the number; 0 when there are none.
  std::size_t words_before = 0;
  // Where letters stand in the number; 0 when there are none.
  std::size_t letters = 0;
  // Where another number may begin, as lengths of `number`: each stands before a mark that parts numbers or parts of
  // one
  // ("030/204550"), which only the numbering plan can tell.
  struct Parting {
    std::size_t before = 0;    // that much of `number`
    std::size_t position = 0;  // of the mark in the text
  };
  std::vector<Parting> partings;
};

// Problems: PHONE_EMPTY, PHONE_TOO_LONG, PHONE_CONTROL, PHONE_INVISIBLE, PHONE_CHARACTER, PHONE_NO_DIGITS,
// PHONE_SEVERAL, PHONE_EXTENSION.
OrProblem<PhoneText> ReadPhoneText(std::string_view raw);

}  // namespace communique::contacts
