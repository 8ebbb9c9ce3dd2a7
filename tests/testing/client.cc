// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/testing/client.h"

namespace communique::testing {

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

EditionAnswer Client::Read(const std::string& edition) {
  grpc::ClientContext context;
  SetDeadline(context);
  v1::GetEditionRequest request;
  request.set_name(edition);
  v1::Edition answer;
  const grpc::Status status = v1::EditionService::NewStub(channel_)->GetEdition(&context, request, &answer);
  const bool stale = context.GetServerTrailingMetadata().count("communique-stale-since") > 0;
  if (!status.ok()) return {platform::FromGrpcStatus(status), stale};
  return {std::move(answer), stale};
}

}  // namespace communique::testing
