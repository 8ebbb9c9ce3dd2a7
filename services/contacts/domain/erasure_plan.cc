// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/erasure_plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/platform/base/sha256.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

// What ListPersonalDataRequest takes.
constexpr std::size_t kFewestCharacters = 3;
constexpr std::size_t kMostCharacters = 2000;
constexpr std::size_t kMostValues = 100;

class Values {
 public:
  void Add(std::string value) {
    const std::size_t characters = platform::CountCharacters(value);
    if (characters < kFewestCharacters || characters > kMostCharacters) return;
    if (seen_.insert(value).second) values_.push_back(std::move(value));
  }
  std::vector<std::string> Take() { return std::move(values_); }

 private:
  std::set<std::string> seen_;
  std::vector<std::string> values_;
};

// More than the name of a site, which is a whole house's.
bool IsAPage(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  const std::size_t path = uri.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  return path != std::string_view::npos && path + 1 < uri.size();
}

}  // namespace

std::vector<std::string> ValuesToErase(const std::vector<v1::Contact>& contacts,
                                       const std::vector<v1::Contact>& others) {
  Values values;
  for (const v1::Contact& contact : contacts) {
    for (const auto& name : contact.person_names()) {
      values.Add(name.display_name());
      if (!name.given_name().empty() && !name.family_name().empty()) {
        values.Add(absl::StrCat(name.given_name(), " ", name.family_name()));
      }
    }
    for (const ContactAddress& address : AddressesOf(contact, v1::CHANNEL_UNSPECIFIED)) {
      const auto has_it = [&](const v1::Contact& other) { return IsSharedWith(address.key, other); };
      if (!address.personal || std::any_of(others.begin(), others.end(), has_it)) continue;
      // An extension is written in a hundred ways, and what is before it is the house's.
      const bool has_extension = SuppressedBy(address.key).size() > 1;
      if (!has_extension) values.Add(address.written);
      values.Add(address.value);
    }
    for (const auto& web : contact.web_addresses()) {
      if (IsAPage(web.uri())) values.Add(web.uri());
      if (web.label().starts_with('@')) values.Add(web.label());
    }
  }
  return values.Take();
}

std::vector<std::vector<std::string>> InRequests(const std::vector<std::string>& values) {
  std::vector<std::vector<std::string>> requests;
  for (std::size_t begin = 0; begin < values.size(); begin += kMostValues) {
    const auto end = std::min(values.size(), begin + kMostValues);
    requests.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(begin),
                          values.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return requests;
}

v1::ErasurePlace PlaceOf(const releases::v1::PersonalDataPlace& place) {
  v1::ErasurePlace planned;
  planned.set_service(std::string(kReleasesService));
  planned.set_resource(place.resource());
  planned.set_path(place.path());
  switch (place.kind()) {
    case releases::v1::PersonalDataPlace::KIND_CONTACT_LINE:
    case releases::v1::PersonalDataPlace::KIND_EDITION_LINE:
      planned.set_action(v1::ErasurePlace::ACTION_ERASED);
      break;
    default:
      planned.set_action(v1::ErasurePlace::ACTION_LEFT_TO_EDITOR);
  }
  return planned;
}

v1::ErasurePlan MakePlan(const std::vector<v1::ErasurePlace>& places, const ErasureLimits& limits) {
  v1::ErasurePlan plan;
  // A line for each, in an order of their own: whoever lists them need not always do it in the same one.
  std::set<std::string> lines;
  for (const v1::ErasurePlace& place : places) {
    lines.insert(absl::StrCat(place.service(), " ", place.resource(), " ", place.path(), " ",
                              static_cast<int>(place.action()), "\n"));
  }
  std::string all = "1\n";
  for (const std::string& line : lines) all += line;
  plan.set_digest(platform::ToHex(platform::Sha256(all)));
  const std::size_t given = std::min(places.size(), static_cast<std::size_t>(limits.plan_places));
  for (std::size_t i = 0; i < given; ++i) *plan.add_places() = places[i];
  plan.set_places_left_out(static_cast<int>(places.size() - given));
  return plan;
}

bool NeedsIdentity(v1::Erasure::Reason reason) {
  return reason != v1::Erasure::REASON_RETENTION && reason != v1::Erasure::REASON_UNLAWFUL;
}

}  // namespace communique::contacts
