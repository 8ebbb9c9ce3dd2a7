// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/folded_tokens.h"
#include "services/releases/domain/importing/lexicon.h"

namespace communique::releases {

// A list of a lexicon that lines or words are compared with.
enum class Cue : std::uint8_t {
  kDocument,
  kReleaseLine,
  kEmbargo,
  kStamp,
  kNumberSign,
  kNotes,
  kWeakNotes,
  kAbout,
  kAboutAlone,
  kContacts,
  kPhoneLabel,
  kEmailLabel,
  kWebLabel,
  kPurposeLabel,
  kEnd,
  kMore,
  kNavigation,
  kPageEnd,
  kAdvisory,
  kSpeechVerb,
  kRole,
  kOrganization,
  kHonorific,
  kNameParticle,
  kPronoun,
  kFunctionWord,
  kArticleBehindName,
  kArticleBeforeOffice,
  kConjunction,
  kOfficeJoint,
  kLinkPromise,
  kClockWord,
  kCount,
};

// A phrase that was found.
struct CueMatch {
  // How many tokens it takes.
  std::size_t tokens = 0;
  // Its place in the list: for kDocument a ReleaseKind, for kAdvisory 0 to 3 (what, who, when, where).
  int value = 0;
};

// The phrases a text in one language is read with (see LexiconsFor), made ready for looking up. Not changed after it
// was made; any thread may read it.
class Vocabulary {
 public:
  // The vocabulary for `language` (BCP 47). Made once per language with a lexicon, and once for all others.
  static const Vocabulary& For(std::string_view language);

  // Whether there is a lexicon for `language`; for others For() holds the words of all lexicons together.
  static bool Knows(std::string_view language);

  // The longest phrase of `cue` that begins with token `i` and ends with a whole word.
  std::optional<CueMatch> Match(Cue cue, const FoldedTokens& tokens, std::size_t i) const;

  // Whether the one word is in the list or, for kRole and kOrganization, ends like one that is.
  bool Has(Cue cue, std::string_view folded_word) const;

  // Whether it is the one for languages without a lexicon, where the form of a text has to say more.
  bool of_all_languages() const { return of_all_languages_; }

  // Whether the first of its languages writes nouns with capitals.
  bool nouns_in_capitals() const { return nouns_in_capitals_; }
  // Whether it says what somebody is behind the name without an article.
  bool bare_appositions() const { return bare_appositions_; }

  // Tokens of a text, parted as this vocabulary's languages need it.
  FoldedTokens Tokens(std::string_view text) const { return {text, elisions_}; }

  explicit Vocabulary(const std::vector<const Lexicon*>& lexicons);

 private:
  struct Phrase {
    std::vector<std::string> rest;
    int value = 0;
  };
  using PhraseTable = std::unordered_map<std::string, std::vector<Phrase>>;

  void Add(Cue cue, std::string_view phrase, int value);

  PhraseTable tables_[static_cast<std::size_t>(Cue::kCount)];
  Phrases role_endings_;
  Phrases organization_endings_;
  bool elisions_ = false;
  bool of_all_languages_ = false;
  bool nouns_in_capitals_ = false;
  bool bare_appositions_ = false;
};

}  // namespace communique::releases
