// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/releases/domain/names.h"
#include "services/releases/usecases/environment.h"

// What the public reads, from the database: finished replies that may be kept and given to everybody. Nothing here
// knows who asks. What is ABSENT is NOT_FOUND, exactly like what has never been.
namespace communique::releases {

// A reply as it was at one instant.
struct PublicReply {
  // The serialised message.
  std::string bytes;
  // Its etag, where it has one.
  std::string etag;
  // When it will be another one without anybody doing anything; InfiniteFuture when nothing is decided.
  absl::Time valid_until = absl::InfiniteFuture();
};

// A v1::Edition, without max_age.
absl::StatusOr<PublicReply> ReadEdition(const Environment& environment, absl::Time deadline, const EditionName& name);

// An internal::LanguageIndex of a release.
absl::StatusOr<PublicReply> ReadLanguageIndex(const Environment& environment, absl::Time deadline,
                                              const ReleaseName& name);

// A v1::ListEditionsResponse.
absl::StatusOr<PublicReply> ReadEditionList(const Environment& environment, absl::Time deadline,
                                            const v1::ListEditionsRequest& request, const EditionParent& parent);

// The cards of editions, in the order of their names; nothing for one that is absent.
absl::StatusOr<std::vector<std::optional<v1::EditionCard>>> ReadEditionCards(const Environment& environment,
                                                                             absl::Time deadline,
                                                                             const std::vector<std::string>& names);

// The error for an edition that is absent: the same whether or not it will ever be there.
absl::Status NoSuchEdition(std::string_view name);

}  // namespace communique::releases
