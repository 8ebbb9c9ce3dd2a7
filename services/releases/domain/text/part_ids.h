// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "communique/releases/v1/content.pb.h"

// The ids of a content's parts (see ReleaseContent). Ids that the server makes are a letter for what the part is and a
// number that counts through the whole content: "b7" is a block, "m8" an end mark, "a9" an about text, "c10" a contact
// line, "e11" an event, "l12" a link, "p13" a picture.
namespace communique::releases {

// The ids of parts that occur once.
inline constexpr std::string_view kReleaseLineId = "release-line";
inline constexpr std::string_view kHeadlineId = "headline";
inline constexpr std::string_view kSubheadId = "subhead";
inline constexpr std::string_view kDatelineId = "dateline";
inline constexpr std::string_view kNotesHeadingId = "notes-heading";
inline constexpr std::string_view kContactsHeadingId = "contacts-heading";

// The id of an about text's heading.
std::string AboutHeadingId(std::string_view about_id);

// Gives every part without an id one. The numbers go on behind `last_number`, the greatest number the content has ever
// used, and behind every number it uses now, so that an id is never used twice, not even when its part is gone. Returns
// the greatest number used, which the caller keeps beside the content for the next time. The same content and number
// always get the same ids.
std::int64_t FillPartIds(v1::ReleaseContent& content, std::int64_t last_number);

// INVALID_ARGUMENT naming every id that is malformed, taken by a part that occurs once, or given twice. Missing ids are
// fine. Field paths start with "body[0]" and the like.
absl::Status CheckPartIds(const v1::ReleaseContent& content);

// The block with this id in the lead, the body, the notes or an about text; nullptr when there is none.
const v1::Block* FindBlock(const v1::ReleaseContent& content, std::string_view block_id);
v1::Block* FindBlock(v1::ReleaseContent& content, std::string_view block_id);

// Takes the part's entry out of the layout, so that it is printed at its usual place. For a block that moves to another
// list (from the body to the notes): its old entry would keep it where it stood.
void RemoveLayoutEntry(v1::ReleaseContent& content, std::string_view part_id);

}  // namespace communique::releases
