// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/slug.h"

#include <gtest/gtest.h>

namespace communique::releases {
namespace {

TEST(SlugTest, WritesTitlesInAddresses) {
  EXPECT_EQ(MakeSlug("Bündnis für Größeres: 70 Jahre!", "de"), "buendnis-fuer-groesseres-70-jahre");
  EXPECT_EQ(MakeSlug("L'aide à l’Ukraine", "fr"), "laide-a-lukraine");
  EXPECT_EQ(MakeSlug("Über Ärzte", "sv"), "uber-arzte");
  EXPECT_EQ(MakeSlug("Помощь", "ru"), "pomos");
  EXPECT_FALSE(MakeSlug("مساعدة", "ar").empty());
  EXPECT_EQ(MakeSlug("***", "en"), "");
}

TEST(SlugTest, CutsBehindAWord) {
  EXPECT_EQ(MakeSlug("one two three", "en", 9), "one-two");
  EXPECT_EQ(MakeSlug("onetwothree", "en", 5), "onetw");
  EXPECT_EQ(MakeSlug("one two", "en", 7), "one-two");
}

}  // namespace
}  // namespace communique::releases
