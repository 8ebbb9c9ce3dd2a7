// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include "absl/status/status.h"
#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/release_service.pb.h"

namespace communique::releases {

// Calls `visit` with every block of the content: the lead, the body, the notes, the about texts.
template <typename Content, typename Visit>
void ForEachBlock(Content& content, Visit visit) {
  if constexpr (std::is_const_v<Content>) {
    if (content.has_lead()) visit(content.lead());
    for (const auto& block : content.body()) visit(block);
    for (const auto& block : content.notes()) visit(block);
    for (const auto& about : content.abouts()) {
      for (const auto& block : about.blocks()) visit(block);
    }
  } else {
    if (content.has_lead()) visit(*content.mutable_lead());
    for (auto& block : *content.mutable_body()) visit(block);
    for (auto& block : *content.mutable_notes()) visit(block);
    for (auto& about : *content.mutable_abouts()) {
      for (auto& block : *about.mutable_blocks()) visit(block);
    }
  }
}

// Applies the changes in order to the lead, the body and the notes of `content`. On an error `content` may hold some of
// them: work on a copy. A new block without an id keeps none; ids are made with the rest of the content's.
//   INVALID_ARGUMENT  which change is wrong, and how
//   NOT_FOUND         a block that is named is not there
//   ABORTED           a block has changed since its caller read it (ETAG_MISMATCH, with its etag now)
absl::Status ApplyBlockChanges(const google::protobuf::RepeatedPtrField<v1::BlockChange>& changes,
                               v1::ReleaseContent& content);

}  // namespace communique::releases
