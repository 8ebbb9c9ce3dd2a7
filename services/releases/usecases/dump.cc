// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/dump.h"

#include <google/protobuf/util/json_util.h>

#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/boilerplate_store.h"
#include "services/releases/storage/edition_store.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"

namespace communique::releases {
namespace {

using google::protobuf::Message;
using platform::Session;
using MessagePtr = std::unique_ptr<Message>;

template <typename T>
absl::StatusOr<MessagePtr> Own(absl::StatusOr<T> message) {
  if (!message.ok()) return message.status();
  return std::make_unique<T>(*std::move(message));
}

absl::StatusOr<MessagePtr> LoadEdition(Session& session, const std::string& name) {
  // Whatever the clock says: this is for those who look after the database.
  const auto stored = FindEdition(session, name, absl::Now());
  if (!stored.ok()) return stored.status();
  if (!*stored) return platform::NotFound("edition", name);
  auto edition = std::make_unique<v1::Edition>();
  if (!edition->ParseFromString((*stored)->payload)) return platform::InternalError("an edition does not parse");
  return MessagePtr(std::move(edition));
}

absl::StatusOr<MessagePtr> LoadRevision(Session& session, const std::string& newsroom_uid,
                                        const ReleaseRevisionName& name) {
  const auto record = FindRelease(session, newsroom_uid, name.release.ToString());
  if (!record.ok()) return record.status();
  const auto number = name.Number();
  if (!number)
    return InvalidName("dump", name.ToString(), "newsrooms/{newsroom}/releases/{release}/revisions/{number}");
  return Own(FindRevision(session, newsroom_uid, record->release(), *number));
}

absl::StatusOr<MessagePtr> Load(Session& session, const std::string& name) {
  if (NewsroomName::Parse(name)) return Own(FindNewsroom(session, name));
  if (EditionName::Parse(name)) return LoadEdition(session, name);
  const std::string newsroom_name = name.substr(0, name.find('/', name.find('/') + 1));
  if (!NewsroomName::Parse(newsroom_name)) return InvalidName("dump", name, "newsrooms/{newsroom}/…");
  const auto newsroom = FindNewsroom(session, newsroom_name);
  if (!newsroom.ok()) return newsroom.status();
  if (SectionName::Parse(name)) return Own(FindSection(session, newsroom->uid(), name));
  if (BoilerplateName::Parse(name)) return Own(FindBoilerplate(session, newsroom->uid(), name));
  if (ReleaseName::Parse(name)) return Own(FindRelease(session, newsroom->uid(), name));
  if (const auto revision = ReleaseRevisionName::Parse(name)) return LoadRevision(session, newsroom->uid(), *revision);
  return InvalidName("dump", name, "newsrooms/{newsroom}/{sections, boilerplates or releases}/{id}");
}

}  // namespace

absl::StatusOr<std::string> DumpResource(const Environment& environment, const std::string& name) {
  std::string json;
  const absl::Status status =
      environment.database.Read(absl::Now() + absl::Minutes(1), [&](Session& session) -> absl::Status {
        const auto message = Load(session, name);
        if (!message.ok()) return message.status();
        google::protobuf::util::JsonPrintOptions options;
        options.add_whitespace = true;
        options.preserve_proto_field_names = true;
        json.clear();
        const auto printed = google::protobuf::util::MessageToJsonString(**message, &json, options);
        return printed.ok() ? absl::OkStatus() : platform::InternalError("the resource cannot be printed");
      });
  if (!status.ok()) return status;
  return json;
}

int PrintResource(const Environment& environment, const std::string& name, std::ostream& out, std::ostream& err) {
  const auto json = DumpResource(environment, name);
  if (!json.ok()) {
    err << json.status().message() << "\n";
    return 1;
  }
  out << *json;
  return 0;
}

}  // namespace communique::releases
