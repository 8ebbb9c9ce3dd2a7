// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/personal_data.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "services/releases/domain/person.h"

// Where a person stands in what releases hold: contact lines that an erasure empties (erase_person.h), and everything
// else, which is an editor's. Pure functions, from any thread.
namespace communique::releases {

// In a working text and what stands around it; `written` are the words of its lines that were written when it was
// submitted. Each place has a path, a kind and its text; the caller knows the resource. In the order of the message.
std::vector<v1::PersonalDataPlace> PlacesIn(const Person& person, const v1::Release& release,
                                            const google::protobuf::RepeatedPtrField<v1::ContactLine>& written);

// In a revision.
std::vector<v1::PersonalDataPlace> PlacesIn(const Person& person, const v1::ReleaseRevision& revision);

// In an edition whose text has a digest of `version`: in its contact lines and in what stands around the text, such as
// the notice of a withdrawal that was taken back. The text itself is a revision's.
std::vector<v1::PersonalDataPlace> PlacesIn(const Person& person, int version, const v1::Edition& edition);

}  // namespace communique::releases
