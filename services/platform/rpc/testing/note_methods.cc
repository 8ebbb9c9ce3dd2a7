// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/note_methods.h"

#include <utility>

namespace communique::platform {

using rpctest::v1::BatchGetNotesRequest;
using rpctest::v1::CountNotesRequest;
using rpctest::v1::GetNoteRequest;
using rpctest::v1::Note;
using rpctest::v1::UpdateNoteRequest;
using rpctest::v1::WatchNotesRequest;

namespace {

Note NoteNamed(const std::string& name) {
  Note note;
  note.set_name(name);
  return note;
}

}  // namespace

ServiceMethods NoteMethods(Executor& executor, NoteHandlers handlers) {
  if (!handlers.get) {
    handlers.get = [](Call&, const GetNoteRequest& request) { return NoteNamed(request.name()); };
  }
  if (!handlers.update) handlers.update = [](Call&, const UpdateNoteRequest& request) { return request.note(); };
  if (!handlers.read) {
    handlers.read = [](Call&, const GetNoteRequest& request, const Responder& respond) {
      respond(SerializeReply(NoteNamed(request.name())));
    };
  }
  if (!handlers.watch) {
    handlers.watch = [](const std::shared_ptr<EventStream>&, const WatchNotesRequest&) { return absl::OkStatus(); };
  }
  return {std::string(kNoteService),
          {Unary<GetNoteRequest, Note>("GetNote", executor, std::move(handlers.get)),
           Unary<UpdateNoteRequest, Note>("UpdateNote", executor, std::move(handlers.update)),
           UnaryAsync<GetNoteRequest>("ReadNote", std::move(handlers.read)),
           ServerStream<WatchNotesRequest>("WatchNotes", executor, std::move(handlers.watch)),
           Unary<BatchGetNotesRequest, Note>("BatchGetNotes", executor,
                                             [](Call&, const BatchGetNotesRequest&) { return Note(); }),
           Unary<CountNotesRequest, ReplyBytes>("CountNotes", executor,
                                                [](Call&, const CountNotesRequest&) { return ReplyBytes(); })}};
}

}  // namespace communique::platform
