// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "communique/common/v1/localized_text.pb.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"

// Arguments that several verbs take. All of them are checked while the command line is read, so that a mistake is a
// usage error and nothing has been called.
namespace communique::command {

// Resource names may be written whole, "newsrooms/igh-de/releases/20261016-abcdef", or by their ids alone,
// "igh-de/20261016-abcdef". These validators turn the short form into the long one and refuse anything else.
CLI::Validator NewsroomName();
CLI::Validator ReleaseName();
CLI::Validator SectionName();
CLI::Validator EditionName();
CLI::Validator OrganizationName();
CLI::Validator ContactName();
CLI::Validator MergeName();
CLI::Validator GroupName();
CLI::Validator SuppressionName();
CLI::Validator ErasureName();

// LOCALE=TEXT, for repeated options: --notice de="…" --notice en="…".
CLI::Validator LocalizedText();

// A text for a field that an update clears in another way, --clear, so that an empty one is a mistake.
CLI::Validator NotEmpty();

// A time, RFC 3339, and what one says.
CLI::Validator Instant();
google::protobuf::Timestamp InstantOf(const std::string& text);

// Adds the texts that passed LocalizedText().
void AddLocalizedTexts(const std::vector<std::string>& texts,
                       google::protobuf::RepeatedPtrField<common::v1::LocalizedText>* out);

// TEXT, or LANGUAGE=TEXT where several languages have one. TEXT alone is in `language`; so is a text with a "=" behind
// what is no language tag.
common::v1::LocalizedText TextInLanguage(const std::string& text, const std::string& language);

// The usage error for a text of `option` whose language nobody has said.
absl::Status NoLanguage(const std::string& option, const std::string& text);

// An option for texts, which may hold commas: given several times, one text each time.
CLI::Option* AddTexts(CLI::App& app, const std::string& name, std::vector<std::string>& texts,
                      const std::string& description);

// An option that may be given several times, or once with commas; it never swallows the word behind its value.
CLI::Option* AddRepeated(CLI::App& app, const std::string& name, std::vector<std::string>& values,
                         const std::string& description);

}  // namespace communique::command
