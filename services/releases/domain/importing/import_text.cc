// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/import_text.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "services/platform/errors/error.h"
#include "services/releases/domain/importing/advisory_events.h"
#include "services/releases/domain/importing/content_builder.h"
#include "services/releases/domain/importing/embargo_parser.h"
#include "services/releases/domain/importing/extent.h"
#include "services/releases/domain/importing/file_checks.h"
#include "services/releases/domain/importing/known_organizations.h"
#include "services/releases/domain/importing/reference_number.h"
#include "services/releases/domain/importing/release_parser.h"
#include "services/releases/domain/importing/section_proposals.h"
#include "services/releases/domain/importing/whole_text_checks.h"
#include "services/releases/domain/text/plain_text.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// What Finding.excerpt may hold.
constexpr std::size_t kExcerpt = 200;

class Importer {
 public:
  Importer(std::string_view file, std::string_view language, const ImportOptions& options)
      : file_(file),
        language_(language),
        options_(options),
        vocabulary_(Vocabulary::For(language)),
        source_(file),
        units_(SplitUnits(source_, vocabulary_)),
        facts_(LookAtUnits(source_, units_, vocabulary_)) {}

  absl::StatusOr<ImportResult> Import() {
    const auto extent = FindExtent(source_, units_, facts_, language_, vocabulary_);
    if (!extent.has_value()) {
      return platform::InvalidField(
          "text",
          "there is no release in it: every line belongs to a page's menus, headers and footers. "
          "It must hold a headline or running text");
    }
    extent_ = *extent;
    auto builder = std::make_unique<ContentBuilder>(source_, language_);
    ReadRelease(*builder);
    if (builder->empty() || !builder->Finish() || !GivesFileBack(*builder)) {
      findings_ = {};
      result_ = {};
      builder = std::make_unique<ContentBuilder>(source_, language_);
      if (!ReadPlainly(*builder)) return platform::InternalError("the importer cannot give a file back as it was");
    }
    FillReport(*builder);
    result_.content = std::move(builder->content());
    return std::move(result_);
  }

 private:
  void ReadRelease(ContentBuilder& builder) {
    ReleaseReading reading{source_, units_, facts_, extent_, language_, vocabulary_, builder, findings_, {}, 0};
    const std::size_t begin = units_[extent_.first].begin;
    const std::size_t end = units_[extent_.last - 1].end;
    reading.known.organizations = FindOrganizations(source_.text().substr(begin, end - begin), vocabulary_);
    ReadHead(reading);
    ReadBody(reading);
    ReadTail(reading);
    ReadAdvisoryEvent(reading);
    CheckLinkPromises(reading);
    CheckOrganizations(reading);
    if (!Vocabulary::Knows(language_)) {
      findings_.Add(kUnknownLanguageRule, v1::Finding::SEVERITY_HINT, begin, begin,
                    "The importer knows no words of this language (" + language_ +
                        "): it went by the form of the text and by the words of the languages it knows. Check the "
                        "headline, the speakers of quotations, notes and contacts.");
    }
    ReadEmbargo(builder.content().release_line(), begin);
    result_.reference_number = FindReferenceNumber(builder.content().release_line(), vocabulary_);
  }

  // The way back when taking apart went wrong: every unit a paragraph.
  bool ReadPlainly(ContentBuilder& builder) {
    for (std::size_t i = extent_.first; i < extent_.last; ++i) {
      const std::string_view text = units_[i].In(source_.text());
      builder.AddBody(MakeParagraph(text), {units_[i].begin, units_[i].end});
    }
    findings_.Add(
        kNotTakenApartRule, v1::Finding::SEVERITY_WARNING, builder.begin(), builder.begin(),
        "The text was kept as plain paragraphs, because taking it apart would have changed it. Nothing is lost; "
        "headline, dateline and the other parts are to be set by hand.");
    return builder.Finish() && GivesFileBack(builder);
  }

  void ReadEmbargo(const std::string& release_line, std::size_t begin) {
    const auto parsed = ParseEmbargo(release_line, language_, options_.time_zone, vocabulary_);
    if (!parsed.has_value()) return;
    begin = source_.text().find(release_line, begin);
    const std::size_t end = begin + release_line.size();
    if (!parsed->embargo.has_value()) {
      findings_.Add(
          kEmbargoNotReadRule, v1::Finding::SEVERITY_WARNING, begin, end,
          "The text speaks of an embargo, but its end was not understood: a date with its year is needed. No embargo "
          "was set; set Release.embargo.");
      return;
    }
    result_.embargo = parsed->embargo;
    std::string message = "An embargo until " + parsed->embargo->end().local();
    message += parsed->has_zone ? " " + parsed->embargo->end().time_zone() : ", the newsroom's time,";
    message += " was read from this line.";
    if (!parsed->has_time) message += " No time of day is given: it ends as that day begins.";
    findings_.Add(kEmbargoReadRule, v1::Finding::SEVERITY_HINT, begin, end, message + " Check it.");
  }

  // The stretches of the source before, inside and behind the release.
  std::string FileText(std::size_t begin, std::size_t end) const {
    const std::size_t from = source_.FileOffset(begin);
    return std::string(file_.substr(from, source_.FileOffset(end) - from));
  }

