// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/personal_data.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/person.h"
#include "services/releases/storage/personal_data_store.h"
#include "services/releases/storage/release_record.pb.h"

// What listing a person's data and erasing it share.
namespace communique::releases {

// What is wrong with who is looked for: `contact` and `values`, which are told by their number and never repeated.
void CheckPerson(const std::string& contact, const google::protobuf::RepeatedPtrField<std::string>& values,
                 platform::FieldViolations& violations);

// Where a page begins: at a release, behind so many of its places.
struct PlaceCursor {
  std::string release;
  std::int64_t places = 0;
};

// Empty for an empty token. PAGE_TOKEN_MISMATCH.
absl::StatusOr<PlaceCursor> ParsePlaceCursor(std::string_view method, const std::string& contact,
                                             const std::string& page_token);
std::string MakePlaceToken(std::string_view method, const std::string& contact, const PlaceCursor& cursor);

// Everything of a release that says who the person is or how to reach it: its working text, its revisions by number,
// its editions. A line or text of an edition counts once, in however many of its states it stands.
absl::StatusOr<std::vector<v1::PersonalDataPlace>> FindPlaces(platform::Session& session, const Person& person,
                                                              const std::string& newsroom_uid,
                                                              const storage::ReleaseRecord& record);

// By what version the digest of an edition's text was made: that of the revision that it shows.
int DigestVersionOf(const v1::Edition& edition, const Revisions& revisions);

// Whether an erasure empties the place.
inline bool IsErasable(const v1::PersonalDataPlace& place) {
  return place.kind() == v1::PersonalDataPlace::KIND_CONTACT_LINE ||
         place.kind() == v1::PersonalDataPlace::KIND_EDITION_LINE;
}

}  // namespace communique::releases
