// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "communique/releases/v1/edition.pb.h"

namespace communique::releases {

// What the public gets of a release; there is one edition of each, in the language of its text.
struct PublicView {
  enum class Kind { kText, kTextUnderNotice, kSentOn, kGone };
  using Notice = std::pair<std::string, absl::Time>;

  Kind kind = Kind::kText;
  std::string language;
  std::string headline, paragraph;  // where there is a text
  std::string about;                // the same, if it has an about text: AboutOf
  std::vector<std::string> topics;  // the same
  std::vector<Notice> notices;
  std::string replacement;
  absl::Time published, updated;

  bool has_text() const { return kind == Kind::kText || kind == Kind::kTextUnderNotice; }

  friend bool operator==(const PublicView&, const PublicView&) = default;
};

// The revision and the words of a content's about text, "2: Words"; "" when it has none.
std::string AboutOf(const v1::ReleaseContent& content);

// What an edition shows.
PublicView ViewOf(const v1::Edition& edition);

std::string ToString(const PublicView& view);

}  // namespace communique::releases
