// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/render.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

v1::ReleaseContent Content() {
  v1::ReleaseContent content;
  content.set_headline("# 1");
  content.mutable_lead()->mutable_paragraph()->set_text("Text.");
  content.add_notes()->mutable_paragraph()->set_text("Note.");
  content.mutable_layout()->set_line_break("\r\n");
  return content;
}

v1::EditionLabels Labels() {
  v1::EditionLabels labels;
  labels.set_notes_heading("Notes");
  return labels;
}

std::vector<v1::Notice> Correction() {
  v1::Notice notice;
  notice.set_label("Correction");
  notice.set_text("1, not 2.");
  return {notice};
}

std::string Text(const std::vector<v1::Notice>& notices, v1::RenderFormat format) {
  const auto rendering = Render(Content(), Labels(), notices, format);
  EXPECT_TRUE(rendering.ok()) << rendering.status();
  return rendering.ok() ? rendering->text() : std::string();
}

TEST(RenderTest, WritesPlainText) {
  EXPECT_EQ(Text({}, v1::RENDER_FORMAT_PLAIN_TEXT), "# 1\r\n\r\nText.\r\n\r\nNotes\r\nNote.");
  EXPECT_EQ(Text(Correction(), v1::RENDER_FORMAT_PLAIN_TEXT),
            "Correction: 1, not 2.\r\n\r\n----------------------------------------\r\n\r\n"
            "# 1\r\n\r\nText.\r\n\r\nNotes\r\nNote.");
}

TEST(RenderTest, WritesMarkdown) {
  EXPECT_EQ(Text({}, v1::RENDER_FORMAT_MARKDOWN), "# \\# 1\n\nText.\n\n## Notes\n\nNote.\n");
  EXPECT_EQ(Text(Correction(), v1::RENDER_FORMAT_MARKDOWN),
            "> **Correction:** 1, not 2.\n\n# \\# 1\n\nText.\n\n## Notes\n\nNote.\n");
  EXPECT_EQ(Render(Content(), {}, {}, v1::RENDER_FORMAT_MARKDOWN)->media_type(),
            "text/markdown; charset=utf-8; variant=CommonMark");
}

TEST(RenderTest, RefusesOtherFormats) {
  EXPECT_EQ(Render(Content(), {}, {}, v1::RENDER_FORMAT_UNSPECIFIED).status().code(),
            absl::StatusCode::kInvalidArgument);
}

// An edition carries its notices into every format; one without a text has none to render.
TEST(RenderTest, WritesWhatReadersGet) {
  v1::Edition edition;
  edition.set_name("newsrooms/n/releases/r/editions/en");
  EXPECT_EQ(RenderStored(edition.SerializeAsString(), v1::RENDER_FORMAT_MARKDOWN).status().code(),
            absl::StatusCode::kFailedPrecondition);
  *edition.mutable_content() = Content();
  *edition.mutable_labels() = Labels();
  *edition.add_notices() = Correction()[0];
  for (const auto format : {v1::RENDER_FORMAT_PLAIN_TEXT, v1::RENDER_FORMAT_MARKDOWN}) {
    EXPECT_EQ(RenderStored(edition.SerializeAsString(), format)->text(), Text(Correction(), format));
  }
}

}  // namespace
}  // namespace communique::releases
