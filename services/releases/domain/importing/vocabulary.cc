// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/vocabulary.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "services/releases/domain/text/icu_bridge.h"

namespace communique::releases {
namespace {

// "de" where there is a lexicon for it, else empty: languages without one share a vocabulary.
std::string VocabularyKey(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const Lexicon* lexicon : AllLexicons()) {
    if (lexicon->language == primary) return std::string(primary);
  }
  return {};
}

// "COMMUNIQUE DE PRESSE": in capitals, accents are often left out.
std::string WithoutAccents(std::string_view phrase) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return std::string(phrase);
  const icu::UnicodeString decomposed = decompose->normalize(ToUtf16(phrase), status);
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < decomposed.length(); ++i) {
    if (u_charType(decomposed[i]) != U_NON_SPACING_MARK) bare.append(decomposed[i]);
  }
  return ToUtf8(bare);
}

// Lists of what is often set in capitals, and the languages that drop accents there.
bool DropsAccents(std::string_view language, Cue cue) {
  if (language != "fr" && language != "es") return false;
  return cue == Cue::kReleaseLine || cue == Cue::kEmbargo || cue == Cue::kNotes || cue == Cue::kWeakNotes ||
         cue == Cue::kAbout || cue == Cue::kAboutAlone || cue == Cue::kContacts || cue == Cue::kEnd ||
         cue == Cue::kMore || cue == Cue::kNavigation || cue == Cue::kPageEnd;
}

bool EndsLikeOneOf(std::string_view word, const Phrases& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return word.size() > ending.size() && word.ends_with(ending); });
}

}  // namespace

const Vocabulary& Vocabulary::For(std::string_view language) {
  static std::mutex mutex;
  static auto& cache = *new std::map<std::string, std::unique_ptr<const Vocabulary>>();
  const std::string key = VocabularyKey(language);
  const std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<const Vocabulary>& entry = cache[key];
  if (entry == nullptr) entry = std::make_unique<const Vocabulary>(LexiconsFor(language));
  return *entry;
}

bool Vocabulary::Knows(std::string_view language) { return !VocabularyKey(language).empty(); }

Vocabulary::Vocabulary(const std::vector<const Lexicon*>& lexicons)
    : of_all_languages_(lexicons.size() == AllLexicons().size()),
      nouns_in_capitals_(!of_all_languages_ && lexicons.front()->nouns_in_capitals),
      bare_appositions_(!of_all_languages_ && lexicons.front()->bare_appositions) {
  for (const Lexicon* lexicon : lexicons) {
    if (lexicon->language == "fr") elisions_ = true;
  }
  for (const Lexicon* lexicon : lexicons) {
    for (const auto& [phrase, kind] : lexicon->documents) {
      Add(Cue::kDocument, phrase, static_cast<int>(kind));
      if (lexicon->language == "fr" || lexicon->language == "es") {
        Add(Cue::kDocument, WithoutAccents(phrase), static_cast<int>(kind));
      }
    }
    for (std::size_t i = 0; i < lexicon->advisory.size(); ++i) {
      for (const std::string_view phrase : lexicon->advisory[i]) Add(Cue::kAdvisory, phrase, static_cast<int>(i));
    }
    const std::pair<Cue, const Phrases*> lists[] = {
        {Cue::kReleaseLine, &lexicon->release_lines},
        {Cue::kEmbargo, &lexicon->embargoes},
        {Cue::kStamp, &lexicon->stamps},
        {Cue::kNumberSign, &lexicon->number_signs},
        {Cue::kNotes, &lexicon->notes},
        {Cue::kWeakNotes, &lexicon->weak_notes},
        {Cue::kAbout, &lexicon->abouts},
        {Cue::kAboutAlone, &lexicon->abouts_alone},
        {Cue::kContacts, &lexicon->contacts},
        {Cue::kPhoneLabel, &lexicon->labels.phone},
        {Cue::kEmailLabel, &lexicon->labels.email},
        {Cue::kWebLabel, &lexicon->labels.web},
        {Cue::kPurposeLabel, &lexicon->labels.purpose},
        {Cue::kEnd, &lexicon->ends},
        {Cue::kMore, &lexicon->mores},
        {Cue::kNavigation, &lexicon->navigation},
        {Cue::kPageEnd, &lexicon->page_ends},
        {Cue::kSpeechVerb, &lexicon->speech_verbs},
        {Cue::kRole, &lexicon->roles},
        {Cue::kOrganization, &lexicon->organizations},
        {Cue::kHonorific, &lexicon->honorifics},
        {Cue::kNameParticle, &lexicon->name_particles},
        {Cue::kPronoun, &lexicon->pronouns},
        {Cue::kFunctionWord, &lexicon->function_words},
        {Cue::kArticleBehindName, &lexicon->articles_behind_name},
        {Cue::kArticleBeforeOffice, &lexicon->articles_before_office},
        {Cue::kConjunction, &lexicon->conjunctions},
        {Cue::kOfficeJoint, &lexicon->office_joints},
        {Cue::kLinkPromise, &lexicon->link_promises},
        {Cue::kClockWord, &lexicon->clock_words},
    };
    for (const auto& [cue, phrases] : lists) {
      for (const std::string_view phrase : *phrases) {
        Add(cue, phrase, 0);
        if (DropsAccents(lexicon->language, cue)) Add(cue, WithoutAccents(phrase), 0);
      }
    }
    role_endings_.insert(role_endings_.end(), lexicon->role_endings.begin(), lexicon->role_endings.end());
    organization_endings_.insert(organization_endings_.end(), lexicon->organization_endings.begin(),
                                 lexicon->organization_endings.end());
  }
}

