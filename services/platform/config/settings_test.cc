// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/config/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

enum class Mode { kNone, kTokens };

struct Config {
  std::string name = "communique";
  bool reflection = false;
  int threads = 4;
  std::size_t max_queued = 100;
  std::int64_t max_receive_bytes = 4 << 20;
  absl::Duration drain_delay = absl::Seconds(5);
  std::vector<std::string> languages = {"de", "en"};
  Mode mode = Mode::kNone;
  std::string internal = "127.0.0.1:8081";
  std::string password;
  std::string dump;
};

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    folder_ = testing::TempDir() + "/communique_settings_XXXXXX";
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    settings_.Bind("name", &config_.name, "What the service calls itself.");
    settings_.BindAddress("listen.internal", &config_.internal,
                          "Where the services of the suite and the press office's apps call. Empty: nowhere.");
    settings_.BindBytes("listen.max_receive", &config_.max_receive_bytes, {1024, 64 << 20}, "The largest request.");
    settings_.Bind("listen.reflection", &config_.reflection, "Whether grpcurl may ask what there is.");
    settings_.BindChoice<Mode>("auth.mode", &config_.mode, {{"none", Mode::kNone}, {"tokens", Mode::kTokens}},
                               "How callers are told apart.");
    settings_.BindSecret("database.password", &config_.password, "The password of the database.");
    settings_.Bind("database.pool.threads", &config_.threads, {1, 64}, "Threads that read.");
    settings_.Bind("database.pool.max_queued", &config_.max_queued, {0, 10'000}, "Reads that may wait.");
    settings_.Bind("drain.delay", &config_.drain_delay, {absl::ZeroDuration(), absl::Minutes(5)},
                   "How long the server still answers after it has said that it ends.");
    settings_.Bind("languages", &config_.languages, "Languages to speak.");
    settings_.BindArgument("dump", &config_.dump, "Print the resource of this name as JSON, and end.");
  }
  ~SettingsTest() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
    return folder_ + "/" + name;
  }

  // The problems of a configuration, with the test's folder cut off; empty when it is usable.
  std::string Problems(const std::string& yaml, const std::map<std::string, std::string>& environment = {},
                       std::vector<std::string> flags = {}) {
    if (!yaml.empty()) flags.push_back("--config=" + File("c.yaml", yaml));
    const auto loaded = settings_.Load(flags, environment);
    return absl::StrReplaceAll(std::string(loaded.status().message()), {{folder_ + "/", ""}});
  }

  Config config_;
  Settings settings_{"releases", "writes, clears and publishes press releases"};
  std::string folder_;
};

TEST_F(SettingsTest, HasDefaults) {
  const auto loaded = settings_.Load({}, {});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_FALSE(loaded->has_value());
  EXPECT_EQ(config_.threads, 4);
  EXPECT_EQ(config_.internal, "127.0.0.1:8081");
}

TEST_F(SettingsTest, ReadsEveryTypeFromAFile) {
  EXPECT_EQ(Problems(R"(
name: press
listen:
  internal: "[::1]:9000"
  max_receive: 8MiB
  reflection: true
auth:
  mode: tokens
database:
  pool: {threads: 8, max_queued: 0}
drain:
  delay: 250ms
languages:
  - fr
  - es
)"),
            "");
  EXPECT_EQ(config_.name, "press");
  EXPECT_EQ(config_.internal, "[::1]:9000");
  EXPECT_EQ(config_.max_receive_bytes, 8 << 20);
  EXPECT_TRUE(config_.reflection);
  EXPECT_EQ(config_.mode, Mode::kTokens);
  EXPECT_EQ(config_.threads, 8);
  EXPECT_EQ(config_.max_queued, 0U);
  EXPECT_EQ(config_.drain_delay, absl::Milliseconds(250));
  EXPECT_THAT(config_.languages, ElementsAre("fr", "es"));
}

