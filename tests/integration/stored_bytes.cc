// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/stored_bytes.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/platform/testing/temporary_folder.h"
#include "tests/testing/run_program.h"

namespace communique::testing {
namespace {

void AddData(const std::string& service, const ServiceData& data, std::vector<Hoard>& hoards) {
  if (!data.on_postgres()) {
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(data.file()).parent_path())) {
      if (file.is_regular_file()) hoards.push_back({file.path().filename(), ReadFile(file.path())});
    }
    return;
  }
  const Outcome dump = RunProgram({"pg_dump", "--dbname=" + data.conninfo()});
  EXPECT_TRUE(dump.ok()) << dump;
  hoards.push_back({absl::StrCat(service, " dump"), dump.out});
}

void AddRedis(platform::RedisServer& redis, std::vector<Hoard>& hoards) {
  const platform::TemporaryFolder folder;
  const std::string file = folder.File("dump.rdb");
  const std::string address = redis.address();
  const Outcome dump = RunProgram({"redis-cli", "-p", address.substr(address.rfind(':') + 1), "--rdb", file});
  EXPECT_TRUE(dump.ok()) << dump;
  hoards.push_back({"redis", ReadFile(file)});
}

std::string PercentEncoded(const std::string& value) {
  std::string encoded;
  for (const char c : value) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_') {
      encoded += c;
    } else {
      absl::StrAppend(&encoded, absl::StrFormat("%%%02X", static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

// What is the same in base64 whatever stands around the value, when `before` bytes stand before it in its group of
// three.
std::string Base64Core(const std::string& value, std::size_t before) {
  const std::string encoded = absl::Base64Escape(std::string(before, 'x') + value);
  const std::size_t begin = before == 0 ? 0 : 4;
  const std::size_t whole = (before + value.size()) / 3 * 4;
  return whole > begin ? encoded.substr(begin, whole - begin) : std::string();
}

}  // namespace

platform::RedisServer::Options UncompressedRedis() {
  platform::RedisServer::Options options;
  options.settings = {"--rdbcompression", "no"};
  return options;
}

std::vector<Hoard> HoardsOf(Suite& suite, platform::RedisServer& redis) {
  std::vector<Hoard> hoards;
  AddData("releases", suite.releases_data(), hoards);
  AddData("contacts", suite.contacts_data(), hoards);
  AddRedis(redis, hoards);
  hoards.push_back({"log of releases", suite.releases().log().Text()});
  hoards.push_back({"log of contacts", suite.contacts().log().Text()});
  return hoards;
}

std::vector<std::string> EncodingsOf(const std::string& value) {
  std::set<std::string> encodings = {value,
                                     absl::AsciiStrToLower(value),
                                     absl::AsciiStrToUpper(value),
                                     PercentEncoded(value),
                                     absl::Utf8SafeCEscape(value),
                                     absl::BytesToHexString(value),
                                     absl::AsciiStrToUpper(absl::BytesToHexString(value))};
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string core = Base64Core(value, before);
    // Shorter ones are found by chance.
    if (core.size() >= 8) encodings.insert(core);
  }
  return {encodings.begin(), encodings.end()};
}

std::vector<std::string> Leaks(const std::vector<Hoard>& hoards, const std::vector<std::string>& values) {
  std::vector<std::string> leaks;
  for (const Hoard& hoard : hoards) {
    for (const std::string& value : values) {
      for (const std::string& encoding : EncodingsOf(value)) {
        const auto at = hoard.bytes.find(encoding);
        if (at == std::string::npos) continue;
        const std::size_t begin = at < 40 ? 0 : at - 40;
        leaks.push_back(absl::StrCat(hoard.name, ": ", encoding, " in ",
                                     absl::CHexEscape(hoard.bytes.substr(begin, encoding.size() + 80))));
      }
    }
  }
  return leaks;
}

}  // namespace communique::testing
