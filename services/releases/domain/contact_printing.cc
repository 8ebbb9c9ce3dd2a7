// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/contact_printing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"

namespace communique::releases {
namespace {

using contacts::v1::ContactPrinting;
using contacts::v1::PrintedPeriod;
using internal::PrintedLine;
using Segment = v1::ContactSegment;

bool IsValue(const Segment& segment) {
  return segment.kind() == Segment::KIND_EMAIL || segment.kind() == Segment::KIND_PHONE;
}

ContactPrinting::Standing StandingOf(const ContactPrinting& answer, int value) {
  return value < answer.standings_size() ? answer.standings(value) : ContactPrinting::STANDING_UNKNOWN;
}

// The values that the contact has, and everybody may see.
std::vector<int> PublicValues(const ContactPrinting& answer) {
  std::vector<int> values;
  for (int i = 0; i < answer.standings_size(); ++i) {
    if (answer.standings(i) == ContactPrinting::STANDING_PUBLIC) values.push_back(i);
  }
  return values;
}

bool Any(ContactPrinting::Standing standing, const ContactPrinting& answer) {
  return std::find(answer.standings().begin(), answer.standings().end(), standing) != answer.standings().end();
}

bool StillVouchedFor(const PrintedLine* before, const ContactPrinting& answer) {
  if (before == nullptr) return true;
  return std::all_of(before->vouched_values().begin(), before->vouched_values().end(),
                     [&](int value) { return StandingOf(answer, value) == ContactPrinting::STANDING_PUBLIC; });
}

// Whether the line's own words may still be shown.
bool MayShowAsSigned(const v1::ContactLine& line, const ContactPrinting& answer, const PrintedLine* before) {
  if (!HasWords(line) || Any(ContactPrinting::STANDING_WITHHELD, answer)) return false;
  // An author may print an address that the contact does not have; what was written from the contact is the contact's.
  if (line.written() && Any(ContactPrinting::STANDING_UNKNOWN, answer)) return false;
  return StillVouchedFor(before, answer);
}

// Which of `periods` (the first one has no start) `at` lies in.
template <typename Periods>
int IndexAt(const Periods& periods, absl::Time at) {
  int found = 0;
  for (int i = 1; i < periods.size(); ++i) {
    if (platform::FromTimestamp(periods.Get(i).start()) <= at) found = i;
  }
  return found;
}

bool IsOneOf(std::string_view language, std::initializer_list<std::string_view> languages) {
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

std::string_view CommaIn(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find('-'));
  if (IsOneOf(language, {"ar", "fa", "ps", "sd", "ug", "ur"})) return "، ";
  if (IsOneOf(language, {"ja", "zh"})) return "、";
  return ", ";
}

// One piece behind another.
class LineWriter {
 public:
  explicit LineWriter(std::string_view locale) : comma_(CommaIn(locale)) {}

  void Add(Segment::Kind kind, std::string value) {
    if (value.empty()) return;
    if (!segments_.empty()) {
      auto& joint = segments_.emplace_back();
      joint.set_kind(Segment::KIND_TEXT);
      joint.set_value(std::string(comma_));
    }
    auto& segment = segments_.emplace_back();
    segment.set_kind(kind);
    segment.set_value(std::move(value));
  }
  std::vector<Segment> Take() { return std::move(segments_); }

