// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/linting/testing/lint_content.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LintRequiredPartsTest, NamesWhatIsMissing) {
  v1::ReleaseContent content = CleanContent("en", "Text.");
  EXPECT_THAT(Found(content), IsEmpty());
  content.set_headline(" ");
  EXPECT_THAT(Found(content), ElementsAre("headline-missing"));
  content.clear_lead();
  EXPECT_THAT(Found(content), ElementsAre("headline-missing", "body-missing"));
  AddParagraph("Text.", content);
  EXPECT_THAT(Found(content), ElementsAre("headline-missing", "lead-missing"));
  content.clear_language();
  EXPECT_THAT(Found(content), ElementsAre("language-missing", "headline-missing", "lead-missing"));
}

TEST(LintRequiredPartsTest, SaysWhereWithoutAPlace) {
  v1::ReleaseContent content = CleanContent("en", "Text.");
  content.clear_headline();
  const v1::Finding finding = Lint(content).at(0);
  EXPECT_EQ(finding.severity(), v1::Finding::SEVERITY_ERROR);
  EXPECT_EQ(finding.source(), v1::Finding::SOURCE_LINT);
  EXPECT_EQ(finding.part_id(), "headline");
  EXPECT_EQ(finding.line(), 0);
  EXPECT_EQ(finding.column(), 0);
}

// What cannot be submitted has an error, and the other way round.
TEST(LintRequiredPartsTest, AgreesWithSubmitting) {
  for (const bool headline : {false, true}) {
    for (const bool lead : {false, true}) {
      v1::ReleaseContent content = CleanContent("en", "Text.");
      if (!headline) content.clear_headline();
      if (!lead) content.clear_lead();
      const auto findings = Lint(content);
      const bool refused = !findings.empty() && findings.at(0).severity() == v1::Finding::SEVERITY_ERROR;
      EXPECT_EQ(refused, !CheckComplete("releases/r", content).ok());
    }
  }
}

}  // namespace
}  // namespace communique::releases
