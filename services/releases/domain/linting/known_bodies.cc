// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/linting/known_bodies.h"

#include <algorithm>
#include <array>
#include <string>

#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

constexpr std::array kBodies = {
    KnownBody{
        "the United Nations",
        "united nations|vereinte nationen|vereinten nationen|nations unies|naciones unidas|الأمم المتحدة|האומות "
        "המאוחדות",
        "UN UNO VN ONU",
        "un.org un.int unog.ch unon.org unov.org unece.org unric.org undp.org unicef.org unhcr.org unfpa.org "
        "unops.org unep.org unodc.org unesco.org unido.org unwomen.org unaids.org unrwa.org unctad.org unitar.org "
        "unu.edu unv.org undrr.org uncdf.org unhabitat.org untourism.int unssc.org unbonn.org unfccc.int unccd.int "
        "who.int ilo.org iom.int fao.org wfp.org ifad.org icao.int imo.org itu.int upu.int wipo.int wmo.int "
        "iaea.org ohchr.org worldbank.org imf.org intracen.org reliefweb.int"},
    KnownBody{"the European Union",
              "european union|europäische union|europäischen union|union européenne|unión europea", "EU UE",
              "europa.eu"},
    KnownBody{
        "the World Health Organization",
        "world health organization|world health organisation|weltgesundheitsorganisation|organisation mondiale de la "
        "santé|organización mundial de la salud|منظمة الصحة العالمية",
        "WHO", "who.int paho.org un.org"},
    KnownBody{"UNICEF", "", "UNICEF", "unicef.org un.org"},
    KnownBody{"UNHCR", "", "UNHCR", "unhcr.org un.org"},
    KnownBody{
        "IOM",
        "international organization for migration|internationale organisation für migration|organisation "
        "internationale pour les migrations|organización internacional para las migraciones|المنظمة الدولية للهجرة",
        "IOM", "iom.int un.org"},
    KnownBody{"the World Food Programme", "world food programme|welternährungsprogramm|programme alimentaire mondial",
              "WFP", "wfp.org un.org"},
    KnownBody{"UNESCO", "", "UNESCO", "unesco.org un.org"},
    KnownBody{"NATO", "", "NATO OTAN", "nato.int"},
    KnownBody{"the Council of Europe", "council of europe|europarat|conseil de l'europe|consejo de europa", "",
              "coe.int"},
    KnownBody{"the World Bank", "world bank|weltbank|banque mondiale|banco mundial", "",
              "worldbank.org worldbankgroup.org"},
};

// "Mission of the ...": what follows is whose mission it is.
constexpr std::string_view kGenitives = "of der des von vom de del du";
constexpr std::string_view kArticles = "the der die das den dem la le les las los el";
// "Mission to the ...": what follows is where it is.
constexpr std::string_view kHosts = "to at bei beim zu zur auprès près ante with in";

// A contact line's words in a row, white space left out.
class Line {
 public:
  explicit Line(const Passage& passage) {
    for (const Token& token : passage.tokens) {
      if (token.kind == TokenKind::kSpace) continue;
      printed_.push_back(token.In(passage.text));
      folded_.push_back(Fold(printed_.back()));
      word_.push_back(token.kind == TokenKind::kWord);
    }
  }

  Index size() const { return printed_.size(); }
  std::string_view Printed(Index i) const { return i < size() ? printed_[i] : std::string_view(); }
  std::string_view Folded(Index i) const { return i < size() ? std::string_view(folded_[i]) : std::string_view(); }
  bool IsWord(Index i) const { return i < size() && word_[i]; }

  // How many words of `name` (parted by spaces) stand here; 0 when not all do.
  Index Match(Index i, std::string_view name) const {
    Index words = 0;
    while (!name.empty()) {
      const std::size_t space = std::min(name.find(' '), name.size());
      if (Folded(i + words) != name.substr(0, space)) return 0;
      ++words;
      name.remove_prefix(std::min(space + 1, name.size()));
    }
    return words;
  }

 private:
  std::vector<std::string_view> printed_;
  std::vector<std::string> folded_;
  std::vector<bool> word_;
};

// How many words of the line at `i` name the body.
Index Named(const KnownBody& body, const Line& line, Index i, bool latin_articles) {
  if (ListsWord(body.abbreviations, line.Printed(i))) {
    // "un" is an article in Romance languages.
    return line.Printed(i) == "UN" && latin_articles ? 0 : 1;
  }
  std::string_view names = body.names;
  while (!names.empty()) {
    const std::size_t bar = std::min(names.find('|'), names.size());
    if (const Index words = line.Match(i, names.substr(0, bar)); words > 0) return words;
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
  return 0;
}

// Whether the name at [i, end) stands for the sender: by itself, or behind "of the".
bool IsSender(const Line& line, Index i, Index end) {
  const bool closed = end == line.size() || !line.IsWord(end) || ListsWord(kHosts, line.Folded(end));
  if (!closed || (!line.IsWord(end) && line.Printed(end) == "-")) return false;
  if (i == 0 || !line.IsWord(i - 1)) return true;
  if (ListsWord(kGenitives, line.Folded(i - 1))) {
    // "bei der UN": the article alone does not make it whose.
    return i < 2 || !ListsWord(kHosts, line.Folded(i - 2));
  }
  return ListsWord(kArticles, line.Folded(i - 1)) && (i < 2 || ListsWord(kGenitives, line.Folded(i - 2)));
}

}  // namespace

const KnownBody* SenderIn(const Passage& line, std::string_view language) {
  const bool romance = ListsWord("es fr it pt ca gl ro", language);
  const Line words(line);
  for (Index i = 0; i < words.size(); ++i) {
    for (const KnownBody& body : kBodies) {
      const Index named = Named(body, words, i, romance);
      if (named > 0 && IsSender(words, i, i + named)) return &body;
    }
  }
  return nullptr;
}

bool IsDomainOf(const KnownBody& body, std::string_view domain) {
  std::string_view suffix = domain;
  while (true) {
    if (ListsWord(body.domains, suffix)) return true;
    const std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos) return false;
    suffix.remove_prefix(dot + 1);
  }
}

}  // namespace communique::releases
