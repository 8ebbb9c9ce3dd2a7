// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_parser.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "services/releases/domain/importing/clause.h"
#include "services/releases/domain/importing/contact_addresses.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

using Kind = v1::ContactSegment;

// What ContactLine.segments and ContactSegment.value may hold.
constexpr int kMaxSegments = 50;
constexpr std::size_t kMaxValue = 500;
// Names are looked for in this much of the release.
constexpr std::size_t kReach = 20'000;
constexpr std::size_t kMaxWordsInOrganization = 14;
// How many mentions of a name are looked at.
constexpr int kMentions = 5;
// How far behind a name its office begins, in bytes.
constexpr std::size_t kReachOfOffice = 80;

bool IsDelimiter(std::string_view text, std::size_t i) {
  const CodePoint point = CodePointAt(text, i);
  switch (point.value) {
    case '\n':
    case ',':
    case ';':
    case ':':
    case '|':
    case '(':
    case ')':
    case '<':
    case '>':
    case 0x060C:
    case 0x061B:
    case 0x2022:
    case 0x00B7:
      return true;
    case '-':
    case '/':
    case 0x2013:
    case 0x2014: {
      const bool space_before = i == 0 || IsWhiteSpace(LastCodePoint(text.substr(0, i)).value);
      const char32_t after = CodePointAt(text, i + point.size).value;
      return space_before && (after == 0 || IsWhiteSpace(after));
    }
    default:
      return false;
  }
}

bool IsLabel(const FoldedTokens& tokens, std::size_t i, const Vocabulary& vocabulary, std::size_t& behind) {
  for (const Cue cue : {Cue::kPhoneLabel, Cue::kEmailLabel, Cue::kWebLabel, Cue::kPurposeLabel}) {
    const auto match = vocabulary.Match(cue, tokens, i);
    if (!match.has_value()) continue;
    behind = i + match->tokens;
    return true;
  }
  return false;
}

// The full stop of "… head of press. Tel.: …": behind a word in small letters that is no abbreviation.
bool IsFullStop(std::string_view text, std::size_t i) {
  if (text[i] != '.' || i + 1 >= text.size() || text[i + 1] != ' ') return false;
  const std::size_t space = text.substr(0, i).find_last_of(" \n,");
  const std::string_view word = text.substr(space == std::string_view::npos ? 0 : space + 1, i - space - 1);
  return CountCodePoints(word) >= 4 && HasCase(word) && !LooksCapital(word);
}

// "08.2026 – 14" of "20.08.2026 – 14:12".
bool IsInsideDate(std::string_view line, std::size_t begin) {
  return begin >= 2 && line[begin - 1] == '.' && line[begin - 2] >= '0' && line[begin - 2] <= '9';
}

class ContactReader {
 public:
  ContactReader(std::string_view text, std::string_view release, const KnownPersons& known,
                const Vocabulary& vocabulary)
      : text_(text), release_(release.substr(0, kReach)), known_(known), vocabulary_(vocabulary) {}

  v1::ContactLine Read() {
    std::size_t from = 0;
    for (const Address& address : FindContactAddresses(text_, vocabulary_)) {
      ReadWords(from, address.begin);
      const auto kind = address.kind == Address::Kind::kEmail ? Kind::KIND_EMAIL
                        : address.kind == Address::Kind::kUrl ? Kind::KIND_URL
                                                              : Kind::KIND_PHONE;
      Put(kind, address.begin, address.end);
      has_person_ = false;
      from = address.end;
    }
    ReadWords(from, text_.size());
    return std::move(line_);
  }

 private:
  void Put(v1::ContactSegment::Kind kind, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const std::string_view value = text_.substr(begin, end - begin);
    const int count = line_.segments_size();
    if (CountCodePoints(value) > kMaxValue) kind = Kind::KIND_TEXT;
    const bool joins = count > 0 && line_.segments(count - 1).kind() == Kind::KIND_TEXT && kind == Kind::KIND_TEXT;
    if (joins || count == kMaxSegments) {
      v1::ContactSegment* last = line_.mutable_segments(count - 1);
      last->mutable_value()->append(value);
      return;
    }
    v1::ContactSegment* segment = line_.add_segments();
    segment->set_kind(kind);
    segment->set_value(std::string(value));
  }

