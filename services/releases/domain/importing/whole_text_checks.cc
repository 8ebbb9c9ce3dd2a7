// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/whole_text_checks.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

// Where the contact lines begin, as the builder has them; the search for an organisation's place starts there.
std::size_t FindFrom(const ReleaseReading& reading, std::string_view words) {
  const std::size_t begin = reading.builder.begin();
  const std::string_view text = reading.source.text().substr(begin, reading.builder.end() - begin);
  const std::size_t at = text.rfind(words);
  return at == std::string_view::npos ? begin : begin + at;
}

// Whether one name is in the other, by whole words, its legal form left out.
bool Contains(const std::string& name, std::string_view part) {
  for (const std::string_view form : {" e. v.", " e.v.", " ggmbh", " gmbh", " inc.", " ltd", " ltd."}) {
    if (part.ends_with(form)) part.remove_suffix(form.size());
  }
  return (" " + name + " ").find(" " + std::string(part) + " ") != std::string::npos;
}

}  // namespace

void CheckLinkPromises(ReleaseReading& reading) {
  for (std::size_t i = reading.extent.first; i < reading.extent.last; ++i) {
    const std::string_view text = reading.Text(i);
    const FoldedTokens tokens = reading.vocabulary.Tokens(text);
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      if (!tokens.IsWord(t)) continue;
      const auto promise = reading.vocabulary.Match(Cue::kLinkPromise, tokens, t);
      if (!promise.has_value()) continue;
      const auto addresses = FindAddresses(text);
      const bool kept = std::any_of(addresses.begin(), addresses.end(),
                                    [](const Address& address) { return address.kind == Address::Kind::kUrl; });
      // The address often stands on a line of its own below.
      const bool below =
          i + 1 < reading.extent.last && reading.Text(i + 1).substr(0, 8).find("http") != std::string_view::npos;
      if (kept || below) break;
      const std::size_t begin = reading.units[i].begin + tokens[t].begin;
      const std::size_t end = reading.units[i].begin + tokens[t + promise->tokens - 1].end;
      reading.findings.Add(
          kMissingLinkRule, v1::Finding::SEVERITY_WARNING, begin, end,
          "The text says where more is to be found, but the address is not in it: plain text drops the "
          "targets of links. Add the web address, or a link to the gallery or page.");
      break;
    }
  }
}

void CheckOrganizations(ReleaseReading& reading) {
  std::string first;
  std::string first_printed;
  for (const v1::ContactLine& line : reading.builder.content().contact_lines()) {
    const auto organization = std::find_if(line.segments().begin(), line.segments().end(), [](const auto& segment) {
      return segment.kind() == v1::ContactSegment::KIND_ORGANIZATION;
    });
    if (organization == line.segments().end()) continue;
    const std::string folded = Fold(organization->value());
    if (first.empty()) {
      first = folded;
      first_printed = organization->value();
      continue;
    }
    // "Example Relief e. V." and "Example Relief Press Office" are one.
    if (Contains(folded, first) || Contains(first, folded)) continue;
    const std::size_t begin = FindFrom(reading, organization->value());
    reading.findings.Add(kSecondOrganizationRule, v1::Finding::SEVERITY_HINT, begin,
                         begin + organization->value().size(),
                         "The contacts name a second organisation besides \"" + first_printed +
                             "\". If it issues the release, too, add it to the issuers with role CO.");
    return;
  }
}

}  // namespace communique::releases
