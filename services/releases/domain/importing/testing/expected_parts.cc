// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/testing/expected_parts.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "services/platform/locale/civil_time.h"
#include "services/platform/locale/language_tag.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::string_view kNone = "none";

bool Same(std::string_view a, std::string_view b) { return Fold(a) == Fold(b); }

bool BeginsWith(std::string_view text, std::string_view words) { return Fold(text).starts_with(Fold(words)); }

std::string_view WithoutColon(std::string_view heading) {
  heading = TrimWhiteSpace(heading);
  if (heading.ends_with(':')) heading.remove_suffix(1);
  return TrimWhiteSpace(heading);
}

bool SameHeading(std::string_view a, std::string_view b) { return Same(WithoutColon(a), WithoutColon(b)); }

std::vector<std::string> Split(std::string_view text, char mark) {
  std::vector<std::string> pieces;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(mark, from), text.size());
    pieces.emplace_back(TrimWhiteSpace(text.substr(from, end - from)));
    from = end + 1;
  }
  return pieces;
}

// Of any script: beyond ASCII everything counts.
std::string Digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) digits += c;
  }
  return digits;
}

std::string PlainText(const v1::Block& block) {
  if (block.has_heading()) return block.heading().text();
  if (!block.has_quote()) return block.paragraph().text();
  std::string text;
  for (const v1::QuoteSpan& span : block.quote().spans()) {
    text += span.has_quotation()
                ? absl::StrCat(span.quotation().opening(), span.quotation().text(), span.quotation().closing())
                : span.narrative();
  }
  return text;
}

// Whether `roles` say what was expected, with or without the word before it ("la directora").
bool SaysRole(const v1::Speaker& speaker, const std::string& expected) {
  for (const v1::SpeakerRole& role : speaker.roles()) {
    const std::string wanted = Fold(expected);
    const std::string title = Fold(role.title());
    const std::string organization = Fold(role.organization());
    // "Director" and "ARC" of "Director at ARC".
    constexpr std::size_t kJoint = 9;
    const std::size_t at = wanted.find(title);
    const bool begins = at != std::string::npos && CountWords(std::string_view(wanted).substr(0, at)) <= 1;
    if (!begins) continue;
    const std::size_t behind = wanted.size() - at - title.size();
    if (organization.empty() ? behind == 0 : wanted.ends_with(organization) && behind <= organization.size() + kJoint) {
      return true;
    }
  }
  return false;
}

std::string ShowSpeaker(const v1::Speaker& speaker) {
  std::string text = absl::StrCat(speaker.honorific(), speaker.honorific().empty() ? "" : " ", speaker.display_name());
  for (const v1::SpeakerRole& role : speaker.roles()) {
    absl::StrAppend(&text, " | ", role.title(), " @ ", role.organization());
  }
  return text;
}

class Checker {
 public:
  Checker(const ExpectedParts& expected, const ImportResult& result)
      : expected_(expected), content_(result.content), result_(result) {}

  std::vector<Check> Run() {
    CheckHead();
    CheckBody();
    for (const std::string& quote : All("quote")) CheckQuote(Split(quote, '|'));
    CheckQuotesInAll();
    CheckTail();
    for (const std::string& contact : All("contact")) CheckContact(Split(contact, '|'));
    CheckPersonsOfContacts();
    CheckNavigation();
    return std::move(checks_);
  }

 private:
  std::vector<std::string> All(std::string_view key) const {
    std::vector<std::string> values;
    for (const auto& [name, value] : expected_.lines) {
      if (name == key && value != kNone) values.push_back(value);
    }
    return values;
  }

  std::string One(std::string_view key) const {
    const std::vector<std::string> values = All(key);
    return values.empty() ? std::string() : values.front();
  }

  void Add(std::string field, std::string name, bool right, std::string found) {
    checks_.push_back({std::move(field), std::move(name), right, std::move(found)});
  }

  void AddSame(const std::string& key, std::string_view found) {
    Add(key, key, SameHeading(found, One(key)), std::string(found));
  }

  void CheckHead() {
    AddSame("direction", platform::IsRightToLeft(content_.language()) ? "rtl" : "ltr");
    AddSame("headline", content_.headline());
    AddSame("subhead", content_.subhead());
    const std::string embargo = Fold(One("embargo"));
    std::string until;
    if (result_.embargo.has_value()) {
      until = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", EmbargoEnd(), absl::UTCTimeZone());
    }
    if (!embargo.empty()) {
      Add("embargo line", "embargo line", Fold(content_.release_line()).find(embargo) != std::string::npos,
          content_.release_line());
    }
    Add("embargo's end", "embargo's end", until == One("embargo-time"), until);
    const std::string places =
        absl::StrJoin(content_.dateline().places(), " / ",
                      [](std::string* out, const v1::DatelinePlace& place) { out->append(place.label()); });
    AddSame("places", places);
    AddSame("date", ShowDate());
    const std::string lead = PlainText(content_.lead());
    Add("lead", "lead", BeginsWith(lead, One("lead")), lead);
  }

