// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/speaker_parser.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/importing/sentences.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kMaxRoles = 10;
constexpr std::size_t kWordsOfOffice = 10;
// A text that names more is no press release; looking each one up must stay cheap.
constexpr std::size_t kMaxPersons = 200;
// How far back somebody is looked for, and how long their introduction is, in bytes.
constexpr std::size_t kReachOfIntroduction = 8'000;
constexpr std::size_t kLongestIntroduction = 200;

// Line breaks of a wrapped paragraph do not belong into a name or an office.
std::string OneLine(std::string_view text) {
  std::string line(TrimWhiteSpace(text));
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::erase(line, '\r');
  return line;
}

std::string_view LastWord(std::string_view name) {
  const std::size_t space = name.find_last_of(" \n");
  return space == std::string_view::npos ? name : name.substr(space + 1);
}

// Takes the offices of one speaker out of the chunks around the name.
class RoleReader {
 public:
  RoleReader(const Clause& clause, const FoundName& name, const KnownOrganizations& organizations, v1::Speaker& speaker)
      : clause_(clause), tokens_(clause.tokens()), name_(name), organizations_(organizations), speaker_(speaker) {}

  void Read() {
    const auto& chunks = clause_.chunks();
    std::size_t first_before = name_.chunk;
    // "Chair of the council, head of the office, Dr. A. B."
    while (first_before > 0 && Adjoins(chunks[first_before]) && chunks[first_before - 1].has_role) --first_before;
    for (std::size_t i = first_before; i < name_.chunk; ++i) Add(chunks[i].first, chunks[i].last);
    Add(chunks[name_.chunk].first, std::min(name_.honorific_first, name_.first));
    for (std::size_t i = name_.chunk + 1; i < chunks.size() && Adjoins(chunks[i]) && chunks[i].has_role; ++i) {
      Add(chunks[i].first, chunks[i].last);
    }
    if (speaker_.roles_size() == 0) AddByPlace();
  }

 private:
  // Words that no list knows, where an office or a house would stand: "the beekeeper from Kent, A. B., said", "A. B.,
  // of the Bee Institute, said".
  void AddByPlace() {
    const auto& chunks = clause_.chunks();
    const Chunk& named = chunks[name_.chunk];
    const bool whole = std::min(name_.honorific_first, name_.first) == named.first && name_.last == named.last;
    if (name_.chunk > 0 && whole && Adjoins(named)) {
      const Chunk& before = chunks[name_.chunk - 1];
      const std::size_t office = BehindArticle(before);
      if (office > before.first && CountWords(clause_.Text(office, before.last)) <= kWordsOfOffice) {
        return AddOne(office, before.last);
      }
    }
    if (name_.chunk + 1 < chunks.size() && Adjoins(chunks[name_.chunk + 1]) && name_.last == named.last) {
      AddHouse(chunks[name_.chunk + 1]);
    }
  }

  // Behind the article that a chunk begins with, and "'" of an elided one; the chunk's first token without one.
  std::size_t BehindArticle(const Chunk& chunk) const {
    const auto article = clause_.vocabulary().Match(Cue::kArticleBeforeOffice, tokens_, chunk.first);
    if (!article.has_value()) return chunk.first;
    std::size_t i = chunk.first + article->tokens;
    while (i < chunk.last && !tokens_.IsWord(i)) ++i;
    return i < chunk.last ? i : chunk.first;
  }

  // "of the Bee Institute": an organisation, and no office.
  void AddHouse(const Chunk& chunk) {
    const auto joint = clause_.vocabulary().Match(Cue::kOfficeJoint, tokens_, chunk.first);
    if (!joint.has_value()) return;
    std::size_t first = chunk.first + joint->tokens;
    while (first < chunk.last && !tokens_.IsWord(first)) ++first;
    bool named = organizations_.contains(Fold(clause_.Text(first, chunk.last)));
    for (std::size_t i = first; i < chunk.last; ++i) named = named || clause_.Is(Cue::kOrganization, i);
    const std::string house = OneLine(clause_.Text(first, chunk.last));
    if (named && CountWords(house) <= kWordsOfOffice) speaker_.add_roles()->set_organization(house);
  }

  static bool Adjoins(const Chunk& chunk) { return chunk.joint == Joint::kComma || chunk.joint == Joint::kBracket; }

  // The office in tokens [first, last), if one is named near its beginning.
  void Add(std::size_t first, std::size_t last) {
    std::size_t role = last;
    for (std::size_t i = last; i > first; --i) {
      if (clause_.Is(Cue::kRole, i - 1)) role = i - 1;
    }
    if (role == last) return;
    // Without the words of a language, the verb of saying may stand before the office.
    std::size_t begin = clause_.vocabulary().of_all_languages() ? role : first;
    std::size_t words = 0;
    for (std::size_t i = role; i > begin; --i) {
      if (!tokens_.IsWord(i - 1)) continue;
      if (clause_.Is(Cue::kFunctionWord, i - 1) || ++words > 4) {
        begin = i;
        break;
      }
    }
    while (begin < last && !tokens_.IsWord(begin)) ++begin;
    AddParted(begin, last);
  }

