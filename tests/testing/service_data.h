// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/temporary_folder.h"

namespace communique::testing {

// Where a service keeps its things during one test, on one of the engines "sqlite" (a file) and "postgres" (a database
// of `server`). It outlives the processes, so that they can be started again on the same data.
class ServiceData {
 public:
  ~ServiceData() {
    if (server_ != nullptr) server_->ReleaseDatabase(database_);
  }
  ServiceData(const ServiceData&) = delete;
  ServiceData& operator=(const ServiceData&) = delete;

  // What a process is started with.
  std::vector<std::string> flags() const {
    if (server_ == nullptr) return {"--database.file=" + file()};
    std::vector<std::string> all = {"--database.engine=postgres"};
    all.insert(all.end(), postgres_flags_.begin(), postgres_flags_.end());
    return all;
  }
  std::vector<std::string> environment() const {
    if (server_ == nullptr) return {};
    return {absl::StrCat("COMMUNIQUE_", absl::AsciiStrToUpper(service_),
                         "_DATABASE_POSTGRES=", server_->Conninfo(database_))};
  }
  // flags() and more.
  std::vector<std::string> FlagsAnd(const std::vector<std::string>& more) const {
    std::vector<std::string> all = flags();
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  // Whether it is in PostgreSQL; what libpq needs to connect to it then.
  bool on_postgres() const { return server_ != nullptr; }
  std::string conninfo() const { return server_->Conninfo(database_); }
  // The SQLite file; the PostgreSQL database's name.
  std::string file() const { return folder_.File(service_ + ".db"); }
  const std::string& database() const { return database_; }

 protected:
  // A file for this service alone, in its folder.
  std::string MakeFile(const std::string& name, const std::string& content) const {
    const std::string path = folder_.File(name);
    std::ofstream(path) << content;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return path;
  }

  // What the service needs besides on PostgreSQL.
  std::vector<std::string> postgres_flags_;

  template <typename Server>
  ServiceData(std::string service, std::string_view engine, const Server& server) : service_(std::move(service)) {
    if (engine != "postgres") return;
    server_ = &server();
    database_ = server_->AcquireDatabase();
  }

 private:
  const std::string service_;
  platform::TemporaryFolder folder_;
  platform::PostgresServer* server_ = nullptr;
  std::string database_;
};

class ReleasesData final : public ServiceData {
 public:
  explicit ReleasesData(std::string_view engine) : ServiceData("releases", engine, platform::PostgresServer::Shared) {}
  // On PostgreSQL in this server.
  explicit ReleasesData(platform::PostgresServer& server)
      : ServiceData("releases", "postgres", [&server]() -> platform::PostgresServer& { return server; }) {}
};

class ContactsData final : public ServiceData {
 public:
  explicit ContactsData(std::string_view engine) : ServiceData("contacts", engine, platform::PostgresServer::Shared) {
    // Hexadecimal digits, as many as a key needs.
    const std::string key(64, 'a');
    postgres_flags_.push_back(absl::StrCat("--suppression.key_file=", MakeFile("suppression-key", key)));
  }
};

}  // namespace communique::testing
