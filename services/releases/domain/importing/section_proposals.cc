// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/section_proposals.h"

#include <map>
#include <set>
#include <string>

#include "services/releases/domain/importing/marks.h"
#include "services/releases/domain/text/slug.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// What SectionText.title and SectionText.text may hold, and no page has more entries.
constexpr std::size_t kMaxTitle = 200;
constexpr std::size_t kMaxText = 10'000;
constexpr std::size_t kMaxSections = 100;
constexpr std::size_t kMaxId = 60;

class Proposals {
 public:
  Proposals(std::string_view language, std::string_view newsroom) : language_(language), newsroom_(newsroom) {}

  void AddTop(std::string_view title, std::string_view text) {
    parent_.clear();
    parent_ = Add(title, text);
  }

  void AddBelow(std::string_view title) { Add(title, {}); }

  std::vector<v1::Section> Take() { return std::move(sections_); }

 private:
  // Returns the name of the section.
  std::string Add(std::string_view title, std::string_view text) {
    if (CountCodePoints(title) > kMaxTitle || sections_.size() == kMaxSections) return {};
    const std::string key = parent_ + "\n" + std::string(title);
    const auto [known, added] = names_.emplace(key, std::string());
    if (!added) return known->second;
    v1::Section& section = sections_.emplace_back();
    section.set_name(newsroom_ + "/sections/" + MakeId(title));
    section.set_parent_section(parent_);
    section.set_position(++positions_[parent_]);
    v1::SectionText* texts = section.add_texts();
    texts->set_locale(language_);
    texts->set_title(std::string(title));
    if (CountCodePoints(text) <= kMaxText) texts->set_text(std::string(text));
    known->second = section.name();
    return section.name();
  }

  std::string MakeId(std::string_view title) {
    std::string id = MakeSlug(title, language_, kMaxId - 12);
    // Ids begin with a letter.
    if (id.empty() || id[0] < 'a') id = id.empty() ? "section" : "section-" + id;
    std::string unique = id;
    for (int i = 2; !ids_.insert(unique).second; ++i) unique = id + "-" + std::to_string(i);
    return unique;
  }

  std::string language_;
  std::string newsroom_;
  std::string parent_;
  std::vector<v1::Section> sections_;
  std::map<std::string, std::string> names_;
  std::map<std::string, int> positions_;
  std::set<std::string> ids_;
};

}  // namespace

std::vector<v1::Section> ProposeSections(const SourceText& source, const std::vector<Unit>& units,
                                         const std::vector<UnitFacts>& facts, std::size_t end,
                                         std::string_view language, std::string_view newsroom) {
  Proposals proposals(language, newsroom);
  const auto text_of = [&](std::size_t i) { return units[i].In(source.text()); };
  bool bulleted = false;
  for (std::size_t i = 0; i < end; ++i) {
    const std::string_view text = text_of(i);
    const std::string_view next = i + 1 < end ? text_of(i + 1) : std::string_view();
    if (facts[i].lone_bullet) {
      bulleted = true;
    } else if (facts[i].list_item) {
      proposals.AddTop(TrimWhiteSpace(text.substr(ListMarkerSize(text))), {});
    } else if (facts[i].glued && next.size() > text.size() && next.starts_with(text)) {
      proposals.AddTop(text, TrimWhiteSpace(next.substr(text.size())));
      ++i;
      bulleted = false;
    } else if (facts[i].doubled && next == text) {
      proposals.AddBelow(text);
      ++i;
    } else if (bulleted && facts[i].title_like) {
      proposals.AddTop(text, {});
      bulleted = false;
    }
  }
  return proposals.Take();
}

}  // namespace communique::releases
