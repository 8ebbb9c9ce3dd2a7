// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/anonymous_reader.h"

#include <gtest/gtest.h>

#include <chrono>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/base/uuid.h"

namespace communique::testing {
namespace {

namespace v1 = releases::v1;

constexpr char kService[] = "communique.releases.v1.EditionService";
// At one a second, longer than anything takes here.
constexpr int kMostBookmarks = 20;

const google::protobuf::Descriptor& ReplyOf(const std::string& method) {
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(kService);
  return *service->FindMethodByName(method)->output_type();
}

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

std::string OfMetadata(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  std::string text;
  for (const auto& [key, value] : metadata) {
    absl::StrAppend(&text, " ", std::string(key.data(), key.size()), "=",
                    absl::CEscape(std::string(value.data(), value.size())));
  }
  return text;
}

// Who sends no request id is given a random one, and told it again in errors.
std::string WithoutRandomId(const std::string& line, const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerInitialMetadata();
  const auto given = metadata.find("x-request-id");
  if (given == metadata.end()) return line;
  const std::string id(given->second.data(), given->second.size());
  return platform::IsUuid(id) ? absl::StrReplaceAll(line, {{id, "some UUID"}}) : line;
}

}  // namespace

RawCall::RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path, const std::string& request,
                 const std::string& request_id) {
  if (!request_id.empty()) context_.AddMetadata("x-request-id", request_id);
  context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(100));
  stream_ = grpc::GenericStub(channel).PrepareCall(&context_, path, &queue_);
  stream_->StartCall(this);
  Step();
  const grpc::Slice slice(request);
  stream_->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), this);
  Step();
}

RawCall::~RawCall() {
  queue_.Shutdown();
  while (Step()) {
  }
}

bool RawCall::Step() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

std::optional<std::string> RawCall::Read() {
  grpc::ByteBuffer buffer;
  stream_->Read(&buffer, this);
  if (!Step()) return std::nullopt;
  return Bytes(buffer);
}

grpc::Status RawCall::Finish() {
  grpc::Status status;
  stream_->Finish(&status, this);
  Step();
  return status;
}

void AnonymousReader::WriteEnd(const std::string& what, RawCall& call, const std::string& reply) {
  const grpc::Status status = call.Finish();
  const std::string line = absl::StrCat(what, " -> ", status.error_code(), " \"", absl::CEscape(status.error_message()),
                                        "\" details \"", absl::CEscape(status.error_details()), "\" initial",
                                        OfMetadata(call.context().GetServerInitialMetadata()), " trailing",
                                        OfMetadata(call.context().GetServerTrailingMetadata()), " reply ", reply);
  lines_.push_back(WithoutRandomId(line, call.context()));
}

std::string AnonymousReader::Ask(const std::string& what, const std::string& method,
                                 const google::protobuf::Message& request, const std::string& request_id) {
  asked_.insert(method);
  RawCall call(channel_, absl::StrCat("/", kService, "/", method), request.SerializeAsString(), request_id);
  const std::optional<std::string> reply = call.Read();
  WriteEnd(absl::StrCat(method, " ", what), call, reply ? comparable_.OfMessage(*reply, ReplyOf(method)) : "none");
  return reply.value_or("");
}

std::unique_ptr<RawCall> AnonymousReader::Watch(const std::string& parent, const std::string& token) {
  asked_.insert("WatchEditions");
  v1::WatchEditionsRequest request;
  request.set_parent(parent);
  request.set_watch_token(token);
  return std::make_unique<RawCall>(channel_, absl::StrCat("/", kService, "/WatchEditions"), request.SerializeAsString(),
                                   "reader");
}

void AnonymousReader::WriteUntilBookmark(const std::string& what, RawCall& watch) {
  std::string events;
  while (const auto message = watch.Read()) {
    absl::StrAppend(&events, events.empty() ? "" : ", ",
                    comparable_.OfMessage(*message, *v1::WatchEditionsResponse::descriptor()));
    v1::WatchEditionsResponse response;
    if (response.ParseFromString(*message) && !response.has_change()) break;
  }
  watch.Cancel();
  WriteEnd(absl::StrCat("WatchEditions ", what), watch, events);
}

void AnonymousReader::WriteUntil(const std::string& token, RawCall& watch) {
  int bookmarks = 0;
  while (const auto message = watch.Read()) {
    v1::WatchEditionsResponse response;
    EXPECT_TRUE(response.ParseFromString(*message));
    if (!response.has_change()) {
      EXPECT_TRUE(comparable_.watch_tokens().count(response.token()) > 0)
          << "a bookmark tells a position that no event or list had: " << response.token();
      if (++bookmarks < kMostBookmarks) continue;
      ADD_FAILURE() << "no event leads to " << token << ", which a list told";
      return;
    }
    lines_.push_back(
        absl::StrCat("watching -> ", comparable_.OfMessage(*message, *v1::WatchEditionsResponse::descriptor())));
    if (response.token() == token) return;
  }
  ADD_FAILURE() << "the watch has ended before " << token;
}

}  // namespace communique::testing
