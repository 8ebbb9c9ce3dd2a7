// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "communique/releases/v1/content.pb.h"

namespace communique::releases {

using Phrases = std::vector<std::string_view>;

// What the labels on a contact line stand for.
struct ContactLabels {
  Phrases phone;
  Phrases email;
  Phrases web;
  // What an address is for rather than whose it is: "Press", "Out of hours".
  Phrases purpose;
};

// The words by which the importer knows the parts of a press release in one language. Data alone: one file per language
// in lexicon/, each phrase as it is written in lower case. A phrase matches whole words at the beginning of a line;
// case, kinds of apostrophes, hyphens and spaces, vowel signs and invisible marks make no difference.
struct Lexicon {
  std::string_view language;

  // "Press release", "Media advisory": what the document is.
  std::vector<std::pair<std::string_view, v1::ReleaseKind>> documents;
  // "For immediate release".
  Phrases release_lines;
  // "Embargoed until": the embargo's time follows.
  Phrases embargoes;
  // What a page says about a text rather than the text: "Published", "Reading time"; a number follows.
  Phrases stamps;
  // "no.", "Nr.": before a reference number, behind the document's name.
  Phrases number_signs;
  // Headings over the notes.
  Phrases notes;
  // Headings that are notes only behind the copy's end: "Background".
  Phrases weak_notes;
  // Before the name of an organisation: "About".
  Phrases abouts;
  // Headings over an about text that name nobody: "Who we are".
  Phrases abouts_alone;
  // Headings or beginnings of the contacts: "For media enquiries".
  Phrases contacts;
  ContactLabels labels;
  // Words that end the copy, alone on a line or between dashes.
  Phrases ends;
  // "more", alone on a line or between dashes: the copy goes on over the page.
  Phrases mores;
  // Entries of a site's menus, headers and footers: lines that hold nothing else.
  Phrases navigation;
  // Headings behind which there is nothing but the page: "Related news".
  Phrases page_ends;
  // "Where", "When" ... of a media advisory, in this order: what, who, when, where.
  std::vector<Phrases> advisory;

  // Verbs and phrases of saying, as they stand in the narrative of a quotation.
  Phrases speech_verbs;
  // Words that name an office: matched as whole words.
  Phrases roles;
  // Ends of words that name an office: "minister" of "Innenminister".
  Phrases role_endings;
  // Words that name an organisation, whole.
  Phrases organizations;
  // Ends of words that name an organisation: "ministerium".
  Phrases organization_endings;
  // Titles before a name.
  Phrases honorifics;
  // Small words inside a name: "von", "de".
  Phrases name_particles;
  // Words that stand for a speaker named before.
  Phrases pronouns;
  // Articles, prepositions and conjunctions: never part of an office's beginning.
  Phrases function_words;
  // Articles behind a name and before what somebody is: "A. B., a beekeeper from Kent".
  Phrases articles_behind_name;
  // Articles before what somebody is and before the name: "the beekeeper from Kent, A. B., said".
  Phrases articles_before_office;
  // "and", between two offices.
  Phrases conjunctions;
  // Between an office and its organisation: "of".
  Phrases office_joints;

  // Say that there is more to see elsewhere; without a web address, the target was lost.
  Phrases link_promises;

  // Whether every noun begins with a capital.
  bool nouns_in_capitals = false;
  // Whether what somebody is stands behind the name without an article: "A. B., apiculteur à Genève".
  bool bare_appositions = false;

  // Words for "o'clock", and for time zones that are not IANA's: "local time".
  Phrases clock_words;
};

// The languages that have a lexicon of their own: ar, de, en, es, fr, he.
const std::vector<const Lexicon*>& AllLexicons();

Lexicon ArabicLexicon();
Lexicon EnglishLexicon();
Lexicon FrenchLexicon();
Lexicon GermanLexicon();
Lexicon HebrewLexicon();
Lexicon SpanishLexicon();

// The lexicons to read a text in `language` (BCP 47) with: its own and the English one, which international press texts
// use everywhere; all of them for a language that has none.
std::vector<const Lexicon*> LexiconsFor(std::string_view language);

}  // namespace communique::releases
