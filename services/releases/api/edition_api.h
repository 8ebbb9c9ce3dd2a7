// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/rpc/method.h"
#include "services/releases/api/edition_replies.h"
#include "services/releases/api/parts.h"
#include "services/releases/domain/names.h"

namespace communique::releases {

// EditionService: what the public reads, out of the reply cache wherever that can answer. A warm GetEdition is answered
// on gRPC's thread: one look-up, nothing parsed but the request, nothing copied. All methods may be called from any
// thread.
class EditionApi {
 public:
  // What is passed by reference must outlive it. `max_age` is told to every reader; `watch` is WatchEditions.
  EditionApi(const ApiParts& parts, platform::ReplyCache& cache, absl::Duration max_age, platform::Method watch);

  // The methods for the call chain. They refer to this object.
  platform::ServiceMethods Methods();

 private:
  using Hit = platform::ReplyCache::Hit;

  void Get(platform::Call& call, const v1::GetEditionRequest& request, platform::Responder respond);
  void Resolve(platform::Call& call, const v1::ResolveEditionRequest& request, platform::Responder respond);
  void List(platform::Call& call, const v1::ListEditionsRequest& request, platform::Responder respond);
  void Render(platform::Call& call, const v1::RenderEditionRequest& request, platform::Responder respond);

  // The position in the caller's communique-at-least: 0 when there is none, an error when it is not one of this
  // store's.
  absl::StatusOr<platform::FeedPosition> AtLeast(const platform::Call& call) const;
  // The edition's stored reply; `done` hears NOT_FOUND of one that is absent.
  void Find(platform::Call& call, const EditionName& name, platform::ReplyCache::Done done);
  void ResolveWith(platform::Call& call, const v1::ResolveEditionRequest& request, const ReleaseName& release,
                   const Hit& index, platform::Responder respond);
  platform::ReplyBytes ToReply(const std::string& name, const std::string& if_none_match, const Hit& hit) const;

  const ApiParts& parts_;
  platform::ReplyCache& cache_;
  const EditionReplies replies_;
  const platform::Method watch_;
};

}  // namespace communique::releases
