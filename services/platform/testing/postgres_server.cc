// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/postgres_server.h"

#include <libpq-fe.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";
constexpr char kSystemUser[] = "postgres";
constexpr char kSuperuser[] = "communique";

[[noreturn]] void Die(std::string_view what, const std::string& log) {
  std::ifstream file(log);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::fprintf(stderr, "PostgreSQL for the test: %s\n%s\n", std::string(what).c_str(), text.c_str());
  std::abort();
}

}  // namespace

PostgresServer& PostgresServer::Shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer(Options options) : options_(std::move(options)) {
  if (getuid() == 0 && RunProcess({"chown", kSystemUser, folder_.path()}) != 0) Die("chown", "");
  const std::vector<std::string> initdb = {absl::StrCat(kPrograms, "initdb"),
                                           "--pgdata",
                                           folder_.File("data"),
                                           "--username",
                                           kSuperuser,
                                           "--auth",
                                           "trust",
                                           "--no-sync",
                                           "--encoding",
                                           "UTF8",
                                           "--locale",
                                           "C.UTF-8",
                                           "--locale-provider",
                                           "icu",
                                           "--icu-locale",
                                           "de-u-kn-true"};
  if (RunProcess(initdb, {kSystemUser, folder_.File("log"), {}}) != 0) Die("initdb failed", folder_.File("log"));
  Start();
}

PostgresServer::~PostgresServer() { Stop(StopMode::kImmediate); }

void PostgresServer::Start() {
  std::vector<std::string> argv = {absl::StrCat(kPrograms, "postgres"), "-D", folder_.File("data"), "-k",
                                   folder_.path()};
  std::vector<std::string> settings = options_.settings;
  settings.insert(settings.begin(), {"listen_addresses=", "max_connections=200", "shared_buffers=16MB",
                                     "deadlock_timeout=200ms", absl::StrCat("fsync=", options_.fsync ? "on" : "off")});
  for (const std::string& setting : settings) {
    argv.push_back("-c");
    argv.push_back(setting);
  }
  process_ = std::make_unique<Process>(std::move(argv), ProcessOptions{kSystemUser, folder_.File("log"), {}});
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (PQping(Conninfo("postgres").c_str()) != PQPING_OK) {
    if (!process_->running() || absl::Now() > end) Die("postgres does not start", folder_.File("log"));
    absl::SleepFor(absl::Milliseconds(10));
  }
}

void PostgresServer::Stop(StopMode mode) {
  if (process_ == nullptr) return;
  Thaw();
  process_->Signal(mode == StopMode::kSmart ? SIGTERM : mode == StopMode::kFast ? SIGINT : SIGQUIT);
  if (!process_->Wait(absl::Seconds(20))) Die("postgres does not stop", folder_.File("log"));
  process_.reset();
}

void PostgresServer::Freeze() { process_->SignalTree(SIGSTOP); }

void PostgresServer::Thaw() { process_->SignalTree(SIGCONT); }

void PostgresServer::Kill() {
  process_->KillTree();
  process_.reset();
}

std::string PostgresServer::AcquireDatabase() {
  if (!released_.empty()) {
    const std::string name = std::move(released_.back());
    released_.pop_back();
    Run(name, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    return name;
  }
  const std::string name = absl::StrCat("test_", ++databases_);
  Run("postgres", absl::StrCat("CREATE DATABASE ", name));
  return name;
}

void PostgresServer::ReleaseDatabase(std::string name) { released_.push_back(std::move(name)); }

std::string PostgresServer::Conninfo(std::string_view database) const {
  return absl::StrCat("host=", folder_.path(), " user=", kSuperuser, " dbname=", ToAbsl(database));
}

std::string PostgresServer::Run(std::string_view database, const std::string& sql) {
  PGconn* connection = PQconnectdb(Conninfo(database).c_str());
  PQsetNoticeReceiver(
      connection, [](void*, const PGresult*) {}, nullptr);
  PGresult* result = PQexec(connection, sql.c_str());
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) Die(PQerrorMessage(connection), folder_.File("log"));
  const std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
  PQclear(result);
  PQfinish(connection);
  return answer;
}

}  // namespace communique::platform
