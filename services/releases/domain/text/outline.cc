// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/outline.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

#include "services/releases/domain/text/part_ids.h"
#include "services/releases/domain/text/usual_order.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// Parts that keep the content's order among themselves, whatever the layout says. 0: none.
int SeriesOf(PartKind kind) {
  switch (kind) {
    case PartKind::kBody:
      return 1;
    case PartKind::kEvent:
      return 2;
    case PartKind::kLink:
      return 3;
    case PartKind::kEndMark:
      return 4;
    case PartKind::kNote:
      return 5;
    case PartKind::kAboutHeading:
    case PartKind::kAbout:
      return 6;
    case PartKind::kContactLine:
      return 7;
    default:
      return 0;
  }
}
constexpr std::size_t kSeries = 8;

// Which entry of the layout lists a part, first come first served.
class Listing {
 public:
  explicit Listing(const v1::Layout& layout) : layout_(layout) {
    for (int i = 0; i < layout.entries_size(); ++i) entries_.emplace(layout.entries(i).part_id(), i);
  }

  std::optional<int> Find(const Part& part) const {
    const auto found = part.id.empty() ? entries_.end() : entries_.find(part.id);
    return found == entries_.end() ? std::nullopt : std::optional<int>(found->second);
  }

  const v1::LayoutEntry& entry(int i) const { return layout_.entries(i); }

 private:
  const v1::Layout& layout_;
  std::unordered_map<std::string, int> entries_;
};

// Standing headings give way where the layout shows that their parts were printed without one.
void DropUnprintedHeadings(const v1::ReleaseContent& content, const Listing& listing, std::vector<Part>& parts) {
  const auto drop = [&](PartKind heading, PartKind below) {
    const auto listed_below = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
      return part.kind == below && listing.Find(part).has_value();
    });
    if (!listed_below) return;
    std::erase_if(parts, [&](const Part& part) { return part.kind == heading && !listing.Find(part).has_value(); });
  };
  if (content.notes_heading().empty()) drop(PartKind::kNotesHeading, PartKind::kNote);
  if (content.contacts_heading().empty()) drop(PartKind::kContactsHeading, PartKind::kContactLine);
}

// The listed parts in the layout's order, the places of each series filled in the content's order.
std::vector<Index> ListedParts(const std::vector<Part>& parts, const Listing& listing) {
  std::vector<std::pair<int, Index>> listed;
  for (Index i = 0; i < parts.size(); ++i) {
    if (const auto entry = listing.Find(parts[i])) listed.emplace_back(*entry, i);
  }
  std::array<std::vector<Index>, kSeries> series;
  for (const auto& [entry, i] : listed) series.at(static_cast<std::size_t>(SeriesOf(parts[i].kind))).push_back(i);
  std::sort(listed.begin(), listed.end());
  std::array<std::size_t, kSeries> next{};
  std::vector<Index> order;
  order.reserve(parts.size());
  for (const auto& [entry, i] : listed) {
    const auto number = static_cast<std::size_t>(SeriesOf(parts[i].kind));
    order.push_back(number == 0 ? i : series.at(number).at(next.at(number)++));
  }
  return order;
}

bool IsHeadingOver(PartKind heading, PartKind below) {
  return (heading == PartKind::kNotesHeading && below == PartKind::kNote) ||
         (heading == PartKind::kContactsHeading && below == PartKind::kContactLine) ||
         (heading == PartKind::kAboutHeading && below == PartKind::kAbout);
}

// All parts in the order printed.
std::vector<Index> PrintedOrder(const std::vector<Part>& parts, const Listing& listing) {
  const std::vector<Index> listed = ListedParts(parts, listing);
  std::list<Index> order(listed.begin(), listed.end());
  std::vector<std::list<Index>::iterator> places(parts.size(), order.end());
  for (auto place = order.begin(); place != order.end(); ++place) places[*place] = place;
  for (Index i = 0; i < parts.size(); ++i) {
    if (places[i] != order.end()) continue;
    const bool over_listed =
        i + 1 < parts.size() && IsHeadingOver(parts[i].kind, parts[i + 1].kind) && places[i + 1] != order.end();
    if (over_listed) {
      places[i] = order.insert(places[i + 1], i);
    } else {
      places[i] = order.insert(i == 0 ? order.begin() : std::next(places[i - 1]), i);
    }
  }
  return {order.begin(), order.end()};
}

}  // namespace

std::vector<Part> MakeOutline(const v1::ReleaseContent& content, const v1::EditionLabels& labels) {
  const Listing listing(content.layout());
  std::vector<Part> parts = PartsInUsualOrder(content, labels);
  DropUnprintedHeadings(content, listing, parts);
  std::vector<Part> outline;
  outline.reserve(parts.size());
  for (const Index i : PrintedOrder(parts, listing)) {
    Part& part = outline.emplace_back(std::move(parts[i]));
    if (outline.size() == 1) continue;
    const Part& before = outline[outline.size() - 2];
    const std::optional<int> entry = listing.Find(part);
    if (entry.has_value()) {
      const std::string& gap = listing.entry(*entry).gap();
      const bool breaks_line = gap.find('\n') != std::string::npos;
      if (breaks_line || (*entry > 0 && listing.entry(*entry - 1).part_id() == before.id)) {
        part.gap = gap;
        continue;
      }
    }
    part.gap = UsualGap(before, part, content);
  }
  return outline;
}

}  // namespace communique::releases
