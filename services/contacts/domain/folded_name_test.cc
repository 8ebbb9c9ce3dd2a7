// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/folded_name.h"

#include <gtest/gtest.h>

namespace communique::contacts {
namespace {

TEST(FoldedNameTest, CaseAccentsAndPunctuationDoNotCount) {
  EXPECT_EQ(FoldedName("ÄRZTE-Presse "), FoldedName("Arzte Presse"));
  EXPECT_EQ(FoldedName("River Aid"), FoldedName("river  aid!"));
  EXPECT_EQ(FoldedName("ＡＢＣ"), FoldedName("abc"));
}

TEST(FoldedNameTest, SpellingsCount) {
  EXPECT_NE(FoldedName("Meyer"), FoldedName("Meier"));
  EXPECT_NE(FoldedName("River Aid"), FoldedName("Aid River"));
  EXPECT_NE(FoldedName("Desk 1"), FoldedName("Desk 2"));
}

TEST(FoldedNameTest, WithoutLettersThereIsNothing) {
  EXPECT_EQ(FoldedName(""), "");
  EXPECT_EQ(FoldedName("+ – ★"), "");
}

}  // namespace
}  // namespace communique::contacts
