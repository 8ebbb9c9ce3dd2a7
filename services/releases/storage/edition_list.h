// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/names.h"

// Lists of editions for readers.
namespace communique::releases {

// FILTER_INVALID unless `filter` is one that lists of editions take.
absl::Status CheckEditionFilter(std::string_view filter);

// What a section adds to a list of editions: a rule, or the releases that were picked, in their order.
struct EditionSelection {
  std::string rule;
  std::optional<std::vector<std::string>> picks;
};

// A page of the editions that are listed at `now`: newest publication first, or in the order of the picks. The
// response's watch_token is not set.
absl::StatusOr<v1::ListEditionsResponse> ListEditionCards(platform::Session& session,
                                                          const v1::ListEditionsRequest& request,
                                                          const EditionParent& parent,
                                                          const EditionSelection& selection, absl::Time now);

// The card of the edition `name` at `now`; nothing while it is ABSENT.
absl::StatusOr<std::optional<v1::EditionCard>> FindEditionCard(platform::Session& session, const std::string& name,
                                                               absl::Time now);

}  // namespace communique::releases
