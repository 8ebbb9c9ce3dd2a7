// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/contact_peer.h"

#include "absl/strings/str_cat.h"
#include "services/platform/peers/peer_errors.h"

namespace communique::releases {
namespace {

using Methods = platform::PeerMethods<contacts::v1::ContactService>;

constexpr char kAllNewsrooms[] = "newsrooms/-";

// Reads: asking twice does no harm.
platform::PeerCall Asking(const platform::Caller& caller) {
  return {.deadline = caller.deadline, .request_id = caller.request_id, .repeatable = true};
}

}  // namespace

absl::StatusOr<contacts::v1::PrintContactsResponse> ContactPeer::Print(
    const platform::Caller& caller, const contacts::v1::PrintContactsRequest& request) {
  auto response = contacts_.Call(&Methods::PrintContacts, request, Asking(caller));
  // It hears of new newsrooms a moment later.
  if (absl::IsNotFound(response.status())) {
    return platform::PeerUnavailable("contacts", absl::StrCat("it does not know ", request.newsroom(), " yet"),
                                     absl::Seconds(1));
  }
  return response;
}

absl::StatusOr<contacts::v1::MatchContactsResponse> ContactPeer::Match(
    const platform::Caller& caller, const contacts::v1::MatchContactsRequest& request) {
  return contacts_.Call(&Methods::MatchContacts, request, Asking(caller));
}

absl::StatusOr<contacts::v1::Contact> ContactPeer::Create(const platform::Caller& caller,
                                                          const contacts::v1::CreateContactRequest& request,
                                                          std::string_view step) {
  contacts::v1::CreateContactRequest of_step = request;
  of_step.set_request_id(platform::RequestIdOfStep(request.request_id(), step));
  platform::PeerCall call = Asking(caller);
  call.repeatable = !of_step.request_id().empty();
  return contacts_.Call(&Methods::CreateContact, of_step, call);
}

absl::StatusOr<std::string> ContactPeer::WatchToken(const std::stop_token& stop) {
  contacts::v1::ListContactsRequest request;
  request.set_parent(kAllNewsrooms);
  request.set_page_size(1);
  const auto response = contacts_.Call(&Methods::ListContacts, request, {.stop = stop, .repeatable = true});
  if (!response.ok()) return response.status();
  return response->watch_token();
}

platform::OpenFeed ContactPeer::Watch() const {
  contacts::v1::WatchContactsRequest request;
  request.set_parent(kAllNewsrooms);
  return contacts_.Watch(&Methods::WatchContacts, request);
}

}  // namespace communique::releases