  absl::Time EmbargoEnd() const {
    const common::v1::CivilTime& end = result_.embargo->end();
    const auto time =
        platform::ResolveCivilTime(end.local(), end.time_zone().empty() ? "Europe/Zurich" : end.time_zone());
    return time.ok() ? *time : absl::InfinitePast();
  }

  std::string ShowDate() const {
    if (!content_.dateline().has_date()) return {};
    const google::type::Date& date = content_.dateline().date();
    const std::string day = absl::StrFormat("%02d-%02d", date.month(), date.day());
    return date.year() == 0 ? day : absl::StrCat(date.year(), "-", day);
  }

  void CheckBody() {
    int paragraphs = content_.has_lead() ? 1 : 0;
    std::vector<std::string> lists;
    std::vector<std::string> headings;
    for (const v1::Block& block : content_.body()) {
      if (block.has_paragraph() || block.has_quote()) ++paragraphs;
      if (block.has_list()) lists.push_back(std::to_string(block.list().items_size()));
      if (block.has_heading()) headings.push_back(block.heading().text());
    }
    AddSame("paragraphs", std::to_string(paragraphs));
    AddSame("lists", absl::StrJoin(lists, " "));
    const std::vector<std::string> wanted = All("subheading");
    const bool same = std::equal(wanted.begin(), wanted.end(), headings.begin(), headings.end(), SameHeading);
    Add("subheadings", "subheadings", same, absl::StrJoin(headings, " / "));
  }

  std::vector<const v1::Quote*> Quotes() const {
    std::vector<const v1::Quote*> quotes;
    if (content_.lead().has_quote()) quotes.push_back(&content_.lead().quote());
    for (const v1::Block& block : content_.body()) {
      if (block.has_quote()) quotes.push_back(&block.quote());
    }
    return quotes;
  }

  void CheckQuote(const std::vector<std::string>& columns) {
    const std::string& words = columns.at(3);
    const v1::Quote* quote = FindQuote(words);
    const v1::Quote& found = quote == nullptr ? v1::Quote::default_instance() : *quote;
    const v1::Speaker& speaker = found.speaker();
    const bool named = Same(speaker.display_name(), columns.at(0)) ||
                       Same(absl::StrCat(speaker.honorific(), " ", speaker.display_name()), columns.at(0));
    Add("quotation", "quotation " + words, quote != nullptr, "");
    Add("speaker", "speaker of " + words, named, ShowSpeaker(speaker));
    if (columns.at(1) != "-") Add("role", "role of " + words, SaysRole(speaker, columns.at(1)), ShowSpeaker(speaker));
    const std::string place = PlaceOfSpeaker(found);
    Add("placement", "placement of " + words, place == columns.at(2), place);
  }

  // The quotation block that has a quotation with these first words; nullptr when there is none.
  const v1::Quote* FindQuote(const std::string& words) const {
    for (const v1::Quote* quote : Quotes()) {
      for (const v1::QuoteSpan& span : quote->spans()) {
        if (BeginsWith(span.quotation().text(), words)) return quote;
      }
    }
    return nullptr;
  }

  // Nothing else is taken for speech.
  void CheckQuotesInAll() {
    std::set<const v1::Quote*> meant;
    for (const std::string& quote : All("quote")) meant.insert(FindQuote(Split(quote, '|').at(3)));
    for (const std::string& words : All("partial")) meant.insert(FindQuote(words));
    meant.erase(nullptr);
    Add("no other quotation", "no other quotation", meant.size() == Quotes().size(), std::to_string(Quotes().size()));
  }

  // Where the narrative that names the speaker stands: the one with their surname, or the first one in words.
  static std::string PlaceOfSpeaker(const v1::Quote& quote) {
    const std::string name = quote.speaker().display_name();
    const std::string surname = name.substr(name.rfind(' ') + 1);
    int at = -1;
    bool named = false;
    int first = quote.spans_size();
    int last = -1;
    for (int i = 0; i < quote.spans_size(); ++i) {
      const v1::QuoteSpan& span = quote.spans(i);
      if (span.has_quotation()) {
        first = std::min(first, i);
        last = i;
      } else if (CountWords(span.narrative()) > 0 && !named) {
        named = !surname.empty() && span.narrative().find(surname) != std::string::npos;
        if (at < 0 || named) at = i;
      }
    }
    if (at < 0) return {};
    return at < first ? "before" : at > last ? "after" : "middle";
  }

  void CheckTail() {
    std::vector<std::string> ends;
    for (const v1::EndMark& mark : content_.end_marks()) ends.push_back(mark.text());
    AddSame("end", absl::StrJoin(ends, " / "));
    AddSame("notes", content_.notes_heading());
    const std::vector<std::string> wanted = All("about");
    std::vector<std::string> headings;
    for (const v1::About& about : content_.abouts()) {
      headings.push_back(about.heading().empty() ? "(no heading)" : about.heading());
    }
    const bool same = std::equal(wanted.begin(), wanted.end(), headings.begin(), headings.end(), SameHeading);
    Add("about texts", "about texts", same, absl::StrJoin(headings, " / "));
  }