TEST_F(SettingsTest, AFlagBeatsTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefault) {
  const std::string yaml = "database: {pool: {threads: 5, max_queued: 5}}\nname: file\n";
  EXPECT_EQ(Problems(yaml, {{"COMMUNIQUE_RELEASES_DATABASE_POOL_THREADS", "6"}, {"COMMUNIQUE_RELEASES_NAME", "env"}},
                     {"--database.pool.threads", "7"}),
            "");
  EXPECT_EQ(config_.threads, 7);
  EXPECT_EQ(config_.name, "env");
  EXPECT_EQ(config_.max_queued, 5U);
  EXPECT_EQ(config_.drain_delay, absl::Seconds(5));
}

TEST_F(SettingsTest, SplitsListsInTheEnvironmentAndInFlags) {
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_LANGUAGES", "fr, es"}}), "");
  EXPECT_THAT(config_.languages, ElementsAre("fr", "es"));
  EXPECT_EQ(Problems("", {}, {"--languages=ar"}), "");
  EXPECT_THAT(config_.languages, ElementsAre("ar"));
  EXPECT_EQ(Problems("languages: []"), "");
  EXPECT_THAT(config_.languages, IsEmpty());
}

TEST_F(SettingsTest, TakesTheFileFromTheEnvironmentToo) {
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_CONFIG", File("e.yaml", "name: from the environment's file")}}), "");
  EXPECT_EQ(config_.name, "from the environment's file");
}

TEST_F(SettingsTest, ASectionMayBeEmptyAndAFileMayHoldNothing) {
  EXPECT_EQ(Problems("listen:\n  # internal: 1\ndatabase:\n  pool:\n"), "");
  EXPECT_EQ(Problems("# nothing\n"), "");
  EXPECT_EQ(Problems("\n"), "");
}

TEST_F(SettingsTest, IgnoresWhatKubernetesPutsIntoTheEnvironment) {
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_SERVICE_HOST", "10.0.0.1"},
                          {"COMMUNIQUE_RELEASES_SERVICE_PORT_GRPC", "8080"},
                          {"COMMUNIQUE_RELEASES_PORT", "tcp://10.0.0.1:8080"},
                          {"COMMUNIQUE_RELEASES_PORT_8080_TCP", "tcp://10.0.0.1:8080"},
                          {"COMMUNIQUE_RELEASES_PORT_8080_TCP_ADDR", "10.0.0.1"},
                          {"COMMUNIQUE_CONTACTS_NAME", "another service's"},
                          {"HOME", "/"}}),
            "");
}

struct WrongFile {
  const char* yaml;
  const char* problem;
};

