// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "tests/testing/client.h"

namespace communique::testing {

// One person who does everything in newsrooms/example, where that is allowed, against a process without
// authentication. Each verb gives the release as it is afterwards, or the error.
class PressOffice {
 public:
  using Written = absl::StatusOr<v1::Release>;

  explicit PressOffice(Client& client) : client_(client) {}

  // The newsroom, in English. ALREADY_EXISTS is as good.
  absl::Status Open();
  Written Create(const std::string& id, const std::string& headline, const std::string& request_id = "");
  Written Edit(const v1::Release& release, const std::string& headline, const std::string& request_id = "");
  Written Submit(const v1::Release& release, const std::string& request_id = "");
  Written Approve(const v1::Release& release, const std::string& request_id = "");
  Written Publish(const v1::Release& release, const std::string& request_id = "");
  Written Withdraw(const v1::Release& release, const std::string& request_id = "");
  Written Reinstate(const v1::Release& release, const std::string& request_id = "");

  // From nothing to a public edition in English.
  Written MakePublic(const std::string& id, const std::string& headline);

 private:
  template <typename Request, typename Fill>
  Written Do(grpc::Status (v1::ReleaseService::Stub::*method)(grpc::ClientContext*, const Request&, v1::Release*),
             const v1::Release& release, const std::string& request_id, Fill fill) {
    Request request;
    request.set_name(release.name());
    request.set_etag(release.etag());
    request.set_request_id(request_id);
    fill(request);
    return client_.Call(method, request);
  }

  Client& client_;
};

// Its release of this id, and what the public reads of it.
std::string ReleaseName(const std::string& id);
std::string EditionName(const std::string& id);

}  // namespace communique::testing