  void CheckContact(const std::vector<std::string>& columns) {
    std::string name = columns.at(0);
    const bool person = !name.starts_with('(');
    if (!person) name = name.substr(1, name.size() - 2);
    // The line that has the address, or the number.
    const v1::ContactLine* line = nullptr;
    for (const v1::ContactLine& candidate : content_.contact_lines()) {
      if (line == nullptr && IsReachedBy(candidate, columns)) line = &candidate;
    }
    const v1::ContactLine& found = line == nullptr ? v1::ContactLine::default_instance() : *line;
    const std::string shown = ShowLine(found);
    // A desk may be named in the heading over its number.
    const bool headed = !person && line != nullptr && SameHeading(content_.contacts_heading(), name);
    Add("contact's name", absl::StrCat("name of ", columns.at(0)), headed || Names(found, name, person), shown);
    if (columns.at(1) != "-") {
      Add("contact's e-mail", absl::StrCat("e-mail of ", columns.at(0)), HasEmail(found, columns.at(1)), shown);
    }
    Add("contact's numbers", absl::StrCat("numbers of ", columns.at(0)), HasPhones(found, columns.at(2)), shown);
  }

  static bool IsReachedBy(const v1::ContactLine& line, const std::vector<std::string>& columns) {
    return columns.at(1) != "-" ? HasEmail(line, columns.at(1)) : HasPhones(line, columns.at(2));
  }

  static bool HasEmail(const v1::ContactLine& line, const std::string& email) {
    return std::any_of(line.segments().begin(), line.segments().end(), [&](const v1::ContactSegment& segment) {
      return segment.kind() == v1::ContactSegment::KIND_EMAIL && Same(segment.value(), email);
    });
  }

  static bool HasPhones(const v1::ContactLine& line, const std::string& phones) {
    const std::vector<std::string> wanted = Split(phones, ';');
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& phone) {
      return std::any_of(line.segments().begin(), line.segments().end(), [&](const v1::ContactSegment& segment) {
        return segment.kind() == v1::ContactSegment::KIND_PHONE && Digits(segment.value()) == Digits(phone);
      });
    });
  }

  static bool Names(const v1::ContactLine& line, std::string_view name, bool person) {
    std::string text;
    for (const v1::ContactSegment& segment : line.segments()) {
      if (segment.kind() == v1::ContactSegment::KIND_PERSON && Same(segment.value(), name)) return person;
      text += segment.value();
    }
    return !person && text.find(name) != std::string::npos;
  }

  static std::string ShowLine(const v1::ContactLine& line) {
    std::string text;
    for (const v1::ContactSegment& segment : line.segments()) {
      absl::StrAppend(&text, "<", v1::ContactSegment::Kind_Name(segment.kind()).substr(5), " ", segment.value(), ">");
    }
    return text;
  }

  void CheckPersonsOfContacts() {
    std::size_t wanted = 0;
    for (const std::string& contact : All("contact")) wanted += contact.starts_with('(') ? 0 : 1;
    std::vector<std::string> persons;
    for (const v1::ContactLine& line : content_.contact_lines()) {
      for (const v1::ContactSegment& segment : line.segments()) {
        if (segment.kind() == v1::ContactSegment::KIND_PERSON) persons.push_back(segment.value());
      }
    }
    Add("persons in contacts", "persons in contacts", wanted == persons.size(), absl::StrJoin(persons, " / "));
  }

  void CheckNavigation() {
    std::string page;
    for (const v1::Fragment& fragment : result_.report.fragments()) {
      if (fragment.role() == v1::Fragment::ROLE_NAVIGATION) absl::StrAppend(&page, fragment.text(), "\n");
    }
    for (const std::string& words : All("navigation")) {
      Add("navigation", "navigation " + words, page.find(words) != std::string::npos, page);
    }
    if (All("navigation").empty()) Add("navigation", "navigation", page.empty(), page);
  }

  const ExpectedParts& expected_;
  const v1::ReleaseContent& content_;
  const ImportResult& result_;
  std::vector<Check> checks_;
};

}  // namespace

ExpectedParts ReadExpectedParts(const std::string& text) {
  ExpectedParts expected;
  for (const std::string& line : Split(text, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(": ");
    const std::string key = line.substr(0, colon);
    const std::string value = colon == std::string::npos ? std::string() : line.substr(colon + 2);
    if (key == "miss") {
      expected.misses.insert(value);
    } else {
      expected.lines.emplace_back(key, value);
    }
  }
  return expected;
}

std::vector<Check> CheckParts(const ExpectedParts& expected, const ImportResult& result) {
  return Checker(expected, result).Run();
}

}  // namespace communique::releases
