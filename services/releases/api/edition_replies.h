// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/rpc/reply_bytes.h"
#include "services/releases/domain/negotiation.h"

// The replies to readers, put together from the bytes of stored editions without parsing or copying them: on the wire,
// a message is its fields one after the other, so what belongs to an answer and not to the edition is sent before and
// behind it.
namespace communique::releases {

class EditionReplies {
 public:
  // `max_age` is the same in all replies: it must tell nothing about what is to come.
  explicit EditionReplies(absl::Duration max_age);

  // A v1::Edition: the stored one with max_age.
  platform::ReplyBytes Edition(std::shared_ptr<const std::string> edition) const;

  // A v1::Edition for a caller who has it already.
  platform::ReplyBytes NotModified(const std::string& name, const std::string& etag) const;

  // A v1::ResolveEditionResponse with that edition (from one of the functions above).
  static platform::ReplyBytes Resolved(const platform::ReplyBytes& edition, const LanguageChoice& choice);

 private:
  // The field max_age, as it stands in an edition.
  const std::shared_ptr<const std::string> max_age_;
};

}  // namespace communique::releases
