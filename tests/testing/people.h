// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/sha256.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::testing {

// A press office: people with a token each, as `auth.mode: tokens` knows them. "admin" sets the newsroom up, "author"
// writes, "approver" reviews and approves, "publisher" publishes, "corrector" puts right and takes down, "boss" has
// every role but cannot approve what he edited last, "reader" only reads.
class People {
 public:
  People() {
    std::ofstream file(folder_.File("tokens.yaml"));
    file << "tokens:\n";
    Add(file, "admin", "newsroom_admin");
    Add(file, "author", "author");
    Add(file, "approver", "reviewer, approver");
    Add(file, "publisher", "publisher");
    Add(file, "corrector", "corrector");
    Add(file, "boss", "newsroom_admin, author, reviewer, approver, publisher, corrector");
    Add(file, "reader", "reader");
  }

  // What a process is started with.
  std::string file_flag() const { return "--auth.tokens_file=" + folder_.File("tokens.yaml"); }
  static std::string mode_flag() { return "--auth.mode=tokens"; }
  // The token of one of them, and the file that holds it.
  static std::string Token(const std::string& who) {
    return platform::ToHex(platform::Sha256(absl::StrCat("the secret of ", who)));
  }
  std::string TokenFile(const std::string& who) const { return folder_.File(absl::StrCat(who, ".token")); }

 private:
  void Add(std::ostream& tokens, const std::string& who, const std::string& roles) const {
    tokens << "  - principal: users/" << who << "\n    sha256: " << platform::ToHex(platform::Sha256(Token(who)))
           << "\n    roles: [" << roles << "]\n    newsrooms: \"*\"\n";
    std::ofstream(TokenFile(who)) << Token(who) << '\n';
  }

  platform::TemporaryFolder folder_;
};

}  // namespace communique::testing
