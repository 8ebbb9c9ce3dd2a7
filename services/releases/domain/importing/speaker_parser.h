// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/name_finder.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// Who was named so far in a text: what a surname or a pronoun may stand for.
struct KnownPersons {
  // In the order of the text, each once.
  std::vector<v1::Speaker> speakers;
  // The one who spoke last; -1 before anybody did.
  int last = -1;
  KnownOrganizations organizations;
  // The release's text before the paragraph being read, where somebody may have been named without being quoted.
  std::string_view text_before;
  // The places of the dateline, folded: "Geneva: A. B., …" says where a contact is, not whose it is.
  std::set<std::string> places;

  // Adds or finds a speaker by name, and makes it the last one.
  void Remember(const v1::Speaker& speaker);
};

// An attribution understood.
struct ParsedAttribution {
  v1::Speaker speaker;
  // Whether it has a verb of saying ("said", "laut").
  bool has_verb = false;
};

// The speaker that `clause` names with honorific, name and offices: "Minister A. B.", "said Dr. A. B., chair of the
// council and head of the office", "she added". A surname or pronoun is made the person it stands for. The speaker is
// empty when nobody is recognised.
ParsedAttribution ParseAttribution(std::string_view clause, const KnownPersons& known, const Vocabulary& vocabulary);

// "Director of Example Relief" as title and organisation, where the text tells the two apart: by an acronym or a known
// organisation's name.
v1::SpeakerRole ParseOffice(std::string_view office, const KnownOrganizations& organizations,
                            const Vocabulary& vocabulary);

}  // namespace communique::releases