  // What stands between two addresses: pieces parted by delimiters.
  void ReadWords(std::size_t begin, std::size_t end) {
    std::size_t from = begin;
    for (std::size_t i = begin; i < end; i += CodePointAt(text_, i).size) {
      if (!IsDelimiter(text_.substr(0, end), i) && !IsFullStop(text_.substr(0, end), i)) continue;
      ReadPiece(from, i, text_[i]);
      from = i;
      const std::size_t size = CodePointAt(text_, i).size;
      // "A. B. / C. D." are two.
      if (text_[i] == '/') has_person_ = false;
      Put(Kind::KIND_TEXT, i, i + size);
      from = i + size;
    }
    ReadPiece(from, end, '\0');
  }

  void ReadPiece(std::size_t begin, std::size_t end, char delimiter) {
    const std::string_view printed = text_.substr(begin, end - begin);
    const std::string_view piece = TrimWhiteSpace(printed);
    if (piece.empty()) {
      Put(Kind::KIND_TEXT, begin, end);
      return;
    }
    const auto piece_begin = static_cast<std::size_t>(piece.data() - text_.data());
    Put(Kind::KIND_TEXT, begin, piece_begin);
    ReadTrimmed(piece_begin, piece_begin + piece.size(), delimiter);
    Put(Kind::KIND_TEXT, piece_begin + piece.size(), end);
  }

  void ReadTrimmed(std::size_t begin, std::size_t end, char delimiter) {
    const std::string_view piece = text_.substr(begin, end - begin);
    const FoldedTokens tokens = vocabulary_.Tokens(piece);
    if (IsPlain(piece, tokens)) return Put(Kind::KIND_TEXT, begin, end);
    if (piece.starts_with('@')) return Put(Kind::KIND_URL, begin, end);
    if (delimiter == ':' && known_.places.contains(Fold(piece))) return Put(Kind::KIND_TEXT, begin, end);
    // "Follow us on Instagram: @examplerelief".
    if (delimiter == ':' && TrimLeadingWhiteSpace(text_.substr(text_.find(':', end) + 1)).starts_with('@')) {
      return Put(Kind::KIND_TEXT, begin, end);
    }
    const Clause clause(piece, vocabulary_);
    const auto name = FindName(clause, known_.organizations);
    const bool organization = NamesOrganization(piece, tokens);
    const bool whole_name = name.has_value() && name->honorific_first == 0 && name->last == clause.tokens().size();
    const bool titled = whole_name && name->first > name->honorific_first;
    if (titled || (whole_name && IsPerson(piece, delimiter))) {
      has_person_ = true;
      return Put(Kind::KIND_PERSON, begin, end);
    }
    const bool has_role =
        std::any_of(clause.chunks().begin(), clause.chunks().end(), [](const Chunk& chunk) { return chunk.has_role; });
    if (name.has_value() && !whole_name && !organization && IsPerson(clause.Text(name->first, name->last), '\0')) {
      return PutNameInside(clause, *name, has_role, begin, end);
    }
    if (whole_name || organization || (delimiter == ':' && IsTitled(tokens))) {
      return Put(Kind::KIND_ORGANIZATION, begin, end);
    }
    if (has_role) return Put(Kind::KIND_ROLE, begin, end);
    if (IsUncasedName(tokens)) {
      has_person_ = true;
      return Put(Kind::KIND_PERSON, begin, end);
    }
    Put(Kind::KIND_TEXT, begin, end);
  }

  // "Press officer A. B. (mornings)": what is before the name, the name, what is behind it.
  void PutNameInside(const Clause& clause, const FoundName& name, bool has_role, std::size_t begin, std::size_t end) {
    const std::size_t name_begin = begin + clause.tokens()[std::min(name.honorific_first, name.first)].begin;
    const std::size_t name_end = begin + clause.tokens()[name.last - 1].end;
    const std::size_t before = begin + TrimTrailingWhiteSpace(text_.substr(begin, name_begin - begin)).size();
    const bool role_before = has_role && CountWords(text_.substr(begin, before - begin)) <= 6;
    Put(role_before ? Kind::KIND_ROLE : Kind::KIND_TEXT, begin, before);
    Put(Kind::KIND_TEXT, before, name_begin);
    Put(Kind::KIND_PERSON, name_begin, name_end);
    Put(Kind::KIND_TEXT, name_end, end);
    has_person_ = true;
  }

