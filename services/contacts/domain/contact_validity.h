// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/time/time.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/platform/base/timestamp.h"

// From when until when a contact may be used: valid_from is a part of that time and valid_until is not.
namespace communique::contacts {

// InfinitePast where none is given.
inline absl::Time ValidFrom(const v1::Contact& contact) {
  return contact.has_valid_from() ? platform::FromTimestamp(contact.valid_from()) : absl::InfinitePast();
}

// InfiniteFuture where none is given.
inline absl::Time ValidUntil(const v1::Contact& contact) {
  return contact.has_valid_until() ? platform::FromTimestamp(contact.valid_until()) : absl::InfiniteFuture();
}

inline bool IsValidAt(const v1::Contact& contact, absl::Time at) {
  return ValidFrom(contact) <= at && at < ValidUntil(contact);
}

}  // namespace communique::contacts
