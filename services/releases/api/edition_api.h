// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/method.h"
#include "services/releases/api/edition_replies.h"
#include "services/releases/domain/names.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// EditionService: what the public reads, out of the reply cache wherever that can answer. A warm GetEdition is answered
// on gRPC's thread: one look-up, nothing parsed but the request, nothing copied. All methods may be called from any
// thread.
class EditionApi {
 public:
  struct Parts {
    const Environment& environment;
    platform::ReplyCache& cache;
    // Rendering is work for a processor, not for the database's threads.
    platform::Executor& cpu;
    platform::Executor& db_read;
    // Reads the consistency token in communique-at-least; an empty one is position 0.
    std::function<absl::StatusOr<platform::FeedPosition>(std::string_view token)> position_of;
    absl::Duration max_age;
    // WatchEditions.
    platform::Method watch;
  };

  // What `parts` refers to must outlive it.
  explicit EditionApi(Parts parts);

  // The methods for the call chain. They refer to this object.
  platform::ServiceMethods Methods();

 private:
  using Hit = platform::ReplyCache::Hit;

  void Get(platform::Call& call, const v1::GetEditionRequest& request, platform::Responder respond);
  void Resolve(platform::Call& call, const v1::ResolveEditionRequest& request, platform::Responder respond);
  void List(platform::Call& call, const v1::ListEditionsRequest& request, platform::Responder respond);
  void Render(platform::Call& call, const v1::RenderEditionRequest& request, platform::Responder respond);

  // The edition's stored reply; `done` hears NOT_FOUND of one that is absent.
  void Find(platform::Call& call, const EditionName& name, platform::ReplyCache::Done done);
  void ResolveWith(platform::Call& call, const v1::ResolveEditionRequest& request, const ReleaseName& release,
                   const Hit& index, platform::Responder respond);
  platform::ReplyBytes ToReply(const std::string& name, const std::string& if_none_match, const Hit& hit) const;

  Parts parts_;
  const EditionReplies replies_;
};

}  // namespace communique::releases
