// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/newsroom.pb.h"

namespace communique::releases {

// newsrooms/relief in German, with English beside it.
inline v1::Newsroom GermanNewsroom() {
  v1::Newsroom newsroom;
  newsroom.set_name("newsrooms/relief");
  newsroom.set_display_name("Example Relief");
  newsroom.set_source_language("de");
  newsroom.add_languages("de");
  newsroom.add_languages("en");
  newsroom.set_time_zone("Europe/Berlin");
  return newsroom;
}

inline void FillBlocks(google::protobuf::RepeatedPtrField<v1::Block>& blocks) {
  blocks.Add()->mutable_paragraph()->set_text("Mehr als 300 Familien haben Zelte erhalten.");
  auto& mark = *blocks.rbegin()->mutable_paragraph()->add_markup();
  mark.set_kind(v1::Markup::KIND_LINK);
  mark.set_start(0);
  mark.set_end(4);
  mark.set_uri("https://example.org/zelte");
  blocks.Add()->mutable_heading()->set_text("Wie es weitergeht");
  auto& item = *blocks.Add()->mutable_list()->add_items();
  item.set_marker("- ");
  item.set_text("Decken");
  auto& quote = *blocks.Add()->mutable_quote();
  auto& words = *quote.add_spans()->mutable_quotation();
  words.set_opening("„");
  words.set_text("Wir bleiben.");
  words.set_closing("“");
  quote.add_spans()->set_narrative(", sagte Kassandra Stegen.");
  quote.mutable_speaker()->set_display_name("Kassandra Stegen");
  quote.mutable_speaker()->add_roles()->set_title("Generaldirektorin");
  blocks.Add()->mutable_table()->add_rows()->add_cells("Zelte");
  blocks.Add()->mutable_separator()->set_text("* * *");
}

// A valid content in which everything that can be said is said once; of what is a list there is one entry, in the body
// and the notes a block of each kind: paragraph, heading, list, quote, table, separator.
inline v1::ReleaseContent FullContent() {
  v1::ReleaseContent content;
  content.set_language("de");
  content.set_headline("Zelte für Familien");
  auto& place = *content.mutable_dateline()->add_places();
  place.set_label("Genf");
  content.mutable_lead()->mutable_paragraph()->set_text("Die Hilfe ist angekommen.");
  FillBlocks(*content.mutable_body());
  FillBlocks(*content.mutable_notes());
  auto& about = *content.add_abouts();
  about.set_part_id("about");
  about.add_blocks()->mutable_paragraph()->set_text("Example Relief hilft.");
  auto& line = *content.add_contact_lines();
  line.add_segments()->set_value("Example Relief: ");
  line.add_segments()->set_value("press@example.org");
  content.add_end_marks()->set_text("***");
  content.add_issuers()->set_display_name("Example Relief");
  content.add_events()->set_title("Pressegespräch");
  content.add_links()->set_uri("https://example.org/bilder");
  content.mutable_layout()->add_entries()->set_part_id("headline");
  return content;
}

}  // namespace communique::releases
