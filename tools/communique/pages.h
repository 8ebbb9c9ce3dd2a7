// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "tools/communique/session.h"

namespace communique::command {

// The largest page the servers give.
inline constexpr std::int32_t kMaxPageSize = 1000;

// Reads pages until `limit` items are there, and returns them as one list: with the watch token of the first page, from
// which watching misses nothing, and the next_page_token of the last one, empty when there is no more. `items` are the
// list's items: ListReleasesResponse::mutable_releases. What a search finds has no watch token.
template <typename Stub, typename Request, typename List, typename Item>
absl::StatusOr<List> ReadPages(Session& session,
                               grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, List*),
                               Request request, google::protobuf::RepeatedPtrField<Item>* (List::*items)(),
                               std::int32_t limit, Listener listener) {
  List all;
  for ([[maybe_unused]] bool first = true;; first = false) {
    request.set_page_size(std::min(limit - (all.*items)()->size(), kMaxPageSize));
    auto page = session.client.Call(method, request, listener);
    if (!page.ok()) return page.status();
    request.set_page_token(page->next_page_token());
    all.set_next_page_token(page->next_page_token());
    if constexpr (requires { all.set_watch_token(page->watch_token()); }) {
      if (first) all.set_watch_token(page->watch_token());
    }
    for (auto& item : *((*page).*items)()) (all.*items)()->Add(std::move(item));
    if (page->next_page_token().empty() || (all.*items)()->size() >= limit) return all;
  }
}

// Says that a list is not whole. Not part of the answer.
template <typename List>
void PrintMore(Session& session, const List& list) {
  if (session.output == Output::kText && !list.next_page_token().empty()) {
    session.err << "There are more; raise --limit to see them.\n";
  }
}

}  // namespace communique::command