  bool GivesFileBack(const ContentBuilder& builder) const {
    const std::size_t begin = builder.begin();
    const std::size_t end = builder.end();
    // Whatever is outside must be a fragment of its own; units outside the extent and white space are.
    if (begin != units_[extent_.first].begin || end != units_[extent_.last - 1].end) return false;
    return RenderPlainText(const_cast<ContentBuilder&>(builder).content()) == FileText(begin, end);
  }

  void FillReport(const ContentBuilder& builder) {
    AddPage(0, builder.begin());
    AddFragment(v1::Fragment::ROLE_RELEASE, builder.begin(), builder.end());
    AddPage(builder.end(), source_.text().size());
    for (v1::RecognizedPart& part : builder.Recognized()) *result_.report.add_parts() = std::move(part);
    for (v1::Section& section : ProposeSections(source_, units_, facts_, extent_.first, language_, options_.newsroom)) {
      *result_.report.add_proposed_sections() = std::move(section);
    }
    AddFindings(builder);
  }

  // A stretch outside the release: white space, and the page's text inside it.
  void AddPage(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const std::string_view text = source_.text().substr(begin, end - begin);
    if (IsBlank(text)) return AddFragment(v1::Fragment::ROLE_SPACE, begin, end);
    std::size_t from = end;
    std::size_t to = begin;
    for (const Unit& unit : units_) {
      if (unit.begin < begin || unit.end > end) continue;
      from = std::min(from, unit.begin);
      to = std::max(to, unit.end);
    }
    AddFragment(v1::Fragment::ROLE_SPACE, begin, from);
    AddFragment(v1::Fragment::ROLE_NAVIGATION, from, to);
    AddFragment(v1::Fragment::ROLE_SPACE, to, end);
    findings_.Add(kNavigationRule, v1::Finding::SEVERITY_HINT, from, to,
                  begin == 0
                      ? "The page's navigation above the release was set apart; nothing of it is stored with the "
                        "release. What it shows of the site is proposed as sections."
                      : "The page below the release was set apart; nothing of it is stored with the release.");
  }

  void AddFragment(v1::Fragment::Role role, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    v1::Fragment* fragment = result_.report.add_fragments();
    fragment->set_role(role);
    const std::size_t from = source_.FileOffset(begin);
    const std::size_t length = source_.FileOffset(end) - from;
    if (role != v1::Fragment::ROLE_RELEASE) fragment->set_text(std::string(file_.substr(from, length)));
    fragment->set_byte_offset(static_cast<std::int64_t>(from));
    fragment->set_byte_length(static_cast<std::int64_t>(length));
    fragment->set_line(source_.Position(begin).line);
  }

  void AddFindings(const ContentBuilder& builder) {
    std::vector<PlacedFinding> findings = findings_.all();
    std::stable_sort(findings.begin(), findings.end(),
                     [](const PlacedFinding& a, const PlacedFinding& b) { return a.begin < b.begin; });
    for (PlacedFinding& placed : findings) {
      const TextPosition position = source_.Position(placed.begin);
      placed.finding.set_line(position.line);
      placed.finding.set_column(position.column);
      placed.finding.set_part_id(builder.PartAt(placed.begin));
      const std::string_view words = source_.text().substr(placed.begin, placed.end - placed.begin);
      placed.finding.set_excerpt(std::string(FirstCodePoints(words, kExcerpt)));
      *result_.report.add_findings() = std::move(placed.finding);
    }
  }

  std::string_view file_;
  std::string language_;
  const ImportOptions& options_;
  const Vocabulary& vocabulary_;
  SourceText source_;
  std::vector<Unit> units_;
  std::vector<UnitFacts> facts_;
  Extent extent_;
  ImportFindings findings_;
  ImportResult result_;
};

}  // namespace

absl::StatusOr<ImportResult> ImportText(std::string_view file, std::string_view language,
                                        const ImportOptions& options) {
  if (const absl::Status status = CheckFile(file); !status.ok()) return status;
  return Importer(file, language, options).Import();
}

void AddReleaseFindings(const std::vector<v1::Finding>& findings, v1::ImportReport& report) {
  const auto release = std::find_if(report.fragments().begin(), report.fragments().end(),
                                    [](const auto& fragment) { return fragment.role() == v1::Fragment::ROLE_RELEASE; });
  if (release == report.fragments().end()) return;
  // The release's first line may begin with what is not the release: white space.
  std::int32_t columns = 0;
  if (!report.parts().empty()) columns = report.parts(0).column() - 1;
  for (v1::Finding finding : findings) {
    if (finding.line() == 1) finding.set_column(finding.column() + columns);
    if (finding.line() > 0) finding.set_line(finding.line() + release->line() - 1);
    *report.add_findings() = std::move(finding);
  }
  SortFindings(report);
}

void SortFindings(v1::ImportReport& report) {
  std::stable_sort(report.mutable_findings()->begin(), report.mutable_findings()->end(),
                   [](const v1::Finding& a, const v1::Finding& b) {
                     return std::pair(a.line(), a.column()) < std::pair(b.line(), b.column());
                   });
}

}  // namespace communique::releases