  // "Director of X and chair of Y" are two offices; "minister of health and sport" is one.
  void AddParted(std::size_t first, std::size_t last) {
    for (std::size_t i = first + 1; i + 1 < last; ++i) {
      const bool conjunction = clause_.Is(Cue::kConjunction, i) && tokens_.IsSpace(i - 1) && tokens_.IsSpace(i + 1);
      if (!conjunction || !BeginsOffice(i + 2, last)) continue;
      AddOne(first, i);
      AddParted(i + 2, last);
      return;
    }
    AddOne(first, last);
  }

  bool BeginsOffice(std::size_t i, std::size_t last) const {
    for (std::size_t words = 0; i < last && words < 3; ++i) {
      if (!tokens_.IsWord(i)) continue;
      if (clause_.Is(Cue::kRole, i)) return true;
      ++words;
    }
    return false;
  }

  void AddOne(std::size_t first, std::size_t last) {
    const std::string office = OneLine(clause_.Text(first, last));
    if (office.empty() || static_cast<std::size_t>(speaker_.roles_size()) == kMaxRoles) return;
    *speaker_.add_roles() = ParseOffice(office, organizations_, clause_.vocabulary());
  }

  const Clause& clause_;
  const FoldedTokens& tokens_;
  const FoundName& name_;
  const KnownOrganizations& organizations_;
  v1::Speaker& speaker_;
};

bool LooksLikeOrganization(std::string_view text, const KnownOrganizations& organizations) {
  const std::string folded = Fold(text);
  if (organizations.contains(folded)) return true;
  return text.find(' ') == std::string_view::npos && LooksAcronym(text) && !text.ends_with("-");
}

// The person whose surname is the only word of `name`.
const v1::Speaker* FindBySurname(std::string_view name, const KnownPersons& known) {
  const std::string folded = Fold(name);
  const v1::Speaker* found = nullptr;
  for (const v1::Speaker& speaker : known.speakers) {
    if (Fold(LastWord(speaker.display_name())) != folded) continue;
    if (found != nullptr) return nullptr;
    found = &speaker;
  }
  return found;
}

// Where `name` stands as whole words last before the end of `text`.
std::size_t FindLastWord(std::string_view text, std::string_view name) {
  std::size_t at = text.rfind(name);
  while (at != std::string_view::npos && at > 0) {
    const char32_t behind = CodePointAt(text, at + name.size()).value;
    const bool ends =
        behind == 0 || behind == ',' || behind == '.' || behind == ';' || behind == ')' || IsWhiteSpace(behind);
    if (ends && text[at - 1] == ' ') return at;
    at = text.rfind(name, at - 1);
  }
  return std::string_view::npos;
}

// "said Vogt" of "Mayor Lena Vogt opened …": somebody the text has named without quoting them.
std::optional<v1::Speaker> FindIntroduced(std::string_view surname, const KnownPersons& known,
                                          const Vocabulary& vocabulary) {
  const std::string_view text =
      known.text_before.substr(known.text_before.size() - std::min(known.text_before.size(), kReachOfIntroduction));
  const std::size_t at = FindLastWord(text, surname);
  if (at == std::string_view::npos) return std::nullopt;
  std::size_t begin = at - std::min(at, kLongestIntroduction);
  // Not into the middle of a code point.
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::string_view sentence = LastSentence(text.substr(begin, at + surname.size() - begin), vocabulary);
  const FoldedTokens tokens = vocabulary.Tokens(sentence);
  const auto word = [&](std::size_t back) { return tokens.size() > back ? tokens.size() - 1 - back : 0; };
  // "… Mayor Lena Vogt": the last token is the surname, before it first name and office with spaces between.
  const std::size_t given = word(2);
  if (given == 0 && tokens.size() != 3) return std::nullopt;
  const bool named = tokens.IsWord(given) && tokens.IsSpace(given + 1) && LooksCapital(tokens.Printed(given)) &&
                     HasCase(tokens.Printed(given)) && !LooksAcronym(tokens.Printed(given)) &&
                     !vocabulary.Has(Cue::kRole, tokens.Folded(given)) &&
                     !vocabulary.Has(Cue::kFunctionWord, tokens.Folded(given)) &&
                     !vocabulary.Has(Cue::kHonorific, tokens.Folded(given)) &&
                     !vocabulary.Has(Cue::kOrganization, tokens.Folded(given));
  if (!named) return std::nullopt;
  v1::Speaker speaker;
  speaker.set_display_name(OneLine(sentence.substr(tokens[given].begin)));
  if (given >= 2 && tokens.IsSpace(given - 1) && vocabulary.Has(Cue::kRole, tokens.Folded(given - 2))) {
    *speaker.add_roles() = ParseOffice(tokens.Printed(given - 2), known.organizations, vocabulary);
  }
  return speaker;
}

