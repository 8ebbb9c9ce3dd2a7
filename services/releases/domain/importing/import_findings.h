// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/finding.pb.h"

namespace communique::releases {

// A finding of the importer whose place is an offset in the source text; ImportText turns it into line and column.
struct PlacedFinding {
  std::size_t begin = 0;
  std::size_t end = 0;
  v1::Finding finding;
};

// Collects them while a text is read.
class ImportFindings {
 public:
  void Add(std::string_view rule, v1::Finding::Severity severity, std::size_t begin, std::size_t end,
           std::string message);
  const std::vector<PlacedFinding>& all() const { return all_; }

 private:
  std::vector<PlacedFinding> all_;
};

// The rules; their meaning is in services/releases/README.md.
inline constexpr std::string_view kNavigationRule = "navigation-set-apart";
inline constexpr std::string_view kMissingLinkRule = "missing-link-target";
inline constexpr std::string_view kUnclassifiedRule = "unclassified";
inline constexpr std::string_view kSecondOrganizationRule = "second-organization";
inline constexpr std::string_view kEmbargoReadRule = "embargo-read";
inline constexpr std::string_view kEmbargoNotReadRule = "embargo-not-understood";
inline constexpr std::string_view kSeveralSpeakersRule = "several-speakers";
inline constexpr std::string_view kUnknownLanguageRule = "language-without-words";
inline constexpr std::string_view kNotTakenApartRule = "not-taken-apart";
inline constexpr std::string_view kContactsNotMatchedRule = "contacts-not-matched";
inline constexpr std::string_view kContactProposedRule = "contact-proposed";
inline constexpr std::string_view kContactCreatedRule = "contact-created";
inline constexpr std::string_view kContactNotCreatedRule = "contact-not-created";
inline constexpr std::string_view kContactAmbiguousRule = "contact-ambiguous";
inline constexpr std::string_view kContactUnconfirmedRule = "contact-unconfirmed";
inline constexpr std::string_view kContactDeactivatedRule = "contact-deactivated";
inline constexpr std::string_view kContactAddressRule = "contact-address-not-public";
inline constexpr std::string_view kSeveralContactsRule = "several-contacts-in-line";

}  // namespace communique::releases