 private:
  const std::string_view comma_;
  std::vector<Segment> segments_;
};

}  // namespace

contacts::v1::ContactToPrint ToAsk(const v1::ContactLine& line) {
  contacts::v1::ContactToPrint ask;
  ask.set_contact(line.contact());
  for (const Segment& segment : line.segments()) {
    if (IsValue(segment)) ask.add_values(segment.value());
  }
  return ask;
}

bool HasWords(const v1::ContactLine& line) {
  return std::any_of(line.segments().begin(), line.segments().end(),
                     [](const Segment& segment) { return !segment.value().empty(); });
}

PrintedLine PlanLine(const v1::ContactLine& line, const std::string& locale, const std::string& revision,
                     const ContactPrinting& answer, const PrintedLine* before) {
  PrintedLine planned;
  planned.set_locale(locale);
  planned.set_part_id(line.part_id());
  planned.set_revision(revision);
  planned.set_contact(line.contact());
  const bool as_signed = MayShowAsSigned(line, answer, before);
  // What is not printed any more is remembered: it does not come back as something that nobody has to vouch for.
  std::vector<int> vouched = PublicValues(answer);
  if (before != nullptr) {
    vouched.insert(vouched.end(), before->vouched_values().begin(), before->vouched_values().end());
    std::sort(vouched.begin(), vouched.end());
    vouched.erase(std::unique(vouched.begin(), vouched.end()), vouched.end());
  }
  for (const int value : vouched) planned.add_vouched_values(value);
  for (const PrintedPeriod& period : answer.periods()) {
    auto& shown = *planned.add_periods();
    if (period.has_start()) *shown.mutable_start() = period.start();
    if (!period.has_printable()) continue;
    shown.set_contact(period.printable().contact());
    shown.set_substitute(period.substitute());
    shown.set_as_signed(as_signed && !period.substitute());
    if (shown.as_signed()) continue;
    for (Segment& segment : ComposeLine(period.printable())) *shown.add_segments() = std::move(segment);
  }
  *planned.mutable_depends_on() = answer.depends_on();
  return planned;
}

std::optional<std::string> WhyNotPrintable(const v1::ContactLine& line, const ContactPrinting& answer,
                                           absl::Time since) {
  if (answer.periods().empty()) return absl::StrCat(line.part_id(), ": nothing is known of ", line.contact());
  const PrintedPeriod& period = answer.periods(IndexAt(answer.periods(), since));
  if (!period.has_printable()) {
    return absl::StrCat(line.part_id(), ": ", period.reason(),
                        "; refer to another contact, give this one a substitute, or take the reference off the line");
  }
  // Words that are not the author's give way to what may be shown.
  if (period.substitute() || line.written()) return std::nullopt;
  std::vector<int> withheld;
  int value = 0;
  for (int i = 0; i < line.segments_size(); ++i) {
    if (!IsValue(line.segments(i))) continue;
    if (StandingOf(answer, value++) == ContactPrinting::STANDING_WITHHELD) withheld.push_back(i);
  }
  if (withheld.empty()) return std::nullopt;
  return absl::StrCat(line.part_id(), ": segments ", absl::StrJoin(withheld, ", "), " print what ", line.contact(),
                      " does not show to everybody; take them out, or make them PUBLIC there");
}

std::pair<const PrintedLine::Period*, const PrintedLine::Period*> PeriodsAt(const PrintedLine& printed, absl::Time at) {
  const int index = IndexAt(printed.periods(), at);
  return {&printed.periods(index), index + 1 < printed.periods_size() ? &printed.periods(index + 1) : nullptr};
}

std::optional<v1::ContactLine> LineAt(const v1::ContactLine& line, const PrintedLine& printed, absl::Time at) {
  const auto& period = printed.periods(IndexAt(printed.periods(), at));
  if (period.contact().empty()) return std::nullopt;
  v1::ContactLine shown = line;
  shown.set_contact(period.contact());
  if (!period.as_signed()) *shown.mutable_segments() = period.segments();
  return shown;
}

void ApplyLines(const PrintedLines& lines, const std::string& locale, const std::string& revision, absl::Time at,
                v1::ReleaseContent& content) {
  google::protobuf::RepeatedPtrField<v1::ContactLine> shown;
  for (const v1::ContactLine& line : content.contact_lines()) {
    const auto printed = std::find_if(lines.begin(), lines.end(), [&](const PrintedLine& candidate) {
      return candidate.part_id() == line.part_id() && candidate.locale() == locale && candidate.revision() == revision;
    });
    if (line.contact().empty() || printed == lines.end()) {
      *shown.Add() = line;
    } else if (auto now = LineAt(line, *printed, at)) {
      *shown.Add() = *std::move(now);
    }
  }
  content.mutable_contact_lines()->Swap(&shown);
}

std::vector<absl::Time> Boundaries(const PrintedLines& lines, absl::Time now) {
  std::vector<absl::Time> boundaries;
  for (const PrintedLine& line : lines) {
    for (const auto& period : line.periods()) {
      if (!period.has_start()) continue;
      const absl::Time start = platform::FromTimestamp(period.start());
      if (start > now) boundaries.push_back(start);
    }
  }
  return boundaries;
}

std::vector<Segment> ComposeLine(const contacts::v1::PrintableContact& contact) {
  LineWriter line(contact.locale());
  if (contact.kind() == contacts::v1::Contact::KIND_PERSON) {
    const std::string_view space = contact.honorific().empty() ? "" : " ";
    line.Add(Segment::KIND_PERSON, absl::StrCat(contact.honorific(), std::string(space), contact.display_name()));
  } else {
    line.Add(Segment::KIND_ORGANIZATION, contact.display_name());
  }
  line.Add(Segment::KIND_ROLE, contact.role_title());
  line.Add(Segment::KIND_ORGANIZATION, contact.organization_name());
  for (const std::string& email : contact.emails()) line.Add(Segment::KIND_EMAIL, email);
  for (const std::string& phone : contact.phones()) line.Add(Segment::KIND_PHONE, phone);
  for (const auto& web : contact.web_addresses()) line.Add(Segment::KIND_URL, web.uri());
  return line.Take();
}

}  // namespace communique::releases