  // Labels, headings, numbers, addresses of houses.
  bool IsPlain(std::string_view piece, const FoldedTokens& tokens) const {
    std::size_t behind = 0;
    if (IsLabel(tokens, 0, vocabulary_, behind) && behind + 1 >= tokens.size()) return true;
    const auto heading = vocabulary_.Match(Cue::kContacts, tokens, 0);
    const bool says_who =
        vocabulary_.Has(Cue::kOrganization, tokens.Folded(0)) || vocabulary_.Has(Cue::kRole, tokens.Folded(0));
    if (heading.has_value() && heading->tokens == tokens.size() && !says_who) return true;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == TokenKind::kNumber) return true;
    }
    return CountWords(piece, kMaxWordsInOrganization + 1) == 0;
  }

  bool NamesOrganization(std::string_view piece, const FoldedTokens& tokens) const {
    if (CountWords(piece, kMaxWordsInOrganization + 1) > kMaxWordsInOrganization) return false;
    if (known_.organizations.contains(Fold(piece))) return true;
    if (tokens.size() == 1 && LooksAcronym(piece)) return true;
    if (!LooksCapital(piece)) return false;
    if (EndsWithOffice(tokens)) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const bool word = tokens.IsWord(i) && vocabulary_.Has(Cue::kOrganization, tokens.Folded(i));
      // "Head of Press" is a role although "press" names an office.
      if (word) return !vocabulary_.Has(Cue::kRole, tokens.Folded(0));
    }
    return false;
  }

  // "Senior Media Officer" is somebody, although "media" names an office; "Office of the Director" is none.
  bool EndsWithOffice(const FoldedTokens& tokens) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens.IsWord(i) && vocabulary_.Has(Cue::kFunctionWord, tokens.Folded(i))) return false;
    }
    return vocabulary_.Has(Cue::kRole, tokens.Folded(tokens.size() - 1));
  }

  bool IsPerson(std::string_view name, char delimiter) const {
    const std::string folded = Fold(name);
    for (const v1::Speaker& speaker : known_.speakers) {
      if (Fold(speaker.display_name()) == folded) return true;
    }
    // "Example Relief: A. B., …" names whose contact it is.
    if (delimiter == ':' && line_.segments_size() == 0) {
      const std::string_view rest = text_.substr(static_cast<std::size_t>(name.data() - text_.data()) + name.size());
      const auto addresses = FindAddresses(rest.substr(0, 400));
      return !addresses.empty() && CountWords(rest.substr(0, addresses.front().begin)) <= 1;
    }
    if (StartsLineWithOffice(name, delimiter)) return true;
    if (has_person_) return false;
    return release_.find(name) == std::string_view::npos || HasOfficeInRelease(name);
  }

  // "A. B., Chief Financial Officer" on a line of its own: another person, although one was named above.
  bool StartsLineWithOffice(std::string_view name, char delimiter) const {
    const auto begin = static_cast<std::size_t>(name.data() - text_.data());
    if (delimiter != ',' || (begin > 0 && text_[begin - 1] != '\n')) return false;
    const FoldedTokens behind = vocabulary_.Tokens(text_.substr(begin + name.size(), 80));
    for (std::size_t i = 1; i < behind.size() && behind.Printed(i) != ","; ++i) {
      if (behind.IsSpace(i) && behind.Printed(i).find('\n') != std::string_view::npos) return false;
      if (behind.IsWord(i) && vocabulary_.Has(Cue::kRole, behind.Folded(i))) return true;
    }
    return false;
  }

  // "said archivist A. B.", "said A. B., head of …": a person although the release speaks of them, as it does of
  // organisations.
  bool HasOfficeInRelease(std::string_view name) const {
    std::size_t at = release_.find(name);
    for (int count = 0; count < kMentions && at != std::string_view::npos; ++count) {
      const std::string_view before = TrimTrailingWhiteSpace(release_.substr(0, at));
      const std::size_t space = before.find_last_of(" \n");
      const std::string word = Fold(space == std::string_view::npos ? before : before.substr(space + 1));
      if (vocabulary_.Has(Cue::kRole, word) || vocabulary_.Has(Cue::kHonorific, word)) return true;
      if (vocabulary_.Has(Cue::kSpeechVerb, word) && HasOfficeBehind(at + name.size())) return true;
      at = release_.find(name, at + name.size());
    }
    return false;
  }

  // Whether an office stands between the comma at `i` in the release and the next one.
  bool HasOfficeBehind(std::size_t i) const {
    const FoldedTokens tokens = vocabulary_.Tokens(release_.substr(i, kReachOfOffice));
    for (std::size_t at = 1; at < tokens.size() && tokens.Printed(0) == "," && tokens.Printed(at) != ","; ++at) {
      if (tokens.IsWord(at) && vocabulary_.Has(Cue::kRole, tokens.Folded(at))) return true;
    }
    return false;
  }

  // A name as such: words in capitals, with small ones between them. "Please register by Friday" is none.
  bool IsTitled(const FoldedTokens& tokens) const {
    if (line_.segments_size() > 0 || tokens.size() == 0 || !tokens.IsWord(0)) return false;
    // "Von:" of a mail.
    if (tokens.size() == 1 && vocabulary_.Has(Cue::kFunctionWord, tokens.Folded(0))) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!tokens.IsWord(i) || LooksCapital(tokens.Printed(i))) continue;
      const bool small = vocabulary_.Has(Cue::kFunctionWord, tokens.Folded(i)) ||
                         vocabulary_.Has(Cue::kNameParticle, tokens.Folded(i));
      if (i == 0 || !small) return false;
    }
    return CountWords(tokens.text()) <= kMaxWordsInOrganization;
  }

  bool IsUncasedName(const FoldedTokens& tokens) const {
    if (has_person_ || tokens.size() == 0 || !tokens.IsWord(0) || HasCase(tokens.Printed(0))) return false;
    std::size_t words = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens.IsSpace(i)) continue;
      if (!tokens.IsWord(i) || vocabulary_.Has(Cue::kFunctionWord, tokens.Folded(i))) return false;
      ++words;
    }
    return words >= 2 && words <= 4 && release_.find(tokens.text()) == std::string_view::npos;
  }

  std::string_view text_;
  std::string_view release_;
  const KnownPersons& known_;
  const Vocabulary& vocabulary_;
  v1::ContactLine line_;
  // Whether a person was named since the last address.
  bool has_person_ = false;
};

}  // namespace

