// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "communique/releases/v1/boilerplate.pb.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "communique/releases/v1/section.pb.h"

// The rules of everything but contents, by message. Normalize makes of what a caller sent what is stored; Validate says
// what is wrong with it: INVALID_ARGUMENT naming each field below `path`.
namespace communique::releases {

void NormalizeNewsroom(v1::Newsroom& newsroom);
absl::Status ValidateNewsroom(const v1::Newsroom& newsroom);

void NormalizeSection(v1::Section& section);
absl::Status ValidateSection(const v1::Section& section, const v1::Newsroom& newsroom);

void NormalizeBoilerplate(v1::Boilerplate& boilerplate);
absl::Status ValidateBoilerplate(const v1::Boilerplate& boilerplate, const v1::Newsroom& newsroom);

// What stands around a release's content: publish time, embargo, topics, slugs, assignees. Resolves the civil times, in
// the newsroom's zone where they name none; an error of a time names its field.
absl::Status NormalizeRelease(const v1::Newsroom& newsroom, v1::Release& release);
absl::Status ValidateRelease(const v1::Release& release);

// Texts per language as verbs take them: canonical, languages of the newsroom, none twice, each at most
// `max_characters`.
absl::Status ValidateTexts(std::string_view path,
                           const google::protobuf::RepeatedPtrField<common::v1::LocalizedText>& texts,
                           const v1::Newsroom& newsroom, std::size_t max_characters);

// Languages as verbs take them: at least one, canonical, of the newsroom, none twice.
absl::Status ValidateLanguages(std::string_view path, const google::protobuf::RepeatedPtrField<std::string>& languages,
                               const v1::Newsroom& newsroom);

// Whether `locale` is one of the newsroom's languages.
bool OffersLanguage(const v1::Newsroom& newsroom, std::string_view locale);

}  // namespace communique::releases