// The only capital word of the stretch beside the verb, where it may be a surname.
std::string_view LoneSurname(const Clause& clause, const KnownPersons& known) {
  const auto& tokens = clause.tokens();
  if (!clause.has_verb()) return {};
  for (const Chunk& chunk : clause.chunks()) {
    if (chunk.last != chunk.first + 1 || !tokens.IsWord(chunk.first)) continue;
    const std::string_view word = tokens.Printed(chunk.first);
    const bool name = LooksCapital(word) && HasCase(word) && !LooksAcronym(word) && word.size() > 2 &&
                      !clause.Is(Cue::kRole, chunk.first) && !clause.Is(Cue::kFunctionWord, chunk.first) &&
                      !clause.Is(Cue::kPronoun, chunk.first) && !known.organizations.contains(Fold(word));
    if (name) return word;
  }
  return {};
}

// A surname alone, or a pronoun beside the verb: somebody named before.
const v1::Speaker* FindReference(const Clause& clause, const KnownPersons& known) {
  const auto& tokens = clause.tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens.IsWord(i) || !LooksCapital(tokens.Printed(i))) continue;
    if (const v1::Speaker* speaker = FindBySurname(tokens.Printed(i), known)) return speaker;
  }
  if (known.last < 0) return nullptr;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (clause.Is(Cue::kPronoun, i)) return &known.speakers[static_cast<std::size_t>(known.last)];
  }
  // "a-t-elle déclaré": the pronoun is inside the verb; Arabic and Hebrew verbs hold it themselves.
  if (!clause.has_verb()) return nullptr;
  const bool bare = std::all_of(clause.chunks().begin(), clause.chunks().end(),
                                [&](const Chunk& chunk) { return chunk.last - chunk.first <= 1; });
  return bare ? &known.speakers[static_cast<std::size_t>(known.last)] : nullptr;
}

}  // namespace

void KnownPersons::Remember(const v1::Speaker& speaker) {
  if (speaker.display_name().empty()) return;
  const auto same = std::find_if(speakers.begin(), speakers.end(), [&](const v1::Speaker& other) {
    return other.display_name() == speaker.display_name();
  });
  if (same == speakers.end() && speakers.size() == kMaxPersons) return;
  last = static_cast<int>(same - speakers.begin());
  if (same == speakers.end()) speakers.push_back(speaker);
}

v1::SpeakerRole ParseOffice(std::string_view office, const KnownOrganizations& organizations,
                            const Vocabulary& vocabulary) {
  v1::SpeakerRole role;
  const FoldedTokens tokens = vocabulary.Tokens(office);
  const auto rest = [&](std::size_t i) { return i < tokens.size() ? office.substr(tokens[i].begin) : ""; };
  // "IGH Director General".
  if (tokens.size() > 2 && tokens.IsSpace(1) && LooksLikeOrganization(tokens.Printed(0), organizations) &&
      !vocabulary.Has(Cue::kRole, tokens.Folded(0))) {
    role.set_title(std::string(rest(2)));
    role.set_organization(std::string(tokens.Printed(0)));
    return role;
  }
  // "Director General of the IGH". Longer joints are matched first.
  for (std::size_t i = 2; i + 2 < tokens.size(); ++i) {
    if (!tokens.IsSpace(i - 1)) continue;
    const auto joint = vocabulary.Match(Cue::kOfficeJoint, tokens, i);
    if (!joint.has_value()) continue;
    std::size_t behind = i + joint->tokens;
    if (tokens.IsSpace(behind)) ++behind;
    if (!LooksLikeOrganization(rest(behind), organizations)) continue;
    role.set_title(std::string(office.substr(0, tokens[i - 1].begin)));
    role.set_organization(std::string(rest(behind)));
    return role;
  }
  role.set_title(std::string(office));
  return role;
}

ParsedAttribution ParseAttribution(std::string_view text, const KnownPersons& known, const Vocabulary& vocabulary) {
  const Clause clause(text, vocabulary);
  ParsedAttribution result;
  result.has_verb = clause.has_verb();
  const auto name = FindName(clause, known.organizations);
  if (!name.has_value()) {
    if (const std::string_view surname = LoneSurname(clause, known);
        !surname.empty() && FindBySurname(surname, known) == nullptr) {
      if (const auto introduced = FindIntroduced(surname, known, vocabulary)) {
        result.speaker = *introduced;
        return result;
      }
    }
    if (const v1::Speaker* reference = FindReference(clause, known)) result.speaker = *reference;
    return result;
  }
  const std::string printed = OneLine(clause.Text(name->first, name->last));
  if (printed.find(' ') == std::string::npos) {
    // "Ms. Lindqvist": the honorific of this place, the person of before.
    if (const v1::Speaker* same = FindBySurname(printed, known)) {
      result.speaker = *same;
      return result;
    }
  }
  const auto before = std::find_if(known.speakers.begin(), known.speakers.end(),
                                   [&](const v1::Speaker& speaker) { return speaker.display_name() == printed; });
  if (before != known.speakers.end()) {
    result.speaker = *before;
    return result;
  }
  result.speaker.set_display_name(printed);
  result.speaker.set_honorific(OneLine(clause.Text(name->honorific_first, name->honorific_last)));
  RoleReader(clause, *name, known.organizations, result.speaker).Read();
  return result;
}

}  // namespace communique::releases
