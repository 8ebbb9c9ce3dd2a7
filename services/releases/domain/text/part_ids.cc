// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/part_ids.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "services/platform/errors/error.h"

namespace communique::releases {
namespace {

constexpr std::size_t kMaxIdLength = 40;

// One overload set for reading and writing ids, whatever the field is called.
const std::string& IdOf(const v1::Block& part) { return part.block_id(); }
const std::string& IdOf(const v1::EndMark& part) { return part.part_id(); }
const std::string& IdOf(const v1::About& part) { return part.part_id(); }
const std::string& IdOf(const v1::ContactLine& part) { return part.part_id(); }
const std::string& IdOf(const v1::Event& part) { return part.event_id(); }
const std::string& IdOf(const v1::Link& part) { return part.link_id(); }
const std::string& IdOf(const v1::MediaUse& part) { return part.part_id(); }
void SetId(v1::Block& part, std::string id) { part.set_block_id(std::move(id)); }
void SetId(v1::EndMark& part, std::string id) { part.set_part_id(std::move(id)); }
void SetId(v1::About& part, std::string id) { part.set_part_id(std::move(id)); }
void SetId(v1::ContactLine& part, std::string id) { part.set_part_id(std::move(id)); }
void SetId(v1::Event& part, std::string id) { part.set_event_id(std::move(id)); }
void SetId(v1::Link& part, std::string id) { part.set_link_id(std::move(id)); }
void SetId(v1::MediaUse& part, std::string id) { part.set_part_id(std::move(id)); }

template <typename Parts, typename Visit>
void VisitEach(const Parts& parts, const std::string& path, const char* field, char letter, const Visit& visit) {
  int i = 0;
  for (const auto& part : parts) visit(path + "[" + std::to_string(i++) + "]." + field, letter, part);
}

// Calls `visit(path of the id, letter, part)` for every part that carries an id of its own.
template <typename Visit>
void VisitParts(const v1::ReleaseContent& content, const Visit& visit) {
  if (content.has_lead()) visit(std::string("lead.block_id"), 'b', content.lead());
  VisitEach(content.body(), "body", "block_id", 'b', visit);
  VisitEach(content.notes(), "notes", "block_id", 'b', visit);
  VisitEach(content.abouts(), "abouts", "part_id", 'a', visit);
  for (int i = 0; i < content.abouts_size(); ++i) {
    VisitEach(content.abouts(i).blocks(), "abouts[" + std::to_string(i) + "].blocks", "block_id", 'b', visit);
  }
  VisitEach(content.end_marks(), "end_marks", "part_id", 'm', visit);
  VisitEach(content.contact_lines(), "contact_lines", "part_id", 'c', visit);
  VisitEach(content.events(), "events", "event_id", 'e', visit);
  VisitEach(content.links(), "links", "link_id", 'l', visit);
  VisitEach(content.media(), "media", "part_id", 'p', visit);
}

// More parts than any content will ever have had. An id with a greater number is not one of ours, and ours never get
// there: counting on behind it would only run out of numbers.
constexpr std::int64_t kMaxNumber = 1'000'000'000'000'000;

// The number of an id that looks like one of ours; 0 for any other.
std::int64_t NumberOf(std::string_view id) {
  if (id.size() < 2 || std::string_view("bmacelp").find(id[0]) == std::string_view::npos) return 0;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  const bool ours = error == std::errc() && end == id.data() + id.size() && number > 0 && number <= kMaxNumber;
  return ours ? number : 0;
}

bool IsWellFormed(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool IsReserved(std::string_view id) {
  constexpr std::array kReserved = {kReleaseLineId, kHeadlineId,     kSubheadId,
                                    kDatelineId,    kNotesHeadingId, kContactsHeadingId};
  return std::find(kReserved.begin(), kReserved.end(), id) != kReserved.end();
}

}  // namespace

std::string AboutHeadingId(std::string_view about_id) { return std::string(about_id) + "-heading"; }

std::int64_t FillPartIds(v1::ReleaseContent& content, std::int64_t last_number) {
  VisitParts(content, [&](const std::string&, char, const auto& part) {
    last_number = std::max(last_number, NumberOf(IdOf(part)));
  });
  VisitParts(content, [&]<typename Part>(const std::string&, char letter, const Part& part) {
    // The content is the caller's to change; one visitor serves reading and writing.
    if (IdOf(part).empty()) SetId(const_cast<Part&>(part), letter + std::to_string(++last_number));
  });
  return last_number;
}

absl::Status CheckPartIds(const v1::ReleaseContent& content) {
  platform::FieldViolations violations;
  std::set<std::string> seen;
  VisitParts(content, [&](const std::string& path, char letter, const auto& part) {
    const std::string& id = IdOf(part);
    if (id.empty()) return;
    if (!IsWellFormed(id)) {
      violations.Add(path, "\"" + id + "\" is not an id: 1 to 40 of a-z, 0-9 and \"-\", or empty to have one made");
    } else if (IsReserved(id)) {
      violations.Add(path, "\"" + id + "\" is the id of a part that occurs once: choose another, or leave it empty");
    } else if (!seen.insert(id).second) {
      violations.Add(path, "\"" + id + "\" is the id of another part: ids are unique within a content");
    }
    if (letter == 'a' && !seen.insert(AboutHeadingId(id)).second) {
      violations.Add(path, "\"" + AboutHeadingId(id) + "\", the id of its heading, is the id of another part");
    }
  });
  return violations.ToStatus();
}

const v1::Block* FindBlock(const v1::ReleaseContent& content, std::string_view block_id) {
  if (block_id.empty()) return nullptr;
  if (content.has_lead() && content.lead().block_id() == block_id) return &content.lead();
  const auto find = [&](const auto& blocks) -> const v1::Block* {
    for (const v1::Block& block : blocks) {
      if (block.block_id() == block_id) return &block;
    }
    return nullptr;
  };
  if (const v1::Block* block = find(content.body())) return block;
  if (const v1::Block* block = find(content.notes())) return block;
  for (const v1::About& about : content.abouts()) {
    if (const v1::Block* block = find(about.blocks())) return block;
  }
  return nullptr;
}

v1::Block* FindBlock(v1::ReleaseContent& content, std::string_view block_id) {
  return const_cast<v1::Block*>(FindBlock(std::as_const(content), block_id));
}

void RemoveLayoutEntry(v1::ReleaseContent& content, std::string_view part_id) {
  auto* entries = content.mutable_layout()->mutable_entries();
  const auto gone = std::remove_if(entries->begin(), entries->end(),
                                   [&](const v1::LayoutEntry& entry) { return entry.part_id() == part_id; });
  entries->erase(gone, entries->end());
}

}  // namespace communique::releases
