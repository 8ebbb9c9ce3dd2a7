// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/blocks.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/digest.h"

namespace communique::releases {
namespace {

using Blocks = google::protobuf::RepeatedPtrField<v1::Block>;

// Where a block stands: in a list, or as the lead (then `list` is null).
struct Place {
  Blocks* list = nullptr;
  int index = 0;
};

int IndexOf(const Blocks& blocks, std::string_view id) {
  for (int i = 0; i < blocks.size(); ++i) {
    if (blocks[i].block_id() == id) return i;
  }
  return -1;
}

std::optional<Place> Find(v1::ReleaseContent& content, std::string_view id) {
  if (id.empty()) return {};
  if (content.has_lead() && content.lead().block_id() == id) return Place{};
  for (Blocks* list : {content.mutable_body(), content.mutable_notes()}) {
    if (const int index = IndexOf(*list, id); index >= 0) return Place{list, index};
  }
  return {};
}

absl::Status NoSuchBlock(const std::string& path, const std::string& id) {
  return platform::NotFound("block",
                            absl::StrCat(id, " (", path, "); it may have been removed: read the release again"));
}

absl::Status CheckEtag(const std::string& path, const v1::BlockChange& change, const v1::Block& block) {
  if (change.etag().empty()) {
    return platform::InvalidField(absl::StrCat(path, ".etag"),
                                  "required: the block's etag as you read it, so that nobody's words are overwritten");
  }
  const std::string current = BlockEtag(block);
  if (change.etag() == current) return absl::OkStatus();
  return platform::EtagMismatch(absl::StrCat("block ", block.block_id()), current);
}

// Puts `block` where `position` says.
absl::Status Insert(const std::string& path, const v1::BlockPosition& position, v1::Block block,
                    v1::ReleaseContent& content) {
  Blocks* list = nullptr;
  int index = 0;
  switch (position.position_case()) {
    case v1::BlockPosition::kAfter: {
      const auto place = Find(content, position.after());
      if (!place) return NoSuchBlock(absl::StrCat(path, ".after"), position.after());
      list = place->list == nullptr ? content.mutable_body() : place->list;
      index = place->list == nullptr ? 0 : place->index + 1;
      break;
    }
    case v1::BlockPosition::kFirstIn:
      if (position.first_in() == v1::BlockPosition::PLACE_BODY) {
        list = content.mutable_body();
      } else if (position.first_in() == v1::BlockPosition::PLACE_NOTES) {
        list = content.mutable_notes();
      } else {
        return platform::InvalidField(absl::StrCat(path, ".first_in"), "PLACE_BODY or PLACE_NOTES");
      }
      break;
    case v1::BlockPosition::POSITION_NOT_SET:
      return platform::InvalidField(path, "say where: after a block, or first in the body or the notes");
  }
  *list->Add() = std::move(block);
  for (int i = list->size() - 1; i > index; --i) list->SwapElements(i, i - 1);
  return absl::OkStatus();
}

absl::Status Apply(const std::string& path, const v1::BlockChange& change, v1::ReleaseContent& content) {
  switch (change.change_case()) {
    case v1::BlockChange::kReplace: {
      const auto place = Find(content, change.replace().block_id());
      if (!place) return NoSuchBlock(absl::StrCat(path, ".replace.block_id"), change.replace().block_id());
      v1::Block& block = place->list == nullptr ? *content.mutable_lead() : (*place->list)[place->index];
      if (auto status = CheckEtag(path, change, block); !status.ok()) return status;
      block = change.replace();
      return absl::OkStatus();
    }
    case v1::BlockChange::kInsert: {
      const std::string& id = change.insert().block().block_id();
      if (Find(content, id)) {
        return platform::InvalidField(absl::StrCat(path, ".insert.block.block_id"),
                                      absl::StrCat("\"", id, "\" is taken; leave it empty to have one made"));
      }
      return Insert(absl::StrCat(path, ".insert.position"), change.insert().position(), change.insert().block(),
                    content);
    }
    case v1::BlockChange::kRemove: {
      const auto place = Find(content, change.remove());
      if (!place) return NoSuchBlock(absl::StrCat(path, ".remove"), change.remove());
      const v1::Block& block = place->list == nullptr ? content.lead() : (*place->list)[place->index];
      if (auto status = CheckEtag(path, change, block); !status.ok()) return status;
      if (place->list == nullptr) {
        content.clear_lead();
      } else {
        place->list->DeleteSubrange(place->index, 1);
      }
      return absl::OkStatus();
    }
    case v1::BlockChange::kMove: {
      const std::string& id = change.move().block_id();
      const auto place = Find(content, id);
      if (!place) return NoSuchBlock(absl::StrCat(path, ".move.block_id"), id);
      if (place->list == nullptr) {
        return platform::InvalidField(absl::StrCat(path, ".move.block_id"), "the lead cannot be moved");
      }
      if (change.move().position().after() == id) {
        return platform::InvalidField(absl::StrCat(path, ".move.position.after"), "a block cannot follow itself");
      }
      v1::Block block = (*place->list)[place->index];
      place->list->DeleteSubrange(place->index, 1);
      return Insert(absl::StrCat(path, ".move.position"), change.move().position(), std::move(block), content);
    }
    case v1::BlockChange::CHANGE_NOT_SET:
      return platform::InvalidField(path, "say what to do: replace, insert, remove or move");
  }
  return platform::InternalError("block change of an unknown kind");
}

}  // namespace

absl::Status ApplyBlockChanges(const google::protobuf::RepeatedPtrField<v1::BlockChange>& changes,
                               v1::ReleaseContent& content) {
  for (int i = 0; i < changes.size(); ++i) {
    if (auto status = Apply(absl::StrCat("changes[", i, "]"), changes[i], content); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace communique::releases
