// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/content_builder.h"
#include "services/releases/domain/importing/extent.h"
#include "services/releases/domain/importing/import_findings.h"
#include "services/releases/domain/importing/speaker_parser.h"
#include "services/releases/domain/importing/unit_facts.h"
#include "services/releases/domain/importing/units.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What the readers of a release's sections share while they go through its paragraphs from top to bottom. Each reader
// takes paragraphs from `next` on and adds their parts to the builder.
struct ReleaseReading {
  const SourceText& source;
  const std::vector<Unit>& units;
  const std::vector<UnitFacts>& facts;
  const Extent& extent;
  std::string_view language;
  const Vocabulary& vocabulary;
  ContentBuilder& builder;
  ImportFindings& findings;

  KnownPersons known;
  std::size_t next = 0;

  std::string_view Text(std::size_t unit) const { return units[unit].In(source.text()); }
  TextSpan Span(std::size_t unit) const { return {units[unit].begin, units[unit].end}; }
  bool done() const { return next >= extent.last; }
};

// Lines about the document, letterheads and contacts above the headline; headline, subhead and dateline.
void ReadHead(ReleaseReading& reading);

// The lead and the body, up to the end of the copy.
void ReadBody(ReleaseReading& reading);

// What follows the copy: end marks, notes, about texts, contacts.
void ReadTail(ReleaseReading& reading);

}  // namespace communique::releases
