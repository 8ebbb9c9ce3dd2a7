// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/erasure.pb.h"
#include "communique/releases/v1/personal_data.pb.h"

// The rules of erasures, as functions over the messages: what is looked for elsewhere, and what a plan says. Pure, from
// any thread.
namespace communique::contacts {

// The services that have part in an erasure, as plans and receipts name them.
inline constexpr std::string_view kContactsService = "contacts";
inline constexpr std::string_view kReleasesService = "releases";

// How much an erasure tells (limits.erasure.*).
struct ErasureLimits {
  int plan_places = 5000;
  int text_places = 1000;
};

// How who these contacts are, and how they are reached, may stand in texts: names in full, mail addresses, numbers
// (those with an extension as RFC 3966 writes them), handles and web addresses, each once. Only what is the person's
// alone: without roles and organizations; without addresses of desks and of `others` (IsSharedWith) and telefaxes;
// without parts of names, web sites as a whole and the words of links, which many have.
std::vector<std::string> ValuesToErase(const std::vector<v1::Contact>& contacts,
                                       const std::vector<v1::Contact>& others);

// The values in lists that the releases service takes in one request.
std::vector<std::vector<std::string>> InRequests(const std::vector<std::string>& values);

// A place of the releases service in a plan.
v1::ErasurePlace PlaceOf(const releases::v1::PersonalDataPlace& place);

// A plan of these places: its digest, and as many of them as fit.
v1::ErasurePlan MakePlan(const std::vector<v1::ErasurePlace>& places, const ErasureLimits& limits);

// Whether somebody must have said who asks.
bool NeedsIdentity(v1::Erasure::Reason reason);

}  // namespace communique::contacts
