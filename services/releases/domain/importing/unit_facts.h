// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/marks.h"
#include "services/releases/domain/importing/source_text.h"
#include "services/releases/domain/importing/units.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What can be said about a paragraph of the file by looking at it and its neighbours, before anything is decided.
struct UnitFacts {
  MarkKind mark = MarkKind::kNone;
  // Begins with the marker of a list item.
  bool list_item = false;
  std::size_t words = 0;

  // Says what the document is ("Press release no. 5"), when it may be used ("For immediate release"), or until when
  // not.
  bool document = false;
  v1::ReleaseKind document_kind = v1::RELEASE_KIND_UNSPECIFIED;
  bool release_line = false;
  bool embargo = false;
  // Says how to reach somebody.
  bool contact = false;

  // Mostly numbers, dates and codes, or nothing but keywords: "OTS0117 5 II 04.03.2026", "No. 17/2026 | 12 May 2026",
  // "Traffic/Fares/Buses". Above the headline it is about the document, and no headline anywhere.
  bool codes = false;
  // Of these, what a page says about when: "Published 9 March 2026". Its date is the page's, no dateline.
  bool stamp = false;

  // One line without an end to its sentence: may be a headline or heading.
  bool title_like = false;
  // Long enough, or a whole sentence: running text.
  bool paragraph_like = false;

  // What only a web page has: an entry of its menus, a lone bullet, a line twice in a row, a line that begins with the
  // whole line before it, a row of entries parted by bars, a copyright line.
  bool navigation = false;
  bool lone_bullet = false;
  bool doubled = false;
  bool glued = false;
  bool furniture = false;
  // A heading behind which there is nothing but the page.
  bool page_end = false;

  // Something that stands on a page rather than in a press release.
  bool of_the_page() const { return navigation || lone_bullet || doubled || glued || furniture; }
  // Above the headline, about the document itself.
  bool top_matter() const { return document || release_line || embargo; }
};

std::vector<UnitFacts> LookAtUnits(const SourceText& source, const std::vector<Unit>& units,
                                   const Vocabulary& vocabulary);

}  // namespace communique::releases