TEST_F(SettingsTest, SaysWhereAFileIsWrongAndWhatWouldBeRight) {
  const WrongFile cases[] = {
      {"listen:\n  intrenal: 127.0.0.1:1",
       "c.yaml:2: listen.intrenal: there is no such key; did you mean listen.internal?"},
      {"lisen:\n  internal: 127.0.0.1:1",
       "c.yaml:2: lisen.internal: there is no such key; did you mean listen.internal?"},
      {"pool:\n  threads: 3", "c.yaml:2: pool.threads: there is no such key; did you mean database.pool.threads?"},
      {"completely: different", "c.yaml:1: completely: there is no such key; --help lists those there are"},
      {"name: a\nlisten: 127.0.0.1:1", "c.yaml:2: listen: is a section; its keys stand below it, indented"},
      {"name:\n  first: a", "c.yaml:2: name.first: there is no such key; --help lists those there are"},
      {"name:", "c.yaml:1: name: has no value; write one (text) or remove the line"},
      {"name: [a, b]", "c.yaml:1: name: takes one value, not a list"},
      {"languages: de",
       "c.yaml:1: languages: takes a list; write [one, two], or each on a line of its own after \"- \""},
      {"languages: [[de]]", "c.yaml:1: languages is a list of something other than texts"},
      {"name: a\nname: b", "c.yaml:2: name is given twice; the first time at c.yaml:1"},
      {"listen: {reflection: yes}", "c.yaml:1: listen.reflection: \"yes\" is neither true nor false"},
      {"database: {pool: {threads: many}}",
       "c.yaml:1: database.pool.threads: \"many\" is not a number; write digits only"},
      {"database: {pool: {threads: 0}}",
       "c.yaml:1: database.pool.threads: 0 is out of bounds; it must be from 1 to 64"},
      {"database: {pool: {max_queued: -1}}",
       "c.yaml:1: database.pool.max_queued: -1 is out of bounds; it must be from 0 to 10000"},
      {"drain: {delay: 5}",
       "c.yaml:1: drain.delay: \"5\" is not a duration; write a number with its unit: 250ms, 1.5s, 2h30m"},
      {"drain: {delay: 1h}", "c.yaml:1: drain.delay: 1h is out of bounds; it must be from 0 to 5m"},
      {"listen: {max_receive: 4MB}",
       "c.yaml:1: listen.max_receive: \"4MB\" is not a number of bytes; write a whole number with its unit: 512B, "
       "64KiB, "
       "4MiB, 1GiB"},
      {"listen: {max_receive: 1GiB}",
       "c.yaml:1: listen.max_receive: 1GiB is out of bounds; it must be from 1KiB to 64MiB"},
      {"auth: {mode: token}", "c.yaml:1: auth.mode: \"token\" is none of the choices; write one of: none, tokens"},
      {"listen: {internal: 8081}",
       "c.yaml:1: listen.internal: \"8081\" is not an address: there is no port; write host:port (\"127.0.0.1:8080\", "
       "\"[::1]:8080\") or unix:/path/of/socket"},
      {"database:\n  password: hunter2",
       "c.yaml:2: database.password: a secret does not stand in the configuration file; name a file that holds it with "
       "database.password_file, or use the environment variable COMMUNIQUE_RELEASES_DATABASE_PASSWORD"},
      {"- a\n- b", "c.yaml:1: the file is not a map of keys to values"},
      {"just text", "c.yaml:1: the file is not a map of keys to values"},
      {"name: a\n  listen: b", "c.yaml:2: is not YAML: illegal map value (column 9)"},
      {"name: \"a", "c.yaml:1: is not YAML: illegal EOF in scalar (column 9)"},
  };
  for (const WrongFile& wrong : cases) EXPECT_EQ(Problems(wrong.yaml), wrong.problem) << wrong.yaml;
}

TEST_F(SettingsTest, SaysWhatIsWrongWithTheEnvironment) {
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_LISTEN_INTERNALS", "x"}}),
            "environment COMMUNIQUE_RELEASES_LISTEN_INTERNALS: there is no such setting; did you mean "
            "COMMUNIQUE_RELEASES_LISTEN_INTERNAL?");
  EXPECT_EQ(
      Problems("", {{"COMMUNIQUE_RELEASES_DATABASE_POOL_THREADS", "65"}}),
      "environment COMMUNIQUE_RELEASES_DATABASE_POOL_THREADS: database.pool.threads: 65 is out of bounds; it must "
      "be from 1 to 64");
}

TEST_F(SettingsTest, SaysWhatIsWrongWithFlags) {
  EXPECT_EQ(Problems("", {}, {"--listen.intern=x"}),
            "flag --listen.intern: there is no such flag; did you mean --listen.internal?");
  EXPECT_EQ(Problems("", {}, {"serve"}), "flags: \"serve\" belongs to no flag; write --key=value");
  EXPECT_EQ(Problems("", {}, {"--drain.delay=soon"}),
            "flag --drain.delay: drain.delay: \"soon\" is not a duration; write a number with its unit: 250ms, 1.5s, "
            "2h30m");
  EXPECT_EQ(Problems("", {}, {"--database.password=hunter2"}),
            "flag --database.password: a secret is not given as a flag, which every user of the machine can see; use "
            "--database.password_file or the environment variable COMMUNIQUE_RELEASES_DATABASE_PASSWORD");
  EXPECT_THAT(Problems("", {}, {"--drain.delay"}), HasSubstr("flags: --drain.delay: 1 required"));
}

