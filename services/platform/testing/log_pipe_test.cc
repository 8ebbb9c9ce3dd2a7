// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/log_pipe.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {
namespace {

class LogPipeTest : public testing::Test {
 protected:
  // A child that does this with its log, which is $0.
  static std::vector<std::string> Shell(const std::string& script) { return {"/bin/sh", "-c", script, path()}; }
  static std::string path() { return folder().File("log"); }
  static TemporaryFolder& folder() {
    static TemporaryFolder folder;
    return folder;
  }
  void TearDown() override { unlink(path().c_str()); }
};

TEST_F(LogPipeTest, FindsALineThatComesLater) {
  LogPipe log(path());
  const Process process(Shell(R"(exec >"$0"; echo '{"message":"one"}'; echo '{"message":"two","port":7}'; sleep 60)"));
  log.Follow(process);
  EXPECT_EQ(log.WaitFor(R"("message":"two")").value("port", 0), 7);
  EXPECT_EQ(log.WaitFor(R"("message":"one")").value("message", ""), "one");
  EXPECT_EQ(log.Text(), "{\"message\":\"one\"}\n{\"message\":\"two\",\"port\":7}\n");
}

// Lines are looked for after the process has ended, too, to the last of them.
TEST_F(LogPipeTest, FindsALineOfAProcessThatHasEnded) {
  LogPipe log(path());
  Process process(Shell(R"(exec >"$0"; seq 20000 | sed 's/.*/{"line":&}/'; echo '{"message":"ended"}')"));
  log.Follow(process);
  EXPECT_EQ(process.Wait(absl::Minutes(1)), 0);
  EXPECT_EQ(log.WaitFor(R"("message":"ended")").value("message", ""), "ended");
  EXPECT_EQ(log.WaitFor(R"("line":20000)").value("line", 0), 20000);
}

// A minute would be the answer to a process that hangs. This one has a wrong flag, and never opened its log.
TEST_F(LogPipeTest, DoesNotWaitForAProcessThatHasEnded) {
  static LogPipe* log;
  LogPipe pipe(path());
  log = &pipe;
  const Process process(Shell("exit 64"));
  log->Follow(process);
  const absl::Time begin = absl::Now();
  EXPECT_NONFATAL_FAILURE(log->WaitFor("ready"), "the process has ended, and no log line with ready");
  EXPECT_NONFATAL_FAILURE(log->WaitFor("ready"), "the process has ended, and no log line with ready");
  EXPECT_LT(absl::Now() - begin, absl::Seconds(30));
  EXPECT_EQ(log->Text(), "");
}

// What a killed process left half written is no reason to wait either.
TEST_F(LogPipeTest, ReadsWhatAProcessLeftHalfWritten) {
  static LogPipe* log;
  LogPipe pipe(path());
  log = &pipe;
  const Process process(Shell(R"(exec >"$0"; printf '{"message":"on')"));
  log->Follow(process);
  EXPECT_NONFATAL_FAILURE(log->WaitFor("ready"), R"({"message":"on)");
}

}  // namespace
}  // namespace communique::platform
