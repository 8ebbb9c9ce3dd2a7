// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/edition_api.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/cache/cache_feeder.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/run_on.h"
#include "services/releases/domain/language_index.pb.h"
#include "services/releases/domain/names.h"
#include "services/releases/usecases/read_editions.h"
#include "services/releases/usecases/render.h"

namespace communique::releases {
namespace {

using platform::Call;
using platform::Dependency;
using platform::ReplyCache;
using platform::Responder;

constexpr int kMaxLanguages = 20;

// While the database does not answer, what was true before goes out, and says so.
void TellAge(Call& call, const ReplyCache::Hit& hit) {
  if (!hit.stale_since) return;
  call.AddTrailer("communique-stale-since", absl::FormatTime(absl::RFC3339_sec, *hit.stale_since, absl::UTCTimeZone()));
}

ReplyCache::Loaded ToLoaded(PublicReply reply) {
  return {.bytes = std::move(reply.bytes), .etag = std::move(reply.etag), .valid_until = reply.valid_until};
}

absl::StatusOr<ReplyCache::Loaded> ToLoaded(absl::StatusOr<PublicReply> reply) {
  if (!reply.ok()) return reply.status();
  return ToLoaded(*std::move(reply));
}

// What a list shows can change with any release or section of the newsroom; its watch token, with the public feed.
platform::Dependencies DependenciesOf(const EditionParent& parent) {
  return {Dependency::Within(parent.newsroom.empty() ? "" : NewsroomName{parent.newsroom}.ToString()),
          platform::PublicFeedHead()};
}

absl::Status CheckLanguages(const v1::ResolveEditionRequest& request) {
  if (request.languages_size() <= kMaxLanguages) return absl::OkStatus();
  return platform::InvalidField(
      "languages", absl::StrCat("has ", request.languages_size(), " entries; at most ", kMaxLanguages, " are allowed"));
}

}  // namespace

EditionApi::EditionApi(const ApiParts& parts, ReplyCache& cache, absl::Duration max_age, platform::Method watch)
    : parts_(parts), cache_(cache), replies_(max_age), watch_(std::move(watch)) {}

absl::StatusOr<platform::FeedPosition> EditionApi::AtLeast(const Call& call) const {
  if (call.at_least().empty()) return 0;
  const auto token = platform::DecodeFeedToken(call.at_least());
  if (!token.ok()) return token.status();
  const bool ours = token->feed == platform::Feed::kInternal && token->store_id == parts_.tail.store_id();
  if (!ours) return platform::FeedTokenForeign();
  return token->position;
}

platform::ReplyBytes EditionApi::ToReply(const std::string& name, const std::string& if_none_match,
                                         const Hit& hit) const {
  const bool known = !if_none_match.empty() && if_none_match == hit.reply->etag;
  return known ? replies_.NotModified(name, hit.reply->etag) : replies_.Edition(platform::BytesOf(hit.reply));
}

void EditionApi::Find(Call& call, const EditionName& name, ReplyCache::Done done) {
  const auto at_least = AtLeast(call);
  if (!at_least.ok()) return std::move(done)(at_least.status());
  std::string key = name.ToString();
  platform::Dependencies dependencies = {Dependency::Within(name.release.ToString())};
  cache_.Get(
      {std::move(key), std::move(dependencies), *at_least},
      [this, name](absl::Time deadline) { return ToLoaded(ReadEdition(parts_.environment, deadline, name)); },
      std::move(done));
}

void EditionApi::Get(Call& call, const v1::GetEditionRequest& request, Responder respond) {
  if (call.at_least().empty()) {
    // The name is the key: what is in the cache under it has been checked to be one.
    if (const auto hit = cache_.TryGet(request.name())) {
      TellAge(call, *hit);
      return respond(ToReply(request.name(), request.if_none_match(), *hit));
    }
  }
  const auto name = EditionName::Parse(request.name());
  if (!name) return respond(InvalidName("name", request.name(), kEditionPattern));
  Find(call, *name, [this, &call, &request, respond = std::move(respond)](absl::StatusOr<Hit> hit) {
    if (!hit.ok()) return respond(hit.status());
    TellAge(call, *hit);
    respond(ToReply(request.name(), request.if_none_match(), *hit));
  });
}

void EditionApi::Resolve(Call& call, const v1::ResolveEditionRequest& request, Responder respond) {
  const auto name = ReleaseName::Parse(request.release());
  if (!name) return respond(InvalidName("release", request.release(), kReleasePattern));
  if (auto status = CheckLanguages(request); !status.ok()) return respond(status);
  const auto at_least = AtLeast(call);
  if (!at_least.ok()) return respond(at_least.status());

  platform::Dependencies dependencies = {Dependency::Within(request.release()),
                                         Dependency::Exactly(NewsroomName{name->newsroom}.ToString())};
  cache_.Get(
      {absl::StrCat("languages ", request.release()), std::move(dependencies), *at_least},
      [this, name = *name](absl::Time deadline) {
        return ToLoaded(ReadLanguageIndex(parts_.environment, deadline, name));
      },
      [this, &call, &request, name = *name, respond = std::move(respond)](absl::StatusOr<Hit> index) {
        if (!index.ok()) return respond(index.status());
        ResolveWith(call, request, name, *index, respond);
      });
}

void EditionApi::ResolveWith(Call& call, const v1::ResolveEditionRequest& request, const ReleaseName& release,
                             const Hit& index, Responder respond) {
  internal::LanguageIndex languages;
  if (!languages.ParseFromString(index.reply->bytes)) {
    return respond(
        platform::InternalError(absl::StrCat("the language index of ", request.release(), " does not parse")));
  }
  const std::vector<std::string> wishes(request.languages().begin(), request.languages().end());
  const auto choice = ChooseLanguage(wishes, languages);
  if (!choice) return respond(platform::NotFound("release", request.release()));
  const EditionName name{release, choice->locale};
  Find(call, name,
       [this, &call, &request, name, choice = *choice, respond = std::move(respond)](absl::StatusOr<Hit> hit) {
         if (!hit.ok()) return respond(hit.status());
         TellAge(call, *hit);
         respond(EditionReplies::Resolved(ToReply(name.ToString(), request.if_none_match(), *hit), choice));
       });
}

void EditionApi::List(Call& call, const v1::ListEditionsRequest& request, Responder respond) {
  const auto parent = EditionParent::Parse(request.parent());
  if (!parent) {
    return respond(InvalidEditionParent(request.parent()));
  }
  // A load may outlast the call that began it: it has a request of its own.
  const auto load = [this, request, parent = *parent](absl::Time deadline) {
    return ReadEditionList(parts_.environment, deadline, request, parent);
  };
  // First pages are what sites ask for all the time. Filters are too many to be kept.
  if (!request.page_token().empty() || !request.filter().empty()) {
    return platform::RunOn(parts_.db_read, call.deadline(), respond, [&call, load, respond] {
      auto reply = load(call.deadline());
      if (!reply.ok()) return respond(reply.status());
      respond(platform::ReplyBytes(std::move(reply->bytes)));
    });
  }
  const auto at_least = AtLeast(call);
  if (!at_least.ok()) return respond(at_least.status());
  std::string key = absl::StrCat("list ", request.parent(), " ", request.section(), " ", request.page_size());
  cache_.Get(
      {std::move(key), DependenciesOf(*parent), *at_least},
      [load](absl::Time deadline) { return ToLoaded(load(deadline)); },
      [&call, respond = std::move(respond)](absl::StatusOr<Hit> hit) {
        if (!hit.ok()) return respond(hit.status());
        TellAge(call, *hit);
        respond(platform::ReplyBytes(platform::BytesOf(hit->reply)));
      });
}

void EditionApi::Render(Call& call, const v1::RenderEditionRequest& request, Responder respond) {
  const auto name = EditionName::Parse(request.name());
  if (!name) return respond(InvalidName("name", request.name(), kEditionPattern));
  Find(call, *name, [this, &call, &request, respond = std::move(respond)](absl::StatusOr<Hit> hit) {
    if (!hit.ok()) return respond(hit.status());
    TellAge(call, *hit);
    platform::RunOn(parts_.cpu, call.deadline(), respond, [&request, respond, reply = hit->reply] {
      const auto rendering = RenderStored(reply->bytes, request.format());
      if (!rendering.ok()) return respond(rendering.status());
      respond(platform::SerializeReply(*rendering));
    });
  });
}

platform::ServiceMethods EditionApi::Methods() {
  const auto bind = [this](auto method) {
    return [this, method](Call& call, const auto& request, Responder respond) {
      (this->*method)(call, request, std::move(respond));
    };
  };
  return {"communique.releases.v1.EditionService",
          {platform::UnaryAsync<v1::GetEditionRequest>("GetEdition", bind(&EditionApi::Get)),
           platform::UnaryAsync<v1::ResolveEditionRequest>("ResolveEdition", bind(&EditionApi::Resolve)),
           platform::UnaryAsync<v1::ListEditionsRequest>("ListEditions", bind(&EditionApi::List)),
           platform::UnaryAsync<v1::RenderEditionRequest>("RenderEdition", bind(&EditionApi::Render)), watch_}};
}

}  // namespace communique::releases
