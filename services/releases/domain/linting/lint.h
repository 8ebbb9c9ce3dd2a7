// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/finding.pb.h"

namespace communique::releases {

// What the linter may be told besides the content. Nothing yet: every rule reads the content alone.
struct LintContext {};

// A text with more slips of one kind needs no list of them.
inline constexpr int kMaxFindingsPerRule = 100;

// What a careful editor would ask about before `content` goes out: marks that do not pair, dates that cannot be, words
// that were left in. The rules are listed in rules.h. Parts that are missing come first, then the findings in the order
// of the text. Line and column refer to RenderPlainText(content), the excerpt is what stands there, cut at 200
// characters; a finding about something that is missing has neither.
//
// The rules of typography, dates and addresses know every language; those that look for words know ar, de, en, es, fr
// and he, and stay silent in others. When in doubt, a rule says nothing.
//
// Of one rule, no more than the first kMaxFindingsPerRule are given.
//
// Any content will do, valid or not. Nothing is remembered between calls and any thread may call. Takes time linear in
// the size of the content.
std::vector<v1::Finding> Lint(const v1::ReleaseContent& content, const LintContext& context = {});

}  // namespace communique::releases
