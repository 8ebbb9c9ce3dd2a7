// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/testing/in_process_server.h"
#include "services/platform/rpc/testing/note_methods.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "services/platform/testing/fake_clock.h"

namespace communique::platform {
namespace {

using rpctest::v1::Note;
using rpctest::v1::NoteService;
using rpctest::v1::WatchNotesRequest;
using ::testing::HasSubstr;
using Push = EventStream::Push;

ReplyBytes Event(std::string_view text) {
  Note note;
  note.set_text(std::string(text));
  return *SerializeReply(note);
}

// A client's end of WatchNotes.
class Watcher {
 public:
  explicit Watcher(const std::shared_ptr<grpc::Channel>& channel) : stub_(NoteService::NewStub(channel)) {
    WatchNotesRequest request;
    request.set_parent("newsrooms/germany");
    reader_ = stub_->WatchNotes(&context_, request);
  }

  void WaitUntilOpen() { reader_->WaitForInitialMetadata(); }
  // The next event's text; "" at the end.
  std::string Next() {
    Note note;
    return reader_->Read(&note) ? note.text() : "";
  }
  absl::Status Finish() { return FromGrpcStatus(reader_->Finish()); }
  void Leave() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<NoteService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<Note>> reader_;
};

class StreamTest : public testing::Test {
 protected:
  // Streams are handed to `stream_`.
  void Start(ChainOptions chain = {}) {
    Start(
        [this](std::shared_ptr<EventStream> stream, const WatchNotesRequest&) {
          const std::lock_guard lock(mutex_);
          streams_.push_back(std::move(stream));
          return absl::OkStatus();
        },
        chain);
  }
  void Start(decltype(NoteHandlers::watch) watch, ChainOptions chain = {}) {
    server_.emplace(std::vector<ServiceMethods>{NoteMethods(executor_, {.watch = std::move(watch)})},
                    InProcessServerOptions{.chain = chain, .clock = &clock_});
  }

  std::shared_ptr<EventStream> StreamNumber(std::size_t index) {
    for (;;) {
      {
        const std::lock_guard lock(mutex_);
        if (streams_.size() > index) return streams_[index];
      }
      std::this_thread::yield();
    }
  }

  // For a reader that lets no more out of the server than HTTP/2 must.
  static grpc::ChannelArguments SmallWindow() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65'535);
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return arguments;
  }

  // Pushes until there is no room; the number of events that went in. What leaves for the network in the meantime makes
  // room: it has to stay full for a while.
  static int Fill(EventStream& stream, const ReplyBytes& event) {
    int pushed = 0;
    const auto full_for = std::chrono::milliseconds(200);
    auto full_since = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < full_since + full_for) {
      if (stream.TryPush(event) == Push::kAccepted) {
        ++pushed;
        full_since = std::chrono::steady_clock::now();
      } else {
        std::this_thread::yield();
      }
    }
    return pushed;
  }

  void WaitUntilNoStreamIsOpen() {
    while (server_->chain().open_streams() > 0) std::this_thread::yield();
  }

  FakeClock clock_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;
  std::latch release_{1};
  Executor executor_{{.name = "test", .limit_key = "test.max_queued", .threads = 2}, clock_};
  std::optional<InProcessServer> server_;
};

TEST_F(StreamTest, SendsWhatIsPushedInOrderAndThenTheEnd) {
  Start();
  Watcher watcher(server_->NewChannel());
  const auto stream = StreamNumber(0);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(stream->TryPush(Event(absl::StrCat("e", i))), Push::kAccepted);
  stream->End(absl::OkStatus());
  EXPECT_EQ(stream->TryPush(Event("late")), Push::kClosed);
  EXPECT_TRUE(stream->closed());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(watcher.Next(), absl::StrCat("e", i));
  EXPECT_EQ(watcher.Next(), "");
  EXPECT_TRUE(watcher.Finish().ok());
  WaitUntilNoStreamIsOpen();
  const std::string page = server_->metrics().Text();
  EXPECT_THAT(page, HasSubstr("grpc_server_msg_sent_total{grpc_method=\"WatchNotes\",grpc_service=\"communique.rpctest."
                              "v1.NoteService\",grpc_type=\"server_stream\"} 100\n"));
}