void Vocabulary::Add(Cue cue, std::string_view phrase, int value) {
  const FoldedTokens tokens = Tokens(phrase);
  Phrase entry;
  entry.value = value;
  for (std::size_t i = 1; i < tokens.size(); ++i) entry.rest.emplace_back(tokens.Folded(i));
  auto& entries = tables_[static_cast<std::size_t>(cue)][std::string(tokens.Folded(0))];
  // Longest first, so that the first match is the one wanted.
  const auto place = std::find_if(entries.begin(), entries.end(),
                                  [&](const Phrase& other) { return other.rest.size() < entry.rest.size(); });
  entries.insert(place, std::move(entry));
}

std::optional<CueMatch> Vocabulary::Match(Cue cue, const FoldedTokens& tokens, std::size_t i) const {
  const PhraseTable& table = tables_[static_cast<std::size_t>(cue)];
  const auto found = table.find(std::string(tokens.Folded(i)));
  if (found == table.end()) return std::nullopt;
  for (const Phrase& phrase : found->second) {
    std::size_t matched = 0;
    while (matched < phrase.rest.size() && tokens.Folded(i + 1 + matched) == phrase.rest[matched]) ++matched;
    if (matched == phrase.rest.size()) return CueMatch{matched + 1, phrase.value};
  }
  return std::nullopt;
}

bool Vocabulary::Has(Cue cue, std::string_view folded_word) const {
  const PhraseTable& table = tables_[static_cast<std::size_t>(cue)];
  const auto found = table.find(std::string(folded_word));
  if (found != table.end() && std::any_of(found->second.begin(), found->second.end(),
                                          [](const Phrase& phrase) { return phrase.rest.empty(); })) {
    return true;
  }
  if (cue != Cue::kRole && cue != Cue::kOrganization) return false;
  if (EndsLikeOneOf(folded_word, cue == Cue::kRole ? role_endings_ : organization_endings_)) return true;
  // "Vice-Chair", "IGH-Sprecherin": the last piece says what it is.
  const std::size_t hyphen = folded_word.rfind('-');
  return hyphen != std::string_view::npos && Has(cue, folded_word.substr(hyphen + 1));
}

}  // namespace communique::releases
