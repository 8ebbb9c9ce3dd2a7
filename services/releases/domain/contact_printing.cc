// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/contact_printing.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"
#include "services/releases/domain/text/addresses.h"

namespace communique::releases {
namespace {

using contacts::v1::ContactPrinting;
using contacts::v1::PrintedPeriod;
using internal::PrintedLine;
using Segment = v1::ContactSegment;

// Whether the contacts service is asked about it.
bool IsValue(const Segment& segment) {
  if (segment.value().empty()) return false;
  return segment.kind() == Segment::KIND_EMAIL || segment.kind() == Segment::KIND_PHONE ||
         segment.kind() == Segment::KIND_URL;
}

bool Any(ContactPrinting::Standing standing, const ContactPrinting& answer) {
  return std::find(answer.standings().begin(), answer.standings().end(), standing) != answer.standings().end();
}

// By what the values of a line are known as: that, and not what they are, is kept.
using Standings = std::map<std::string, int>;

Standings StandingsOf(const v1::ContactLine& line, const ContactPrinting& answer, const std::string& key) {
  Standings standings;
  const auto asked = ToAsk(line);
  for (int i = 0; i < asked.values_size(); ++i) {
    standings.emplace(VouchedAs(asked.values(i), key), answer.standings(i));
  }
  return standings;
}

// Whether the line's own words may still be shown.
bool MayShowAsSigned(const v1::ContactLine& line, const ContactPrinting& answer, const Standings& standings,
                     const PrintedLine* before) {
  if (!HasWords(line) || HasGaps(line) || Any(ContactPrinting::STANDING_WITHHELD, answer)) return false;
  // An author may print an address that the contact does not have; what was written from the contact is the contact's.
  if (!line.written_for().empty() && Any(ContactPrinting::STANDING_UNKNOWN, answer)) return false;
  if (before == nullptr) return true;
  return std::all_of(before->vouched_values().begin(), before->vouched_values().end(), [&](const std::string& value) {
    const auto own = standings.find(value);
    return own == standings.end() || own->second == ContactPrinting::STANDING_PUBLIC;
  });
}

v1::ContactUsage::Field FieldOf(Segment::Kind kind) {
  switch (kind) {
    case Segment::KIND_PERSON:
      return v1::ContactUsage::FIELD_NAME;
    case Segment::KIND_ROLE:
      return v1::ContactUsage::FIELD_ROLE;
    case Segment::KIND_ORGANIZATION:
      return v1::ContactUsage::FIELD_ORGANIZATION;
    case Segment::KIND_EMAIL:
      return v1::ContactUsage::FIELD_EMAIL;
    case Segment::KIND_PHONE:
      return v1::ContactUsage::FIELD_PHONE;
    case Segment::KIND_URL:
      return v1::ContactUsage::FIELD_URL;
    default:
      return v1::ContactUsage::FIELD_UNSPECIFIED;
  }
}

void AddFields(const google::protobuf::RepeatedPtrField<Segment>& segments, PrintedLine::Period& period) {
  std::set<v1::ContactUsage::Field> fields;
  for (const Segment& segment : segments) fields.insert(FieldOf(segment.kind()));
  fields.erase(v1::ContactUsage::FIELD_UNSPECIFIED);
  for (const auto field : fields) period.add_fields(field);
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

// Whether the piece tells the press whom to ask, or where: a role alone does not.
bool TellsWhomToAsk(const Segment& segment) {
  if (segment.value().empty()) return false;
  return IsValue(segment) || segment.kind() == Segment::KIND_PERSON || segment.kind() == Segment::KIND_ORGANIZATION;
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
    if (!IsValue(segment)) continue;
    ask.add_values(segment.kind() == Segment::KIND_EMAIL ? MailAddress(segment.value()) : segment.value());
  }
  return ask;
}

bool IsAnswerTo(const contacts::v1::ContactToPrint& asked, const ContactPrinting& answer) {
  return !answer.periods().empty() && answer.standings_size() == asked.values_size();
}

bool HasWords(const v1::ContactLine& line) {
  return std::any_of(line.segments().begin(), line.segments().end(),
                     [](const Segment& segment) { return !segment.value().empty(); });
}

bool HasGaps(const v1::ContactLine& line) {
  return std::any_of(line.segments().begin(), line.segments().end(),
                     [](const Segment& segment) { return segment.erased(); });
}

std::string VouchedAs(std::string_view value, std::string_view key) {
  return platform::ToHex(platform::HmacSha256(key, absl::StrCat("contact line value:", platform::ToAbsl(value))));
}

PrintedLine PlanLine(const v1::ContactLine& line, const LinePlace& place, const ContactPrinting& answer,
                     const PrintedLine* before) {
  PrintedLine planned;
  planned.set_locale(place.locale);
  planned.set_part_id(line.part_id());
  planned.set_revision(place.revision);
  planned.set_contact(line.contact());
  const Standings standings = StandingsOf(line, answer, place.digest_key);
  // What is not printed any more is remembered: it does not come back as something that nobody has to vouch for.
  std::set<std::string> vouched;
  if (before != nullptr) vouched.insert(before->vouched_values().begin(), before->vouched_values().end());
  for (const auto& [value, standing] : standings) {
    if (standing == ContactPrinting::STANDING_PUBLIC) vouched.insert(value);
  }
  for (const std::string& value : vouched) planned.add_vouched_values(value);
  const bool may_show = MayShowAsSigned(line, answer, standings, before);
  for (const PrintedPeriod& period : answer.periods()) {
    auto& shown = *planned.add_periods();
    if (period.has_start()) *shown.mutable_start() = period.start();
    if (!period.has_printable()) continue;
    shown.set_contact(period.printable().contact());
    shown.set_substitute(period.substitute());
    const bool own_words = line.written_for().empty() || line.written_for() == shown.contact();
    shown.set_as_signed(may_show && own_words && !period.substitute());
    if (!shown.as_signed()) {
      for (Segment& segment : ComposeLine(period.printable())) *shown.add_segments() = std::move(segment);
    }
    AddFields(shown.as_signed() ? line.segments() : shown.segments(), shown);
  }
  *planned.mutable_depends_on() = answer.depends_on();
  return planned;
}

std::optional<std::string> WhyNotPrintable(const v1::ContactLine& line, const ContactPrinting& answer,
                                           absl::Time since) {
  const PrintedPeriod& period = answer.periods(IndexAt(answer.periods(), since));
  if (!period.has_printable()) {
    return absl::StrCat(line.part_id(), ": ", period.reason(),
                        "; refer to another contact, give this one a substitute, or take the reference off the line");
  }
  // Words that are not the author's give way to what may be shown.
  if (period.substitute() || !line.written_for().empty()) return std::nullopt;
  std::vector<int> withheld;
  int value = 0;
  for (int i = 0; i < line.segments_size(); ++i) {
    if (!IsValue(line.segments(i))) continue;
    if (answer.standings(value++) == ContactPrinting::STANDING_WITHHELD) withheld.push_back(i);
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

void CloseGaps(const std::string& locale, v1::ReleaseContent& content) {
  google::protobuf::RepeatedPtrField<v1::ContactLine> shown;
  for (v1::ContactLine& line : *content.mutable_contact_lines()) {
    if (!HasGaps(line)) {
      *shown.Add() = std::move(line);
      continue;
    }
    LineWriter written(locale);
    bool tells = false;
    for (const Segment& segment : line.segments()) {
      // Labels and joints belonged to what is gone.
      if (segment.kind() == Segment::KIND_TEXT || segment.kind() == Segment::KIND_UNSPECIFIED) continue;
      written.Add(segment.kind(), segment.value());
      tells = tells || TellsWhomToAsk(segment);
    }
    if (!tells) continue;
    line.clear_segments();
    for (Segment& segment : written.Take()) *line.add_segments() = std::move(segment);
    *shown.Add() = std::move(line);
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
