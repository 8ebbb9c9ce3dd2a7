// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/edition_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/communique/content_text.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Edition;

std::string VisibilityWords(const Edition& edition) {
  switch (edition.visibility()) {
    case Edition::VISIBILITY_LIVE:
      return "LIVE";
    case Edition::VISIBILITY_NOTICE:
      return "NOTICE: withdrawn, the text stays under a notice";
    case Edition::VISIBILITY_REDIRECT:
      return absl::StrCat("REDIRECT: read ", edition.replacement(), " instead");
    case Edition::VISIBILITY_TOMBSTONE:
      return "TOMBSTONE: it was there and is gone";
    default:
      return absl::StrCat(EnumWords(edition.visibility()), ": nothing to read");
  }
}

}  // namespace

void PrintEdition(std::ostream& out, const Edition& edition) {
  out << Printable(edition.name()) << '\n';
  if (edition.not_modified()) {
    out << "  not modified: it still has the etag " << Printable(edition.etag()) << '\n';
    return;
  }
  Table facts(2);
  const auto add = [&facts](const char* label, const std::string& value) {
    if (!value.empty()) facts.Add({label, value});
  };
  add("Headline", edition.content().headline());
  add("To read", VisibilityWords(edition));
  add("Language", edition.locale());
  add("Newsroom", edition.newsroom_display_name());
  add("Address", edition.web_address().empty() ? edition.slug() : edition.web_address());
  add("Published", TimeWords(edition.publish_time()));
  add("Changed", TimeWords(edition.update_time()));
  add("Topics", absl::StrJoin(edition.topics(), ", "));
  add("Number", edition.reference_number());
  add("Also in", absl::StrJoin(edition.other_languages(), ", ",
                               [](std::string* words, const auto& other) { *words += other.locale(); }));
  add("Etag", edition.etag());
  facts.Print(out);
  if (!edition.notices().empty()) {
    out << "Notices\n";
    for (const auto& notice : edition.notices()) {
      out << "  " << TimeWords(notice.time()) << "  "
          << Printable(notice.label().empty() ? EnumWords(notice.kind()) : notice.label()) << '\n';
      if (!notice.text().empty()) out << "    " << Printable(notice.text()) << '\n';
    }
  }
  PrintParts(out, edition.content());
}

}  // namespace communique::command
