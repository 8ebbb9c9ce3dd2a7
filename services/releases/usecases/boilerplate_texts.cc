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

// The about text of `content` with that id that names the same boilerplate; nullptr when there is none.
const v1::About* FindAbout(const v1::ReleaseContent& content, const v1::About& like) {
  for (const auto& about : content.abouts()) {
    if (about.part_id() == like.part_id() && about.boilerplate() == like.boilerplate()) return &about;
  }
  return nullptr;
}

// Calls `visit(pin, about)` for every about text of `content` whose revision is kept and not of the author's own
// choice.
template <typename Visit>
void VisitPinned(const storage::ReleaseRecord& record, v1::ReleaseContent& content, Visit visit) {
  for (auto& about : *content.mutable_abouts()) {
    if (about.boilerplate().empty()) continue;
    const v1::About* stored = FindAbout(record.release().content(), about);
    if (stored == nullptr || !stored->boilerplate_revision().empty()) continue;
    for (const auto& pin : record.pins()) {
      if (pin.part_id() == about.part_id()) visit(pin, about);
    }
  }
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

void KeepPins(const v1::ReleaseContent& frozen, storage::ReleaseRecord& record) {
  record.clear_pins();
  for (const auto& about : frozen.abouts()) {
    if (about.boilerplate().empty()) continue;
    auto& pin = *record.add_pins();
    pin.set_part_id(about.part_id());
    pin.set_boilerplate_revision(about.boilerplate_revision());
  }
}

void ShowPins(const storage::ReleaseRecord& record, v1::ReleaseContent& content) {
  VisitPinned(record, content,
              [](const auto& pin, v1::About& about) { about.set_boilerplate_revision(pin.boilerplate_revision()); });
}

void ForgetPins(const storage::ReleaseRecord& record, v1::ReleaseContent& content) {
  VisitPinned(record, content, [](const auto& pin, v1::About& about) {
    if (about.boilerplate_revision() == pin.boilerplate_revision()) about.clear_boilerplate_revision();
  });
}

}  // namespace communique::releases
