// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/contacts/domain/contact_addresses.h"

namespace communique::contacts {

// The secret keys under which suppressed addresses are hashed: whoever has the database and not the keys cannot try out
// whose addresses are in it. Immutable, for all threads. Holds secrets: not to be logged.
class SuppressionKeys {
 public:
  // No keys: nothing can be suppressed or recognised.
  SuppressionKeys() = default;

  // Reads a key file: a key in each line, 64 or more hexadecimal digits; empty lines and lines that begin with # do not
  // count. The first key is for what is suppressed from now on, all of them for recognising. INVALID_ARGUMENT with the
  // line, without its text.
  static absl::StatusOr<SuppressionKeys> Parse(std::string_view file);

  // A file with one new key.
  static std::string NewFile();

  bool empty() const { return keys_.empty(); }

  // A key's name, by which rows say under which one they were made: a fingerprint that tells nothing of the key.
  std::vector<std::string> Ids() const;

  struct Hash {
    std::string key_id;
    std::string mac;  // hexadecimal
  };
  // Under the first key. Requires: not empty.
  Hash Write(const AddressKey& address) const;
  // Under all keys.
  std::vector<std::string> Lookup(const AddressKey& address) const;

 private:
  struct Key {
    std::string id;
    std::string bytes;
  };

  std::vector<Key> keys_;
};

}  // namespace communique::contacts
