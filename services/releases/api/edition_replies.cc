// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/edition_replies.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cstdint>
#include <utility>

namespace communique::releases {
namespace {

std::shared_ptr<const std::string> Share(std::string bytes) {
  return std::make_shared<const std::string>(std::move(bytes));
}

void SetMaxAge(absl::Duration max_age, v1::Edition& edition) {
  const std::int64_t nanos = absl::ToInt64Nanoseconds(max_age);
  edition.mutable_max_age()->set_seconds(nanos / 1'000'000'000);
  edition.mutable_max_age()->set_nanos(static_cast<std::int32_t>(nanos % 1'000'000'000));
}

std::string MaxAgeField(absl::Duration max_age) {
  v1::Edition edition;
  SetMaxAge(max_age, edition);
  return edition.SerializeAsString();
}

}  // namespace

EditionReplies::EditionReplies(absl::Duration max_age) : max_age_(Share(MaxAgeField(max_age))) {}

platform::ReplyBytes EditionReplies::Edition(std::shared_ptr<const std::string> edition) const {
  platform::ReplyBytes reply(std::move(edition));
  reply.Append(max_age_);
  return reply;
}

platform::ReplyBytes EditionReplies::NotModified(const std::string& name, const std::string& etag) const {
  v1::Edition edition;
  edition.set_name(name);
  edition.set_etag(etag);
  edition.set_not_modified(true);
  return Edition(Share(edition.SerializeAsString()));
}

platform::ReplyBytes EditionReplies::Resolved(const platform::ReplyBytes& edition, const LanguageChoice& choice) {
  std::string head;
  {
    google::protobuf::io::StringOutputStream stream(&head);
    google::protobuf::io::CodedOutputStream coded(&stream);
    constexpr std::uint32_t kLengthDelimited = 2;
    coded.WriteTag((v1::ResolveEditionResponse::kEditionFieldNumber << 3U) | kLengthDelimited);
    coded.WriteVarint32(static_cast<std::uint32_t>(edition.size()));
  }
  platform::ReplyBytes reply(Share(std::move(head)));
  for (const auto& slice : edition.slices()) reply.Append(slice);
  v1::ResolveEditionResponse rest;
  rest.set_requested_language(choice.requested);
  rest.set_match(choice.match);
  reply.Append(Share(rest.SerializeAsString()));
  return reply;
}

}  // namespace communique::releases
