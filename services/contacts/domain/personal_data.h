// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "google/protobuf/message.h"

// What a message holds about somebody: found and erased by what the contract says of each field
// ((communique.common.v1.data)), so that no list has to be kept and no field can be forgotten. What this version does
// not know (fields of later ones) counts as personal. Pure functions, from any thread.
namespace communique::contacts {

// The paths of what is set of DATA_PERSONAL fields, in the order of the message: "contact.emails[0].address"; and
// "contact.(unknown)" where there is something that this version does not know.
std::vector<std::string> PersonalPaths(const google::protobuf::Message& message);

// The same, and texts of DATA_PUBLIC besides: what is known of somebody beyond how to reach him.
std::vector<std::string> TextPaths(const google::protobuf::Message& message);

// Clears all of what PersonalPaths names, on every level.
void ErasePersonal(google::protobuf::Message& message);

}  // namespace communique::contacts
