// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/import_report.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/locale/text.h"
#include "tools/communique/content_text.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Fragment;
using releases::v1::ImportReport;

constexpr std::size_t kExcerptCharacters = 60;

void PrintRecognised(std::ostream& out, const ImportReport& report) {
  if (report.parts().empty()) return;
  out << "Recognised (line:column in the file)\n";
  Table table(2);
  for (const auto& part : report.parts()) {
    table.Add({absl::StrCat(part.line(), ":", part.column()), part.kind(), part.part_id(),
               platform::Excerpt(part.excerpt(), kExcerptCharacters)});
  }
  table.Print(out);
}

void PrintSetApart(std::ostream& out, const ImportReport& report) {
  Table table(2);
  for (const auto& fragment : report.fragments()) {
    if (fragment.role() != Fragment::ROLE_NAVIGATION) continue;
    table.Add({absl::StrCat("line ", fragment.line()), absl::StrCat(fragment.byte_length(), " bytes"),
               platform::Excerpt(Printable(fragment.text()), kExcerptCharacters)});
  }
  if (table.empty()) return;
  out << "Set apart (the page around the release, not stored with it)\n";
  table.Print(out);
}

void PrintSections(std::ostream& out, const releases::v1::ImportReleaseResponse& response) {
  if (!response.sections().empty()) {
    out << "Sections made\n";
    for (const auto& name : response.sections()) out << "  " << Printable(name) << '\n';
    return;
  }
  if (response.report().proposed_sections().empty()) return;
  out << "Sections proposed (made by --with-sections)\n";
  Table table(2);
  for (const auto& section : response.report().proposed_sections()) {
    for (const auto& text : section.texts()) {
      table.Add({text.locale(), text.title(), platform::Excerpt(text.text(), kExcerptCharacters)});
    }
  }
  table.Print(out);
}

}  // namespace

void PrintImport(std::ostream& out, const releases::v1::ImportReleaseResponse& response) {
  const auto& release = response.release();
  if (release.name().empty()) {
    out << "Nothing was stored. The release would be:\n";
  } else {
    out << "Imported as " << Printable(release.name()) << " (" << EnumWords(release.state()) << ")\n";
  }
  out << "  " << Printable(release.content().headline()) << " [" << Printable(release.content().language()) << "]\n";
  PrintRecognised(out, response.report());
  PrintSetApart(out, response.report());
  PrintFindings(out, response.report().findings());
  PrintSections(out, response);
  if (!release.name().empty()) {
    out << "Next: communique release submit " << Printable(release.name()) << '\n';
  }
}

}  // namespace communique::command