TEST_F(SettingsTest, AFlagMayHaveAnEmptyValueAndOneThatLooksLikeAFlag) {
  EXPECT_EQ(Problems("", {}, {"--listen.internal=", "--name=x"}), "");
  EXPECT_EQ(config_.internal, "");
  EXPECT_EQ(config_.name, "x");
  EXPECT_EQ(Problems("", {}, {"--name=--drain.delay=9s", "--name", ""}), "");
  EXPECT_EQ(config_.name, "") << "the last one counts";
  EXPECT_EQ(Problems("", {}, {"--name=--drain.delay=9s"}), "");
  EXPECT_EQ(config_.name, "--drain.delay=9s");
  EXPECT_EQ(config_.drain_delay, absl::Seconds(5));
  EXPECT_EQ(Problems("", {}, {"--name=a=b,c d"}), "");
  EXPECT_EQ(config_.name, "a=b,c d");
}

TEST_F(SettingsTest, ListsAllProblemsAtOnce) {
  EXPECT_EQ(Problems("nmae: a\ndrain: {delay: 9h}", {{"COMMUNIQUE_RELEASES_NAEM", "b"}}, {"--nam=c"}),
            "flag --nam: there is no such flag; did you mean --name?\n"
            "c.yaml:1: nmae: there is no such key; did you mean name?\n"
            "c.yaml:2: drain.delay: 9h is out of bounds; it must be from 0 to 5m\n"
            "environment COMMUNIQUE_RELEASES_NAEM: there is no such setting; did you mean COMMUNIQUE_RELEASES_NAME?");
}

TEST_F(SettingsTest, SaysWhenTheFileCannotBeRead) {
  EXPECT_EQ(Problems("", {}, {"--config=" + folder_ + "/missing.yaml"}),
            "missing.yaml: cannot be read: No such file or directory");
  EXPECT_THAT(Problems("", {}, {"--config=" + folder_}), HasSubstr("cannot be read: Is a directory"));
}

TEST_F(SettingsTest, ChecksRulesOverSeveralKeysWhenEachIsRight) {
  settings_.Check("listen.internal", [this] {
    return config_.mode == Mode::kNone && config_.internal != "127.0.0.1:8081"
               ? std::string("only loopback without tokens; set auth.mode to tokens")
               : std::string();
  });
  EXPECT_EQ(Problems("auth: {mode: tokens}\nlisten: {internal: 0.0.0.0:1}"), "");
  EXPECT_EQ(Problems("auth: {mode: none}\nlisten: {internal: 0.0.0.0:1}"),
            "c.yaml:2: listen.internal: only loopback without tokens; set auth.mode to tokens");
  EXPECT_THAT(Problems("auth: {mode: nine}\nlisten: {internal: 0.0.0.0:1}"), Not(HasSubstr("loopback")));
}

TEST_F(SettingsTest, ReadsSecretsFromTheEnvironmentOrAFile) {
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_DATABASE_PASSWORD", "hunter2"}}), "");
  EXPECT_EQ(config_.password, "hunter2");
}

TEST_F(SettingsTest, ReadsSecretsFromAFileWithoutItsLastNewline) {
  EXPECT_EQ(Problems("database: {password_file: " + File("secret", "hunter3\n") + "}"), "");
  EXPECT_EQ(config_.password, "hunter3");
}

TEST_F(SettingsTest, SaysWhatIsWrongWithASecretsFile) {
  EXPECT_EQ(Problems("", {}, {"--database.password_file=" + folder_ + "/missing"}),
            "flag --database.password_file: database.password_file: cannot read missing: No such file or directory");
  EXPECT_EQ(Problems("", {}, {"--database.password_file=" + File("empty", "\n")}),
            "flag --database.password_file: database.password_file: empty holds 0 bytes; a secret has 1 to 65536");
  EXPECT_EQ(Problems("", {{"COMMUNIQUE_RELEASES_DATABASE_PASSWORD", "a"}},
                     {"--database.password_file=" + File("secret", "b")}),
            "environment COMMUNIQUE_RELEASES_DATABASE_PASSWORD: database.password is given as well as "
            "database.password_file (flag --database.password_file); keep one of them");
}

TEST_F(SettingsTest, NeverPrintsASecret) {
  const std::map<std::string, std::string> environment = {{"COMMUNIQUE_RELEASES_DATABASE_PASSWORD", "hunter2"}};
  for (const char* flag : {"--print-config", "--help", "--print-example", "--version"}) {
    const auto loaded = settings_.Load({flag}, environment);
    ASSERT_TRUE(loaded.ok() && loaded->has_value()) << flag;
    EXPECT_THAT(**loaded, Not(HasSubstr("hunter2"))) << flag;
  }
  EXPECT_THAT(Problems("drain: {delay: x}", environment), Not(HasSubstr("hunter2")));
}

