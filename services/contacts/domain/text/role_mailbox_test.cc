// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/role_mailbox.h"

#include <gtest/gtest.h>

namespace communique::contacts {
namespace {

TEST(RoleMailboxTest, KnowsDesks) {
  const RoleMailboxes usual(RoleMailboxes::UsualPatterns());
  for (const char* local : {"media-de", "pr-1-io", "press", "Presse", "PRENSA", "info", "postmaster", "newsroom",
                            "Comunicación", "press+berlin", "пресс-служба", "press.office", "no-reply"}) {
    EXPECT_TRUE(usual.Contains(local)) << local;
  }
}

TEST(RoleMailboxTest, KnowsPeople) {
  const RoleMailboxes usual(RoleMailboxes::UsualPatterns());
  for (const char* local : {"stosic", "anna.presse", "infantino", "prunella", "mediano", "desktop.mueller", ""}) {
    EXPECT_FALSE(usual.Contains(local)) << local;
  }
}

TEST(RoleMailboxTest, TakesAListOfOnesOwn) {
  const RoleMailboxes own({"Sprecher", "büro-*", "*", ""});
  EXPECT_TRUE(own.Contains("sprecher"));
  EXPECT_TRUE(own.Contains("BURO-genf"));
  EXPECT_FALSE(own.Contains("press"));
}

}  // namespace
}  // namespace communique::contacts
