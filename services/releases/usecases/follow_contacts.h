// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "services/platform/following/feed_projection.h"
#include "services/releases/usecases/contact_directory.h"

namespace communique::releases {

// Hears from the contacts service which contacts and organizations have changed, and marks the lines that print them:
// what they are to show then is found out by refresh_contact_lines.h.
class ContactNewsProjection final : public platform::FeedProjection {
 public:
  // `contacts` must outlive it. `heard` is called after news was kept.
  ContactNewsProjection(ContactDirectory& contacts, std::function<void()> heard)
      : contacts_(contacts), heard_(std::move(heard)) {}

  absl::Status Apply(platform::Session& session, std::span<const platform::FeedEvent> events) override;
  void OnCommit() override { heard_(); }
  absl::Status List(platform::FeedListing& listing) override;

 private:
  ContactDirectory& contacts_;
  const std::function<void()> heard_;
};

}  // namespace communique::releases