TEST_F(StreamTest, IsOpenBeforeTheFirstEvent) {
  Start();
  Watcher watcher(server_->NewChannel());
  watcher.WaitUntilOpen();
  StreamNumber(0)->End(absl::OkStatus());
  EXPECT_TRUE(watcher.Finish().ok());
}

TEST_F(StreamTest, AnErrorOfTheStartEndsItWithItsReason) {
  Start([](const std::shared_ptr<EventStream>& stream, const WatchNotesRequest&) {
    stream->call().AddTrailer("communique-token", "t");
    return MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOO_OLD, "too old");
  });
  Watcher watcher(server_->NewChannel());
  EXPECT_EQ(watcher.Next(), "");
  const absl::Status status = watcher.Finish();
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_WATCH_TOO_OLD);
}

TEST_F(StreamTest, AStartThatThrowsIsInternal) {
  Start([](const std::shared_ptr<EventStream>&, const WatchNotesRequest&) -> absl::Status {
    throw std::runtime_error("no");
  });
  Watcher watcher(server_->NewChannel());
  EXPECT_EQ(watcher.Finish().code(), absl::StatusCode::kInternal);
}

TEST_F(StreamTest, AReaderWhoTakesNothingFillsABoundedBufferAndRoomIsTold) {
  Start({.max_stream_events = 8});
  Watcher watcher(server_->NewChannel(SmallWindow()));
  const auto stream = StreamNumber(0);
  std::atomic<bool> room = false;
  stream->OnRoom([&] { room = true; });
  const ReplyBytes event = Event(std::string(10'000, 'x'));
  const int pushed = Fill(*stream, event);
  room = false;
  EXPECT_EQ(stream->TryPush(event), Push::kFull);
  EXPECT_GE(pushed, 8);
  EXPECT_LT(pushed, 40);  // the buffer, and what HTTP/2 lets out before it is read
  for (int i = 0; i < pushed; ++i) EXPECT_EQ(watcher.Next().size(), 10'000U);
  while (!room) std::this_thread::yield();
  EXPECT_EQ(stream->TryPush(event), Push::kAccepted);
  stream->End(absl::OkStatus());
  EXPECT_EQ(watcher.Next().size(), 10'000U);
  EXPECT_TRUE(watcher.Finish().ok());
  server_.reset();  // a callback may still be on its way out
}

TEST_F(StreamTest, TheBufferIsBoundedInBytesTooButTakesOneEventOfAnySize) {
  Start({.max_stream_events = 1000, .max_stream_bytes = 30'000});
  Watcher watcher(server_->NewChannel(SmallWindow()));
  const auto stream = StreamNumber(0);
  // One on its way, one in the buffer.
  EXPECT_EQ(Fill(*stream, Event(std::string(1'000'000, 'x'))), 2);
  EXPECT_EQ(stream->TryPush(Event("small")), Push::kFull);
  EXPECT_EQ(watcher.Next().size(), 1'000'000U);
  EXPECT_EQ(watcher.Next().size(), 1'000'000U);
  stream->End(absl::OkStatus());
  EXPECT_TRUE(watcher.Finish().ok());
}

TEST_F(StreamTest, AReaderWhoLeavesIsTold) {
  Start();
  std::latch closed(1);
  {
    Watcher watcher(server_->NewChannel());
    const auto stream = StreamNumber(0);
    stream->OnClosed([&] { closed.count_down(); });
    EXPECT_EQ(stream->TryPush(Event("one")), Push::kAccepted);
    EXPECT_EQ(watcher.Next(), "one");
    watcher.Leave();
    closed.wait();
    EXPECT_EQ(stream->TryPush(Event("two")), Push::kClosed);
    EXPECT_TRUE(stream->closed());
    EXPECT_TRUE(stream->call().cancelled());
    EXPECT_EQ(watcher.Finish().code(), absl::StatusCode::kCancelled);
  }
  WaitUntilNoStreamIsOpen();
  bool at_once = false;
  StreamNumber(0)->OnClosed([&] { at_once = true; });
  EXPECT_TRUE(at_once);
}

TEST_F(StreamTest, MayBeHeldLongerThanTheServerLives) {
  Start();
  Watcher watcher(server_->NewChannel());
  const auto stream = StreamNumber(0);
  server_.reset();
  EXPECT_EQ(stream->TryPush(Event("x")), Push::kClosed);
  stream->End(absl::OkStatus());
  EXPECT_TRUE(stream->closed());
  EXPECT_FALSE(stream->call().request_id().empty());
  EXPECT_EQ(ReasonOf(watcher.Finish()), Reason::ERROR_REASON_WATCH_ENDED);
}

TEST_F(StreamTest, AReaderWhoLeavesWhileManyPushIsTold) {
  Start({.max_stream_events = 4});
  std::vector<std::thread> pushers;
  for (int i = 0; i < 20; ++i) {
    Watcher watcher(server_->NewChannel());
    const auto stream = StreamNumber(static_cast<std::size_t>(i));
    for (int t = 0; t < 2; ++t) {
      pushers.emplace_back([stream] {
        while (stream->TryPush(Event("x")) != Push::kClosed) std::this_thread::yield();
      });
    }
    EXPECT_EQ(watcher.Next(), "x");
    watcher.Leave();
    EXPECT_FALSE(watcher.Finish().ok());
  }
  for (std::thread& pusher : pushers) pusher.join();
  WaitUntilNoStreamIsOpen();
}

TEST_F(StreamTest, EndsByItselfBeforeTheConnectionDoes) {
  Start({.max_stream_age = absl::Minutes(10)});
  Watcher watcher(server_->NewChannel());
  const auto stream = StreamNumber(0);
  EXPECT_LE(stream->call().deadline(), clock_.Now() + absl::Minutes(11));
  clock_.Advance(absl::Minutes(9) - absl::Seconds(1));
  server_->chain().Tick();
  EXPECT_FALSE(stream->closed());
  clock_.Advance(absl::Minutes(2) + absl::Seconds(1));
  server_->chain().Tick();
  EXPECT_TRUE(stream->closed());
  const absl::Status status = watcher.Finish();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_WATCH_ENDED);
}

TEST_F(StreamTest, AReaderWhoTakesNothingForTooLongIsEnded) {
  Start({.max_stream_age = absl::Hours(1), .stream_write_timeout = absl::Seconds(30), .max_stream_events = 4});
  Watcher watcher(server_->NewChannel());
  const auto stream = StreamNumber(0);
  Fill(*stream, Event(std::string(100'000, 'x')));
  clock_.Advance(absl::Seconds(29));
  server_->chain().Tick();
  EXPECT_FALSE(stream->closed());
  clock_.Advance(absl::Seconds(2));
  server_->chain().Tick();
  EXPECT_TRUE(stream->closed());
  // It does not take the end either: the connection forgets it.
  clock_.Advance(absl::Seconds(6));
  server_->chain().Tick();
  WaitUntilNoStreamIsOpen();
  while (!watcher.Next().empty()) {
  }
  const absl::StatusCode code = watcher.Finish().code();
  EXPECT_TRUE(code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kCancelled) << code;
}

TEST_F(StreamTest, AStartThatDoesNotBlockWaitsForNoThread) {
  Executor busy({.name = "busy", .limit_key = "busy.max_queued", .threads = 1, .max_queued = 1}, clock_);
  std::latch at_work(1);
  ASSERT_TRUE(busy.Submit([&] {
                    at_work.count_down();
                    release_.wait();
                  })
                  .ok());
  at_work.wait();
  ASSERT_TRUE(busy.Submit([] {}).ok());
  ASSERT_FALSE(busy.Submit([] {}).ok()) << "it is full";
  ServiceMethods methods = NoteMethods(busy);
  for (Method& method : methods.methods) {
    if (method.name != "WatchNotes") continue;
    method = ServerStream<WatchNotesRequest>(
        "WatchNotes", [](const std::shared_ptr<EventStream>& stream, const WatchNotesRequest&) {
          EXPECT_EQ(stream->TryPush(Event("at once")), Push::kAccepted);
          stream->End(MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOO_OLD, "too old"));
          return absl::OkStatus();
        });
  }
  server_.emplace(std::vector<ServiceMethods>{std::move(methods)}, InProcessServerOptions{.clock = &clock_});
  const auto channel = server_->NewChannel();
  for (int i = 0; i < 100; ++i) {
    Watcher watcher(channel);
    EXPECT_EQ(watcher.Next(), "at once");
    EXPECT_EQ(watcher.Next(), "");
    EXPECT_EQ(ReasonOf(watcher.Finish()), Reason::ERROR_REASON_WATCH_TOO_OLD);
  }
  release_.count_down();
}

TEST_F(StreamTest, ADrainEndsAllStreamsAndTakesNoNewOnes) {
  Start();
  const auto channel = server_->NewChannel();
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (std::size_t i = 0; i < 10; ++i) {
    watchers.push_back(std::make_unique<Watcher>(channel));
    StreamNumber(i)->TryPush(Event("one"));
  }
  server_->chain().RefuseCalls();
  for (const auto& watcher : watchers) {
    while (!watcher->Next().empty()) {
    }
    const absl::Status status = watcher->Finish();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_WATCH_ENDED);
  }
  WaitUntilNoStreamIsOpen();
  EXPECT_EQ(ReasonOf(Watcher(channel).Finish()), Reason::ERROR_REASON_SHUTTING_DOWN);
}

TEST_F(StreamTest, ADrainEndsAStreamWhoseStartIsStillAtWork) {
  std::latch started(1);
  Start([&](const std::shared_ptr<EventStream>& stream, const WatchNotesRequest&) {
    started.count_down();
    release_.wait();
    EXPECT_TRUE(stream->closed());
    return absl::InternalError("too late to be told");
  });
  Watcher watcher(server_->NewChannel());
  started.wait();
  server_->chain().RefuseCalls();
  EXPECT_EQ(ReasonOf(watcher.Finish()), Reason::ERROR_REASON_WATCH_ENDED);
  release_.count_down();
}

TEST_F(StreamTest, HaveALimitOfTheirOwn) {
  Start({.max_calls_in_flight = 1, .max_streams = 2});
  const auto channel = server_->NewChannel();
  Watcher one(channel);
  Watcher two(channel);
  StreamNumber(1);
  Watcher three(channel);
  const absl::Status status = three.Finish();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_OVERLOADED);
  EXPECT_EQ(ErrorMetadataValue(status, "limit"), "rpc.max_streams");
  one.Leave();
  two.Leave();
  EXPECT_FALSE(one.Finish().ok());
  EXPECT_FALSE(two.Finish().ok());
}

TEST_F(StreamTest, CallbacksMayUseTheStream) {
  Start({.max_stream_events = 2});
  Watcher watcher(server_->NewChannel());
  const auto stream = StreamNumber(0);
  std::atomic<int> sent = 0;
  const auto push_all = [&] {
    while (sent < 1000 && stream->TryPush(Event("x")) == Push::kAccepted) ++sent;
    if (sent == 1000) stream->End(absl::OkStatus());
  };
  stream->OnRoom(push_all);
  stream->OnClosed([&] { EXPECT_TRUE(stream->closed()); });
  push_all();
  int received = 0;
  while (!watcher.Next().empty()) ++received;
  EXPECT_EQ(received, 1000);
  EXPECT_TRUE(watcher.Finish().ok());
  server_.reset();  // a callback may still be on its way out
}

}  // namespace
}  // namespace communique::platform