TEST_F(SettingsTest, PrintsWhatIsSetAndWhereItCameFrom) {
  const std::string file = File("c.yaml", "drain: {delay: 1m}");
  const auto printed =
      settings_.Load({"--print-config", "--config", file, "--name=\"quoted\": # text"},
                     {{"COMMUNIQUE_RELEASES_LANGUAGES", "fr"}, {"COMMUNIQUE_RELEASES_DATABASE_PASSWORD", "hunter2"}});
  ASSERT_TRUE(printed.ok()) << printed.status();
  const std::string text = **printed;
  EXPECT_THAT(text, HasSubstr("drain:\n  delay: 1m  # " + file + ":1\n"));
  EXPECT_THAT(text, HasSubstr("languages: [fr]  # environment COMMUNIQUE_RELEASES_LANGUAGES\n"));
  EXPECT_THAT(text, HasSubstr("# password: ***  (environment COMMUNIQUE_RELEASES_DATABASE_PASSWORD)"));
  EXPECT_THAT(text, HasSubstr("    threads: 4  # default\n"));

  // What is printed can be used again as it is.
  EXPECT_EQ(Problems(text), "");
  EXPECT_EQ(config_.name, "\"quoted\": # text");
}

TEST_F(SettingsTest, TheExampleIsAFileOfDefaults) {
  const auto example = settings_.Load({"--print-example"}, {});
  ASSERT_TRUE(example.ok());
  ExpectGolden("services/platform/config/testdata/example.golden", **example);
  config_.threads = 9;
  config_.languages = {"xx"};
  EXPECT_EQ(Problems(**example), "");
  EXPECT_EQ(config_.threads, 4);
  EXPECT_THAT(config_.languages, ElementsAre("de", "en"));
}

TEST_F(SettingsTest, HelpAndTheTableNameEveryKey) {
  const auto help = settings_.Load({"--help", "--wrong", "--config=/nowhere"}, {});
  ASSERT_TRUE(help.ok()) << "help comes first, whatever else is wrong";
  ExpectGolden("services/platform/config/testdata/help.golden", **help);
  ExpectGolden("services/platform/config/testdata/table.golden", settings_.Markdown());
  for (const Setting& setting : settings_.settings()) {
    for (const std::string& text : {**help, settings_.Markdown()}) {
      EXPECT_THAT(text, HasSubstr(setting.key));
      EXPECT_THAT(text, HasSubstr(setting.values));
    }
    EXPECT_THAT(**help, HasSubstr(settings_.EnvironmentName(setting.key)));
  }
}

TEST_F(SettingsTest, TakesArgumentsThatAreNoSettings) {
  EXPECT_EQ(Problems("", {}, {"--dump", "newsrooms/igh/releases/r1"}), "");
  EXPECT_EQ(config_.dump, "newsrooms/igh/releases/r1");
  EXPECT_THAT(Problems("dump: x"), HasSubstr("there is no such key"));
}

TEST(SettingsDeathTest, EndsTheProcessOverAMistakeInADeclaration) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  Settings settings("releases", "test");
  int number = 5;
  settings.Bind("a.b", &number, {1, 9}, "A number.");
  EXPECT_DEATH(settings.Bind("a.b", &number, {1, 9}, "Again."), "has the environment variable of a.b");
  EXPECT_DEATH(settings.Bind("a_b", &number, {1, 9}, "Alike."), "has the environment variable of a.b");
  EXPECT_DEATH(settings.Bind("c", &number, {6, 9}, "A number."), "its default 5 is out of bounds");
  EXPECT_DEATH(settings.Bind("Upper", &number, {1, 9}, "A number."), "lower_snake_case");
  EXPECT_DEATH(settings.Bind("d", &number, {1, 9}, ""), "say what it is for");
  EXPECT_DEATH(settings.Check("e", [] { return std::string(); }), "checked before it is declared");
}

}  // namespace
}  // namespace communique::platform
