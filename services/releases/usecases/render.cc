// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/render.h"

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/text/markdown.h"
#include "services/releases/domain/text/notices.h"
#include "services/releases/domain/text/plain_text.h"

namespace communique::releases {

absl::StatusOr<v1::Rendering> Render(const v1::ReleaseContent& content, const v1::EditionLabels& labels,
                                     const std::vector<v1::Notice>& notices, v1::RenderFormat format) {
  v1::Rendering rendering;
  switch (format) {
    case v1::RENDER_FORMAT_PLAIN_TEXT:
      rendering.set_text(WithLineBreak(NoticesAsPlainText(notices), content.layout().line_break()) +
                         RenderPlainText(content, labels));
      rendering.set_media_type("text/plain; charset=utf-8");
      return rendering;
    case v1::RENDER_FORMAT_MARKDOWN:
      rendering.set_text(NoticesAsMarkdown(notices) + RenderMarkdown(content, labels));
      rendering.set_media_type("text/markdown; charset=utf-8; variant=CommonMark");
      return rendering;
    default:
      return platform::InvalidField("format", "must be RENDER_FORMAT_PLAIN_TEXT or RENDER_FORMAT_MARKDOWN");
  }
}

absl::StatusOr<v1::Rendering> RenderStored(const std::string& edition, v1::RenderFormat format) {
  v1::Edition parsed;
  if (!parsed.ParseFromString(edition)) return platform::InternalError("a stored edition does not parse");
  if (!parsed.has_content()) {
    return platform::FailedPrecondition(
        platform::Reason::ERROR_REASON_NO_TEXT, parsed.name(),
        absl::StrCat(parsed.name(), " has no text any more: GetEdition says what became of it"));
  }
  return Render(parsed.content(), parsed.labels(), {parsed.notices().begin(), parsed.notices().end()}, format);
}

}  // namespace communique::releases
