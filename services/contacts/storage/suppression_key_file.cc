// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/suppression_key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/storage/suppression_store.h"

namespace communique::contacts {
namespace {

using platform::Engine;

absl::Status CannotUse(const std::string& path, const std::string& why) {
  return absl::FailedPreconditionError(absl::StrCat("suppression.key_file: ", path, " ", why));
}

// Writes all of it or nothing, for the owner alone: under another name first, so that nobody reads half a key.
absl::Status Make(const std::string& path, const std::string& content) {
  const std::string fresh = path + ".new";
  unlink(fresh.c_str());  // what a start before this one did not finish
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return CannotUse(path, "cannot be made: may this process write into its folder?");
  const bool written = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  const bool kept = written && fsync(file) == 0;
  close(file);
  // Unlike rename, link does not replace a file that somebody has put there meanwhile.
  const bool named = kept && link(fresh.c_str(), path.c_str()) == 0;
  unlink(fresh.c_str());
  if (!named) return CannotUse(path, "cannot be written: is the disk full?");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int directory = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    fsync(directory);
    close(directory);
  }
  return absl::OkStatus();
}

absl::StatusOr<SuppressionKeys> Read(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return CannotUse(path, "is not a file");
  if ((facts.st_mode & S_IRWXO) != 0) {
    return CannotUse(path, "can be read or written by everybody on this machine: chmod 600");
  }
  std::ifstream stream(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.good() && !stream.eof()) return CannotUse(path, "cannot be read by this process");
  auto keys = SuppressionKeys::Parse(content);
  if (!keys.ok()) return CannotUse(path, absl::StrCat("is no key file: ", keys.status().message()));
  return keys;
}

// Rows that none of the keys recognises.
std::map<std::string, std::int64_t> WithoutKey(const std::map<std::string, std::int64_t>& counts,
                                               const SuppressionKeys& keys) {
  std::map<std::string, std::int64_t> lost = counts;
  for (const std::string& id : keys.Ids()) lost.erase(id);
  return lost;
}

}  // namespace

absl::StatusOr<SuppressionKeys> OpenSuppressionKeys(const SuppressionKeyOptions& options,
                                                    const platform::DatabaseOptions& database_options,
                                                    platform::Database& database, absl::Time deadline,
                                                    const platform::Log& log) {
  std::map<std::string, std::int64_t> counts;
  const absl::Status counted = database.Read(deadline, [&](platform::Session& session) -> absl::Status {
    auto found = CountSuppressionsByKey(session);
    if (!found.ok()) return found.status();
    counts = *std::move(found);
    return absl::OkStatus();
  });
  if (!counted.ok()) return counted;

  const bool beside = options.key_file.empty();
  if (beside && database_options.engine != Engine::kSqlite) {
    return absl::FailedPreconditionError(
        "suppression.key_file: must name the file of the suppressions' keys: with PostgreSQL, all replicas need the "
        "same one");
  }
  const std::string path = beside ? database_options.sqlite_path + ".suppression-key" : options.key_file;
  std::error_code ignored;
  if (beside && !std::filesystem::exists(path, ignored)) {
    if (!counts.empty() && !options.accept_lost_keys) {
      return CannotUse(path,
                       "is missing, and the database has suppressions that were made under its key: put it back from "
                       "where you keep a copy. Without it, nobody can tell who asked not to be written to; to go on "
                       "nevertheless, set suppression.accept_lost_keys");
    }
    if (auto status = Make(path, SuppressionKeys::NewFile()); !status.ok()) return status;
    log.Info("made a key for suppressions; keep a copy of its file elsewhere than the database", {{"key_file", path}});
  }
  auto keys = Read(path);
  if (!keys.ok()) return keys;

  std::int64_t rows = 0;
  std::vector<std::string> ids;
  for (const auto& [id, count] : WithoutKey(counts, *keys)) {
    rows += count;
    ids.push_back(id);
  }
  if (ids.empty()) return keys;
  const std::string lost = absl::StrJoin(ids, ", ");
  if (!options.accept_lost_keys) {
    return CannotUse(path, absl::StrCat("lacks the keys ", lost, ", under which ", rows,
                                        " suppressions were made: add them below the others. Without them, whoever "
                                        "asked not to be written to would be; to go on nevertheless, set "
                                        "suppression.accept_lost_keys"));
  }
  log.Warning("suppressions were made under keys that are lost: nobody is recognised by them",
              {{"key_ids", lost}, {"suppressions", rows}});
  return keys;
}

}  // namespace communique::contacts