v1::ContactLine ParseContact(std::string_view text, std::string_view release, const KnownPersons& known,
                             const Vocabulary& vocabulary) {
  return ContactReader(text, release, known, vocabulary).Read();
}

bool ContinuesContact(std::string_view line, const Vocabulary& vocabulary) {
  // One word to the tokenizer, which knows "Migrant:innen".
  if (line.starts_with("mailto:")) return true;
  const std::string_view head = FirstCodePoints(line, 60);
  const FoldedTokens tokens = vocabulary.Tokens(head);
  std::size_t behind = 0;
  if (IsLabel(tokens, 0, vocabulary, behind)) {
    // A label is followed by its address; "Mobile clinics …" is a sentence.
    while (behind < tokens.size() && (tokens.IsSpace(behind) || tokens[behind].kind == TokenKind::kMark)) ++behind;
    if (behind == tokens.size()) return true;
    const auto addresses = FindAddresses(line.substr(0, 400));
    const bool digits = tokens[behind].kind == TokenKind::kNumber;
    return digits || (!addresses.empty() && addresses.front().begin <= tokens[behind].end);
  }
  const auto addresses = FindAddresses(line.substr(0, 400));
  return !addresses.empty() && addresses.front().begin <= 1;
}

bool HasContactData(std::string_view line, const Vocabulary& vocabulary) {
  const auto addresses = FindAddresses(line.substr(0, 2000));
  const bool reachable = std::any_of(addresses.begin(), addresses.end(), [&](const Address& address) {
    return address.kind == Address::Kind::kEmail ||
           (address.kind == Address::Kind::kPhone && !IsInsideDate(line, address.begin));
  });
  return reachable || ContinuesContact(line, vocabulary);
}

}  // namespace communique::releases
