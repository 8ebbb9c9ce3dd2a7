// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/advisory_events.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/text/dates.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// Values of kAdvisory.
enum Question : std::size_t { kWhat, kWho, kWhen, kWhere, kQuestions };

// What Event.title, Event.place and Event.details may hold.
constexpr std::size_t kMaxTitle = 300;
constexpr std::size_t kMaxDetails = 2000;

std::string OneLine(std::string_view text, std::size_t max) {
  std::string line;
  text = TrimWhiteSpace(text);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = CodePointAt(text, at);
    if (IsWhiteSpace(point.value)) {
      line += ' ';
    } else {
      line += text.substr(at, point.size);
    }
    at += point.size;
  }
  return std::string(FirstCodePoints(line, max));
}

}  // namespace

void ReadAdvisoryEvent(ReleaseReading& reading) {
  std::array<std::string_view, kQuestions> answers{};
  for (std::size_t i = reading.extent.first; i < reading.extent.last; ++i) {
    const std::string_view text = reading.Text(i);
    if (reading.facts[i].words > 80) continue;
    const auto heading = MatchHeading(text, Cue::kAdvisory, reading.vocabulary);
    if (!heading.has_value()) continue;
    const FoldedTokens tokens = reading.vocabulary.Tokens(text.substr(0, heading->size));
    const auto question = static_cast<std::size_t>(reading.vocabulary.Match(Cue::kAdvisory, tokens, 0)->value);
    const bool below = heading->rest == text.size();
    if (below && i + 1 >= reading.extent.last) continue;
    if (answers.at(question).empty()) answers.at(question) = below ? reading.Text(i + 1) : text.substr(heading->rest);
  }
  if (answers[kWhen].empty() || (answers[kWhere].empty() && answers[kWhat].empty())) return;
  v1::ReleaseContent& content = reading.builder.content();
  const std::string title =
      OneLine(answers[kWhat].empty() ? std::string_view(content.headline()) : answers[kWhat], kMaxTitle);
  if (title.empty()) return;
  if (content.kind() == v1::RELEASE_KIND_PRESS_RELEASE) content.set_kind(v1::RELEASE_KIND_MEDIA_ADVISORY);
  v1::Event& event = *content.add_events();
  event.set_in_text(true);
  event.set_title(title);
  event.set_place(OneLine(answers[kWhere], kMaxTitle));
  event.set_details(OneLine(answers[kWhen], kMaxDetails));
  const std::vector<FoundDate> dates = FindDates(answers[kWhen], reading.language);
  if (!dates.empty()) *event.mutable_start_date() = dates.front().date;
  if (dates.size() > 1) *event.mutable_end_date() = dates.back().date;
}

}  // namespace communique::releases
