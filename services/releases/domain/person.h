// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "communique/releases/v1/content.pb.h"

namespace communique::releases {

// Somebody who is looked for in what releases hold: a contact, and names, mail addresses, numbers and web addresses
// that say who it is or how to reach it. Immutable; used from any thread.
//
// Mail addresses count case aside and also as "name(at)example.org"; numbers by their digits, so that +49 30 1234567,
// 030/123 45 67 and +49 (0)30 1234567 are one, and +49301234567;ext=12 is 030 1234567-12 and not 030 1234567; web
// addresses without scheme, "www." and a "/" at the end; names as whole words, case and white space aside
// (text/fold.h).
class Person {
 public:
  // `contact` is a resource name. A value is what it looks like: with an "@" a mail address, of digits a number.
  template <typename Values>
  Person(std::string contact, const Values& values) : contact_(std::move(contact)) {
    for (const std::string& value : values) Add(value);
  }

  const std::string& contact() const { return contact_; }

  // Whether the segment, an EMAIL, PHONE or URL, is one of the addresses and numbers.
  bool HasAddress(const v1::ContactSegment& segment) const;

  // Whether one of the names stands in `text`.
  bool IsNamedIn(std::string_view text) const;

  // Whether any of the values stands in `text`.
  bool StandsIn(std::string_view text) const;

 private:
  void Add(std::string_view value);

  std::string contact_;
  // Each as it is compared.
  std::vector<std::string> names_;
  std::vector<std::string> mails_;
  std::vector<std::string> numbers_;
  std::vector<std::string> web_addresses_;
};

}  // namespace communique::releases
