// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <latch>
#include <limits>
#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/captured_log.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::vector<nlohmann::json> Parse(const std::string& text) {
  std::vector<nlohmann::json> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    lines.push_back(nlohmann::json::parse(std::string(line)));
  }
  return lines;
}

TEST(LogTest, WritesOneJsonObjectPerLine) {
  CapturedLog captured;
  captured.log().Info("a call ended", {{"method", "/x.Y/Z"},
                                       {"seconds", 0.25},
                                       {"bytes", 1234},
                                       {"cached", true},
                                       {"wait_seconds", absl::Milliseconds(1500)},
                                       {"deadline", absl::FromUnixSeconds(1'790'000'000)},
                                       LogField::Json("request", R"({"page_size":5})")});
  const std::string text = captured.Text();
  EXPECT_THAT(text, MatchesRegex(R"(\{"time":"[0-9]{4}-[0-9-]+T[0-9:]+\.[0-9]{6}Z","severity":"INFO",)"
                                 R"("service":"test","message":"a call ended",.*\}.)"));
  const auto line = Parse(text).at(0);
  EXPECT_EQ(line["method"], "/x.Y/Z");
  EXPECT_EQ(line["seconds"], 0.25);
  EXPECT_EQ(line["bytes"], 1234);
  EXPECT_EQ(line["cached"], true);
  EXPECT_EQ(line["wait_seconds"], 1.5);
  EXPECT_EQ(line["deadline"], "2026-09-21T14:13:20+00:00");
  EXPECT_EQ(line["request"]["page_size"], 5);
}

TEST(LogTest, KeepsEveryLineWholeWhateverAFieldHolds) {
  CapturedLog captured;
  captured.log().Info("hostile", {{"newline", "a\nb"},
                                  {"quote", "\"},{\"x\":\"y"},
                                  {"not_utf8", "\xff\xfe"},
                                  {"umlauts", "Grüße"},
                                  {"nan", std::numeric_limits<double>::quiet_NaN()},
                                  {"long", std::string(10'000, 'x')}});
  const auto lines = Parse(captured.Text());
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]["newline"], "a\nb");
  EXPECT_EQ(lines[0]["quote"], "\"},{\"x\":\"y");
  EXPECT_EQ(lines[0]["not_utf8"], "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(lines[0]["umlauts"], "Grüße");
  EXPECT_TRUE(lines[0]["nan"].is_null());
  EXPECT_EQ(lines[0]["long"].get<std::string>().size(), 4096 + std::string("…").size());
}

TEST(LogTest, FieldsOfAScopeFollowItAcrossThreads) {
  CapturedLog captured;
  const Log request = captured.log().With({{"request_id", "r-1"}}).With({{"trace_id", "t-1"}});
  std::thread([request] { request.Warning("elsewhere"); }).join();
  captured.log().Info("without");
  const auto lines = Parse(captured.Text());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]["request_id"], "r-1");
  EXPECT_EQ(lines[0]["trace_id"], "t-1");
  EXPECT_EQ(lines[0]["severity"], "WARNING");
  EXPECT_FALSE(lines[1].contains("request_id"));
}

TEST(LogTest, LeavesOutWhatIsBelowItsSeverity) {
  CapturedLog captured(Severity::kWarning);
  const Log log = captured.log();
  EXPECT_FALSE(log.Enabled(Severity::kInfo));
  EXPECT_TRUE(log.Enabled(Severity::kError));
  log.Debug("no");
  log.Info("no");
  log.Error("yes");
  EXPECT_EQ(Parse(captured.Text()).size(), 1U);
}

TEST(LogTest, ADefaultLogGoesNowhere) {
  const Log log;
  EXPECT_FALSE(log.Enabled(Severity::kError));
  log.With({{"a", 1}}).Error("nobody hears this");
}

TEST(LogTest, TellsErrorsWithoutQuotingTheCaller) {
  CapturedLog captured;
  captured.log().Info("refused", {LogField::Error(InvalidField("contact.name", "\"Jane Doe\" is too short"))});
  captured.log().Error("failed", {LogField::Error(InternalError("the etag column is empty"))});
  const std::string text = captured.Text();
  EXPECT_THAT(text, Not(HasSubstr("Jane")));
  const auto lines = Parse(text);
  EXPECT_EQ(lines[0]["error"]["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(lines[0]["error"]["reason"], "FIELD_INVALID");
  EXPECT_EQ(lines[1]["error"]["message"], "the etag column is empty");
}

TEST(LogTest, DropsAndCountsWhatAStuckWriterCannotTake) {
  LogOptions options;
  options.service = "test";
  options.max_queued = 4;
  std::latch first_line(1);
  std::latch go_on(1);
  std::vector<std::string> written;
  auto writer = LogWriter::ToFunction(options, [&](std::string_view line) {
    if (written.empty()) {
      first_line.count_down();
      go_on.wait();
    }
    written.emplace_back(line);
  });
  const Log log = writer->log();
  log.Info("first");
  first_line.wait();
  for (int i = 0; i < 10; ++i) log.Info("more", {{"number", i}});
  EXPECT_EQ(writer->dropped(), 6U) << "4 of 10 fit the queue";
  go_on.count_down();
  ASSERT_TRUE(writer->Flush(absl::Seconds(30)));
  ASSERT_EQ(written.size(), 6U);
  EXPECT_THAT(written[1], HasSubstr("\"message\":\"log lines were dropped\",\"lines\":6"));
  EXPECT_THAT(written[2], HasSubstr("\"number\":6")) << "the oldest were dropped";
}

TEST(LogTest, APipeThatNobodyReadsDoesNotKeepTheProcessFromEnding) {
  std::string folder = testing::TempDir() + "/communique_log_XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  LogOptions options;
  options.destination = folder + "/pipe";
  ASSERT_EQ(mkfifo(options.destination.c_str(), 0600), 0);
  const int reader = open(options.destination.c_str(), O_RDONLY | O_NONBLOCK);  // holds the pipe open, never reads
  ASSERT_GE(reader, 0);
  auto writer = LogWriter::Open(options);
  ASSERT_TRUE(writer.ok());
  const std::string much(4000, 'x');
  for (int i = 0; i < 100; ++i) (*writer)->log().Info("fill the pipe", {{"text", much}});
  EXPECT_FALSE((*writer)->Flush(absl::Milliseconds(1)));
  writer->reset();  // returns, if not at once
  close(reader);
}

TEST(LogTest, AppendsToAFileAndRefusesOneItCannotOpen) {
  std::string folder = testing::TempDir() + "/communique_log_XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  LogOptions options;
  options.service = "test";
  options.destination = folder + "/log.jsonl";
  for (int i = 0; i < 2; ++i) {
    auto writer = LogWriter::Open(options);
    ASSERT_TRUE(writer.ok()) << writer.status();
    (*writer)->log().Info("hello");
  }
  std::stringstream text;
  text << std::ifstream(options.destination).rdbuf();
  EXPECT_EQ(Parse(text.str()).size(), 2U);

  options.destination = folder + "/missing/log.jsonl";
  const auto refused = LogWriter::Open(options);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(
      std::string(refused.status().message()),
      testing::AllOf(HasSubstr("log.destination"), HasSubstr("No such file or directory"), HasSubstr("stderr")));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace communique::platform
