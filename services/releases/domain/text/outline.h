// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/edition.pb.h"

namespace communique::releases {

// What a printed part is, in the usual order.
enum class PartKind {
  kReleaseLine,
  kHeadline,
  kSubhead,
  kDateline,
  kLead,
  kBody,
  kEvent,
  kLink,
  kEndMark,
  kNotesHeading,
  kNote,
  kAboutHeading,
  kAbout,
  kContactsHeading,
  kContactLine,
};

// A part of a content as it is printed. Pointers refer to the content the outline was made of and live as long as it
// stays unchanged.
struct Part {
  PartKind kind = PartKind::kBody;
  // Its id (see ReleaseContent); empty only where the content lacks one that FillPartIds would make.
  std::string id;
  // The white space before it; empty for the first part. Line breaks are "\n".
  std::string gap;
  // Its text as printed, never empty. Line breaks are "\n".
  std::string text;
  // What it was made of: the block of a lead, body part, note or about text; the contact line; the event; the link.
  const v1::Block* block = nullptr;
  const v1::ContactLine* contact_line = nullptr;
  const v1::Event* event = nullptr;
  const v1::Link* link = nullptr;
};

// The parts of `content` in the order printed, its Layout merged with the usual order by the rules stated there. Parts
// without text are left out. `labels` are the headings over notes and contact lines that bring none.
std::vector<Part> MakeOutline(const v1::ReleaseContent& content, const v1::EditionLabels& labels);

}  // namespace communique::releases
