// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/labels.h"

#include <gtest/gtest.h>

namespace communique::releases {
namespace {

TEST(LabelsTest, BuiltInWordsFallBackToShorterTagsAndToEnglish) {
  EXPECT_EQ(BuiltInLabels("de").notes_heading(), "Redaktionshinweise:");
  EXPECT_EQ(BuiltInLabels("de-CH").notes_heading(), "Redaktionshinweise:");
  EXPECT_EQ(BuiltInLabels("pt").notes_heading(), "Notes to editors:");
  EXPECT_EQ(BuiltInLabels("").locale(), "en");
}

TEST(LabelsTest, ANewsroomsOwnWordsComeFirst) {
  v1::Newsroom newsroom;
  v1::Labels* own = newsroom.add_labels();
  own->set_locale("de");
  own->set_notes_heading("Für die Redaktion");
  EXPECT_EQ(LabelsOf(newsroom, "de-AT").notes_heading(), "Für die Redaktion");
  EXPECT_EQ(LabelsOf(newsroom, "de-AT").contacts_heading(), "Pressekontakt:");
  EXPECT_EQ(LabelsOf(newsroom, "fr").notes_heading(), "Notes aux rédactions :");
  EXPECT_EQ(EditionLabelsOf(LabelsOf(newsroom, "de")).notes_heading(), "Für die Redaktion");
}

}  // namespace
}  // namespace communique::releases
