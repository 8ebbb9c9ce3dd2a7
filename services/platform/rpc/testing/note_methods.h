// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "services/platform/rpc/method.h"
#include "services/platform/rpc/testing/note_service.pb.h"

namespace communique::platform {

// The handlers of a NoteService; a test replaces those it is about. By default GetNote and ReadNote return a note with
// the name asked for, UpdateNote the note sent, WatchNotes stays open and silent.
struct NoteHandlers {
  std::function<absl::StatusOr<rpctest::v1::Note>(Call&, const rpctest::v1::GetNoteRequest&)> get{};
  std::function<absl::StatusOr<rpctest::v1::Note>(Call&, const rpctest::v1::UpdateNoteRequest&)> update{};
  std::function<void(Call&, const rpctest::v1::GetNoteRequest&, Responder)> read{};
  std::function<absl::Status(std::shared_ptr<EventStream>, const rpctest::v1::WatchNotesRequest&)> watch{};
};

inline constexpr std::string_view kNoteService = "communique.rpctest.v1.NoteService";

ServiceMethods NoteMethods(Executor& executor, NoteHandlers handlers = {});

}  // namespace communique::platform
