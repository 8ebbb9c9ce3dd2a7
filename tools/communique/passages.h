// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "communique/releases/v1/content.pb.h"

namespace communique::command {

// One string field of a content that is printed.
struct Piece {
  std::string* text;
  // Emphasis and links over it, where the field can have them.
  google::protobuf::RepeatedPtrField<releases::v1::Markup>* markup = nullptr;
};

// A stretch of the content that a reader sees as one text, though it may be kept in several fields: a paragraph, a
// contact line with its segments, a quote with its narrative and marks.
struct Passage {
  std::string part_id;  // for people: "headline", a block's id, a contact line's
  std::string mask;     // the field of the content it is in: "contact_lines"
  std::vector<Piece> pieces;
  // The block it is in, where BatchUpdateBlocks can change it: the lead, the body, the notes.
  releases::v1::Block* block = nullptr;
  // The standing text it comes from; then it is not this release's to change.
  std::string boilerplate;
  // What says the same outside the printed text: of a quote, the speaker's name and roles.
  std::vector<std::string*> echoes;

  std::string Text() const;
};

// All passages of `content` in the usual order, pointing into it. Whatever is printed is in exactly one of them; so are
// the titles and targets of links, events and issuers.
std::vector<Passage> PassagesOf(releases::v1::ReleaseContent& content);

}  // namespace communique::command
