// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/communique/content_text.h"
#include "tools/communique/release_change.h"
#include "tools/communique/replace_text.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Block;
using releases::v1::Release;
using releases::v1::ReleaseService;

struct EditArguments {
  ChangeArguments change;
  std::string block;
  std::string text;
};

struct ReplaceArguments {
  ChangeArguments change;
  std::string old_text;
  std::string new_text;
};

absl::StatusOr<Release> Fetch(Session& session, const ChangeArguments& change) {
  auto release = FetchRelease(session, change.name);
  if (release.ok() && !change.etag.empty() && change.etag != release->etag()) {
    return LocalError(absl::StrCat("the release has changed: its etag is ", release->etag(), ", not ", change.etag));
  }
  return release;
}

// Sends one block. It is compared with its own etag, so that others may work on the rest of the text meanwhile.
absl::StatusOr<Release> SendBlock(Session& session, const ChangeArguments& change, Block block) {
  releases::v1::BatchUpdateBlocksRequest request;
  request.set_name(change.name);
  auto* single = request.add_changes();
  single->set_etag(block.etag());
  block.clear_etag();
  *single->mutable_replace() = std::move(block);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(change.validate_only);
  return session.client.Call(&ReleaseService::Stub::BatchUpdateBlocks, request);
}

// Sends one field of the content; compared with the etag of the whole release.
absl::StatusOr<Release> SendField(Session& session, const ChangeArguments& change, const Release& release,
                                  const std::string& field) {
  releases::v1::UpdateReleaseRequest request;
  auto* sent = request.mutable_release();
  sent->set_name(release.name());
  sent->set_etag(release.etag());
  *sent->mutable_content() = release.content();
  // Standing texts are filled in by the server, which does not take them back.
  for (auto& about : *sent->mutable_content()->mutable_abouts()) {
    if (about.boilerplate().empty()) continue;
    about.clear_heading();
    about.clear_blocks();
  }
  request.mutable_update_mask()->add_paths(absl::StrCat("content.", field));
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(change.validate_only);
  return session.client.Call(&ReleaseService::Stub::UpdateRelease, request);
}

absl::Status ReplaceInRelease(Session& session, const ReplaceArguments& arguments) {
  auto release = Fetch(session, arguments.change);
  if (!release.ok()) return release.status();
  const auto done = ReplaceText(*release->mutable_content(), arguments.old_text, arguments.new_text);
  if (!done.ok()) return done.status();
  const auto changed = done->passage.block != nullptr
                           ? SendBlock(session, arguments.change, *done->passage.block)
                           : SendField(session, arguments.change, *release, done->passage.mask);
  if (!changed.ok()) return changed.status();
  if (session.output == Output::kText) {
    session.out << Printable(done->passage.part_id) << '\n'
                << "  - " << Printable(done->before) << '\n'
                << "  + " << Printable(done->after) << '\n';
    for (const auto& echo : done->echoes) session.out << "  and in the speaker's " << Printable(echo) << '\n';
  }
  if (done->passage.mask == "dateline" && release->content().dateline().has_date()) {
    session.err << "The dateline's date still means " << DateWords(release->content().dateline().date())
                << ": only the printed words were changed.\n";
  }
  PrintChanged(session, *changed, arguments.change.validate_only);
  return absl::OkStatus();
}

// The block in the lists that BatchUpdateBlocks can change.
Block* FindBlock(releases::v1::ReleaseContent& content, const std::string& id) {
  if (content.has_lead() && content.lead().block_id() == id) return content.mutable_lead();
  for (auto* blocks : {content.mutable_body(), content.mutable_notes()}) {
    for (auto& block : *blocks) {
      if (block.block_id() == id) return &block;
    }
  }
  return nullptr;
}

// Gives the block `text`; false when its kind has more to it than one text.
bool SetText(Block& block, const std::string& text) {
  switch (block.kind_case()) {
    case Block::kParagraph:
      block.mutable_paragraph()->set_text(text);
      block.mutable_paragraph()->clear_markup();
      return true;
    case Block::kHeading:
      block.mutable_heading()->set_text(text);
      return true;
    case Block::kSeparator:
      block.mutable_separator()->set_text(text);
      return true;
    default:
      return false;
  }
}

absl::Status EditBlock(Session& session, const EditArguments& arguments) {
  auto release = Fetch(session, arguments.change);
  if (!release.ok()) return release.status();
  Block* block = FindBlock(*release->mutable_content(), arguments.block);
  if (block == nullptr) {
    return LocalError(absl::StrCat("there is no block ", arguments.block,
                                   " in lead, body and notes; communique release get shows the ids"));
  }
  const int markup = block->paragraph().markup_size();
  if (!SetText(*block, arguments.text)) {
    return LocalError(absl::StrCat("block ", arguments.block, " is a ", BlockKind(*block),
                                   ", which is more than one text; use communique release replace"));
  }
  const auto changed = SendBlock(session, arguments.change, *block);
  if (!changed.ok()) return changed.status();
  if (markup > 0)
    session.err << "The new text is without the old one's " << CountWords(markup, "link or emphasis") << ".\n";
  PrintChanged(session, *changed, arguments.change.validate_only);
  return absl::OkStatus();
}

}  // namespace

void AddReleaseEditingVerbs(CLI::App& release, Verb& chosen) {
  auto* edit = release.add_subcommand("edit", "Give a paragraph, heading or separator a new text");
  auto editing = std::make_shared<EditArguments>();
  AddChangeArguments(*edit, editing->change);
  edit->add_option("--block", editing->block, "Its id, as shown by release get")->required();
  edit->add_option("--text", editing->text, "The new text")->required();
  edit->callback([&chosen, editing] { chosen = [editing](Session& session) { return EditBlock(session, *editing); }; });

  auto* replace = release.add_subcommand("replace", "Replace a text that stands in exactly one place of the content");
  auto replacing = std::make_shared<ReplaceArguments>();
  AddChangeArguments(*replace, replacing->change);
  replace->add_option("OLD", replacing->old_text, "The text as printed (put -- before texts that begin with a dash)")
      ->required();
  replace->add_option("NEW", replacing->new_text, "What is to stand there")->required();
  replace->callback([&chosen, replacing] {
    chosen = [replacing](Session& session) { return ReplaceInRelease(session, *replacing); };
  });
}

}  // namespace communique::command
