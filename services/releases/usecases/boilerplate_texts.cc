// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/boilerplate_texts.h"

#include <charconv>
#include <optional>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/releases/storage/boilerplate_store.h"

namespace communique::releases {
namespace {

using platform::Session;

// The texts of the about text's boilerplate, and which revision they are. Nothing when there are none.
absl::StatusOr<std::optional<v1::BoilerplateRevision>> FindTexts(Session& session, const v1::About& about) {
  std::int64_t number = 0;  // the newest
  const std::string& pinned = about.boilerplate_revision();
  std::from_chars(pinned.data(), pinned.data() + pinned.size(), number);
  auto revision = FindBoilerplateRevision(session, about.boilerplate(), number);
  if (absl::IsNotFound(revision.status())) return std::optional<v1::BoilerplateRevision>();
  if (!revision.ok()) return revision.status();
  return std::optional(*std::move(revision));
}

// Whether there was a text in `language`.
bool Fill(const v1::BoilerplateRevision& revision, const std::string& language, v1::About& about) {
  about.clear_heading();
  about.clear_blocks();
  for (const auto& text : revision.texts()) {
    if (text.locale() != language) continue;
    about.set_heading(text.heading());
    *about.mutable_blocks() = text.blocks();
    for (int i = 0; i < about.blocks_size(); ++i) {
      about.mutable_blocks(i)->set_block_id(absl::StrCat(about.part_id(), "-", i + 1));
    }
    return true;
  }
  return false;
}

absl::Status MissingText(const v1::About& about, const std::string& language) {
  return platform::FailedPrecondition(
      platform::Reason::ERROR_REASON_REFERENCE_MISSING, about.boilerplate(),
      absl::StrCat(about.boilerplate(), about.boilerplate_revision().empty() ? "" : ", revision ",
                   about.boilerplate_revision(), " has no text in \"", language,
                   "\"; write one, or take the about text out of the release"),
      {{"resource", about.boilerplate()}});
}

}  // namespace

absl::Status FillBoilerplates(Session& session, v1::ReleaseContent& content) {
  for (auto& about : *content.mutable_abouts()) {
    if (about.boilerplate().empty()) continue;
    const auto revision = FindTexts(session, about);
    if (!revision.ok()) return revision.status();
    if (*revision) Fill(**revision, content.language(), about);
  }
  return absl::OkStatus();
}

absl::Status PinBoilerplates(Session& session, v1::ReleaseContent& content) {
  for (auto& about : *content.mutable_abouts()) {
    if (about.boilerplate().empty()) continue;
    const auto revision = FindTexts(session, about);
    if (!revision.ok()) return revision.status();
    if (!*revision || !Fill(**revision, content.language(), about)) return MissingText(about, content.language());
    const std::string& name = (*revision)->name();
    about.set_boilerplate_revision(name.substr(name.rfind('/') + 1));
  }
  return absl::OkStatus();
}

}  // namespace communique::releases
