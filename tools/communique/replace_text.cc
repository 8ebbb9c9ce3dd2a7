// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/replace_text.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/text.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

using platform::ToAbsl;
using releases::v1::Markup;

constexpr std::size_t kContextBytes = 24;  // shown on either side of a place

// A stretch of a passage's text, in bytes.
struct Stretch {
  std::size_t begin;
  std::size_t end;
};

struct Place {
  const Passage* passage;
  std::size_t at;
};

bool IsBoundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80U;
}

std::vector<Place> FindAll(const std::vector<Passage>& passages, std::string_view text) {
  std::vector<Place> places;
  for (const auto& passage : passages) {
    const std::string whole = passage.Text();
    for (auto at = whole.find(text); at != std::string::npos; at = whole.find(text, at + 1)) {
      places.push_back({&passage, at});
    }
  }
  return places;
}

std::string Describe(const Place& place, std::size_t size) {
  const std::string text = place.passage->Text();
  std::size_t begin = place.at > kContextBytes ? place.at - kContextBytes : 0;
  std::size_t end = std::min(text.size(), place.at + size + kContextBytes);
  while (!IsBoundary(text, begin)) --begin;
  while (!IsBoundary(text, end)) ++end;
  return absl::StrCat("  ", place.passage->part_id, ": ", begin > 0 ? "…" : "", text.substr(begin, end - begin),
                      end < text.size() ? "…" : "");
}

std::string DescribeAll(const std::vector<Place>& places, std::size_t size) {
  constexpr std::size_t kShown = 10;
  const std::size_t shown = std::min(places.size(), kShown);
  std::string list = absl::StrJoin(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(shown), "\n",
                                   [size](std::string* out, const Place& place) { *out += Describe(place, size); });
  if (places.size() > shown) absl::StrAppend(&list, "\n  and ", places.size() - shown, " more");
  return list;
}

// The part of the stretch that differs, and what stands there afterwards: what both texts begin and end with is left
// alone, in whole characters.
Stretch TrimToChange(std::string_view text, std::string_view& replacement) {
  const std::size_t shorter = std::min(text.size(), replacement.size());
  std::size_t prefix = 0;
  while (prefix < shorter && text[prefix] == replacement[prefix]) ++prefix;
  while (prefix > 0 && (!IsBoundary(text, prefix) || !IsBoundary(replacement, prefix))) --prefix;
  std::size_t suffix = 0;
  while (suffix < shorter - prefix && text[text.size() - 1 - suffix] == replacement[replacement.size() - 1 - suffix]) {
    ++suffix;
  }
  while (suffix > 0 &&
         (!IsBoundary(text, text.size() - suffix) || !IsBoundary(replacement, replacement.size() - suffix))) {
    --suffix;
  }
  replacement = replacement.substr(prefix, replacement.size() - prefix - suffix);
  return {prefix, text.size() - suffix};
}

// The piece that holds the whole stretch, which is then counted from the piece's beginning.
const Piece* PieceAround(const Passage& passage, Stretch& stretch) {
  std::size_t begin = 0;
  for (const auto& piece : passage.pieces) {
    const std::size_t end = begin + piece.text->size();
    if (stretch.begin >= begin && stretch.end <= end && !piece.text->empty()) {
      stretch = {stretch.begin - begin, stretch.end - begin};
      return &piece;
    }
    begin = end;
  }
  return nullptr;
}

// Where a boundary of markup stands after the change; none when it stood within what is replaced.
std::optional<std::int32_t> Moved(std::int32_t at, std::int32_t begin, std::int32_t end, std::int32_t growth) {
  if (at <= begin) return at;
  if (at >= end) return at + growth;
  return std::nullopt;
}

absl::Status MoveMarkup(const Piece& piece, const Stretch& stretch, std::string_view replacement) {
  if (piece.markup == nullptr) return absl::OkStatus();
  const std::string_view text = *piece.text;
  const auto begin = static_cast<std::int32_t>(platform::CountCharacters(text.substr(0, stretch.begin)));
  const auto length =
      static_cast<std::int32_t>(platform::CountCharacters(text.substr(stretch.begin, stretch.end - stretch.begin)));
  const auto growth = static_cast<std::int32_t>(platform::CountCharacters(replacement)) - length;
  auto moved = *piece.markup;
  for (auto& markup : moved) {
    const auto start = Moved(markup.start(), begin, begin + length, growth);
    const auto end = Moved(markup.end(), begin, begin + length, growth);
    if (!start || !end || *start >= *end) {
      return LocalError(absl::StrCat("the text runs over the edge of ",
                                     markup.kind() == Markup::KIND_LINK ? "a link to " + markup.uri() : "an emphasis",
                                     "; replace less of it, or edit the block"));
    }
    markup.set_start(*start);
    markup.set_end(*end);
  }
  *piece.markup = std::move(moved);
  return absl::OkStatus();
}

absl::StatusOr<Place> FindOnce(const std::vector<Passage>& passages, std::string_view text) {
  if (text.empty()) return UsageError("the text to replace is empty");
  const std::vector<Place> places = FindAll(passages, text);
  if (places.empty()) {
    return LocalError(absl::StrCat("\"", ToAbsl(text),
                                   "\" is nowhere in the content. Case, spaces and quotation marks must be as printed, "
                                   "and it must lie within one part"));
  }
  if (places.size() > 1) {
    return LocalError(absl::StrCat("\"", ToAbsl(text), "\" is in ", places.size(),
                                   " places; give more of the words around the one you mean:\n",
                                   DescribeAll(places, text.size())));
  }
  if (const Passage& passage = *places.front().passage; !passage.boilerplate.empty()) {
    return LocalError(absl::StrCat("\"", ToAbsl(text), "\" is in the standing text ", passage.boilerplate,
                                   ", which many releases share: change it there"));
  }
  return places.front();
}

}  // namespace

absl::StatusOr<Replacement> ReplaceText(releases::v1::ReleaseContent& content, std::string_view text,
                                        std::string_view replacement) {
  const std::vector<Passage> passages = PassagesOf(content);
  const auto place = FindOnce(passages, text);
  if (!place.ok()) return place.status();
  if (text == replacement) return LocalError("the two texts are the same: there is nothing to replace");

  Stretch stretch{place->at, place->at + text.size()};
  std::string_view inserted = replacement;
  const Piece* piece = PieceAround(*place->passage, stretch);
  if (piece == nullptr) {
    const Stretch change = TrimToChange(text, inserted);
    stretch = {place->at + change.begin, place->at + change.end};
    piece = PieceAround(*place->passage, stretch);
  }
  if (piece == nullptr) {
    const std::string fields =
        absl::StrJoin(place->passage->pieces, " | ", [](std::string* out, const Piece& each) { *out += *each.text; });
    return LocalError(absl::StrCat("the change runs over several fields of ", place->passage->part_id,
                                   "; replace within one at a time:\n  ", fields));
  }
  if (const auto status = MoveMarkup(*piece, stretch, inserted); !status.ok()) return status;

  Replacement done;
  done.before = place->passage->Text();
  piece->text->replace(stretch.begin, stretch.end - stretch.begin, inserted);
  done.passage = *place->passage;
  done.after = done.passage.Text();
  for (auto* echo : done.passage.echoes) {
    if (echo->find(text) == std::string::npos) continue;
    done.echoes.push_back(*echo);
    *echo = absl::StrReplaceAll(*echo, {{ToAbsl(text), ToAbsl(replacement)}});
  }
  return done;
}

}  // namespace communique::command
