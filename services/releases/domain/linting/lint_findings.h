// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "communique/releases/v1/finding.pb.h"
#include "services/releases/domain/linting/lint_text.h"

namespace communique::releases {

struct LintRule;

// Collects what the rules find in one text, and puts it in order.
class LintFindings {
 public:
  explicit LintFindings(const LintText& text) : text_(text) {}

  // Whether a finding of this rule would still be kept: there is a limit to each (kMaxFindingsPerRule).
  bool Wants(const LintRule& rule) const;
  // About the bytes [begin, end) of a passage.
  void Add(const LintRule& rule, const Passage& passage, std::size_t begin, std::size_t end, std::string message);
  // About a part that is not there.
  void AddMissing(const LintRule& rule, std::string_view part_id, std::string message);

  // What is missing, then the rest in the order of the text. Empties the collection.
  std::vector<v1::Finding> Take();

 private:
  struct Placed {
    std::size_t begin = 0;
    std::size_t end = 0;
    v1::Finding finding;
  };

  const LintText& text_;
  std::vector<v1::Finding> missing_;
  std::vector<Placed> placed_;
  std::unordered_map<std::string_view, int> counts_;
};

}  // namespace communique::releases
