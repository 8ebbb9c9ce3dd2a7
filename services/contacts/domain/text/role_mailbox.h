// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace communique::contacts {

// Which mailboxes belong to a desk and not to a person. Such a mailbox says nothing about who writes from it: it never
// identifies a person, and it is usually no personal data. Immutable, for all threads.
class RoleMailboxes {
 public:
  // By patterns of local parts, case and accents aside: a whole one ("info"), or one that ends in "*" ("pr-*": whatever
  // begins with "pr-"). "*" alone matches nothing, since it would make a desk of everybody.
  explicit RoleMailboxes(const std::vector<std::string>& patterns);

  // A "+tag" of `local_part` does not count.
  bool Contains(std::string_view local_part) const;

  // Those of RFC 2142, and what press and editorial offices use in the languages we know.
  static const std::vector<std::string>& UsualPatterns();

 private:
  std::unordered_set<std::string> whole_;
  std::vector<std::string> beginnings_;
};

}  // namespace communique::contacts
