// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/token_file.h"

#include <openssl/crypto.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxPrincipalBytes = 128;

struct Entry {
  std::string principal;
  Sha256Digest sha256;
  Grant grant;
  absl::Time expires = absl::InfiniteFuture();
};

absl::Status Wrong(const YAML::Node& node, std::string_view what) {
  const YAML::Mark mark = node.Mark();
  const std::string line = mark.is_null() ? "" : absl::StrCat("line ", mark.line + 1, ": ");
  return absl::InvalidArgumentError(absl::StrCat("token file: ", line, ToAbsl(what)));
}

std::uint64_t Prefix(const Sha256Digest& digest) {
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, digest.data(), sizeof(prefix));
  return prefix;
}

std::string KnownRoles() {
  return absl::StrJoin(kAllRoles, ", ", [](std::string* out, Role role) { out->append(RoleName(role)); });
}

absl::StatusOr<std::string> ReadScalar(const YAML::Node& node, std::string_view key) {
  if (!node.IsScalar() || node.Scalar().empty()) {
    return Wrong(node, absl::StrCat(ToAbsl(key), " must be a single value"));
  }
  return node.Scalar();
}

absl::Status ReadPrincipal(const YAML::Node& node, Entry& entry) {
  auto id = ReadScalar(node, "principal");
  if (!id.ok()) return id.status();
  const bool printable = std::all_of(id->begin(), id->end(), [](unsigned char c) { return absl::ascii_isgraph(c); });
  if (!printable || id->size() > kMaxPrincipalBytes) {
    return Wrong(node, "principal must be at most 128 printable ASCII characters without spaces, like users/anna");
  }
  if (*id == Principal::Anonymous()->id() || *id == "local") {
    return Wrong(node, absl::StrCat("principal must not be \"", *id, "\": that name is taken"));
  }
  entry.principal = *std::move(id);
  return absl::OkStatus();
}

absl::Status ReadHash(const YAML::Node& node, Entry& entry) {
  auto hex = ReadScalar(node, "sha256");
  if (!hex.ok()) return hex.status();
  const bool digits = std::all_of(hex->begin(), hex->end(), [](unsigned char c) { return absl::ascii_isxdigit(c); });
  if (!digits || hex->size() != 2 * entry.sha256.size()) {
    // The value itself is not told: someone may have pasted the token.
    return Wrong(node, "sha256 must be the SHA-256 of the token as 64 hexadecimal digits");
  }
  const std::string bytes = absl::HexStringToBytes(*hex);
  std::copy(bytes.begin(), bytes.end(), entry.sha256.begin());
  return absl::OkStatus();
}

absl::Status ReadRoles(const YAML::Node& node, Entry& entry) {
  if (!node.IsSequence() || node.size() == 0) {
    return Wrong(node, absl::StrCat("roles must be a list of some of: ", KnownRoles()));
  }
  for (const YAML::Node& item : node) {
    auto name = ReadScalar(item, "a role");
    if (!name.ok()) return name.status();
    const std::optional<Role> role = ParseRole(*name);
    if (!role) {
      return Wrong(item, absl::StrCat("there is no role \"", absl::CEscape(*name), "\"; there are: ", KnownRoles()));
    }
    entry.grant.roles.push_back(*role);
  }
  return absl::OkStatus();
}

bool IsNewsroomId(std::string_view id) {
  const auto plain = [](unsigned char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; };
  return !id.empty() && id.size() <= 63 && absl::ascii_islower(static_cast<unsigned char>(id[0])) && id.back() != '-' &&
         std::all_of(id.begin(), id.end(), plain);
}

absl::Status ReadNewsrooms(const YAML::Node& node, Entry& entry) {
  constexpr std::string_view kRight = "newsrooms must be \"*\" or a list of newsroom ids like river-aid";
  if (node.IsScalar() && node.Scalar() == "*") {
    entry.grant.newsrooms = {"*"};
    return absl::OkStatus();
  }
  if (!node.IsSequence() || node.size() == 0) return Wrong(node, kRight);
  for (const YAML::Node& item : node) {
    if (!item.IsScalar() || !IsNewsroomId(item.Scalar())) return Wrong(item, kRight);
    entry.grant.newsrooms.push_back(item.Scalar());
  }
  return absl::OkStatus();
}

absl::Status ReadExpires(const YAML::Node& node, Entry& entry) {
  auto text = ReadScalar(node, "expires");
  if (!text.ok()) return text.status();
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, *text, &entry.expires, &error)) {
    return Wrong(node, "expires must be a time like 2027-01-31T00:00:00Z");
  }
  return absl::OkStatus();
}

struct Key {
  std::string_view name;
  bool required;
  absl::Status (*read)(const YAML::Node&, Entry&);
};
constexpr Key kKeys[] = {{"principal", true, &ReadPrincipal},
                         {"sha256", true, &ReadHash},
                         {"roles", true, &ReadRoles},
                         {"newsrooms", true, &ReadNewsrooms},
                         {"expires", false, &ReadExpires}};

absl::StatusOr<Entry> ReadEntry(const YAML::Node& node) {
  if (!node.IsMap()) return Wrong(node, "an entry must have the keys principal, sha256, roles and newsrooms");
  Entry entry;
  std::set<std::string_view> seen;
  for (const auto& pair : node) {
    const std::string name = pair.first.IsScalar() ? pair.first.Scalar() : "";
    const auto* key = std::find_if(std::begin(kKeys), std::end(kKeys), [&](const Key& k) { return k.name == name; });
    if (key == std::end(kKeys)) {
      return Wrong(pair.first, absl::StrCat("unknown key \"", absl::CEscape(name),
                                            "\"; known are principal, sha256, roles, newsrooms, expires"));
    }
    if (!seen.insert(key->name).second) return Wrong(pair.first, absl::StrCat("the key ", name, " stands twice"));
    if (const absl::Status status = key->read(pair.second, entry); !status.ok()) return status;
  }
  for (const Key& key : kKeys) {
    if (key.required && !seen.contains(key.name)) {
      return Wrong(node, absl::StrCat("the entry has no ", ToAbsl(key.name)));
    }
  }
  return entry;
}

absl::StatusOr<YAML::Node> ReadList(const YAML::Node& root) {
  if (!root.IsMap()) return Wrong(root, "there must be one key, tokens, with a list of entries");
  YAML::Node list;
  for (const auto& pair : root) {
    const std::string name = pair.first.IsScalar() ? pair.first.Scalar() : "";
    if (name != "tokens") {
      return Wrong(pair.first, absl::StrCat("unknown key \"", absl::CEscape(name), "\"; there is only tokens"));
    }
    if (list.IsDefined() && !list.IsNull()) return Wrong(pair.first, "the key tokens stands twice");
    list = pair.second;
  }
  if (!list.IsSequence() || list.size() == 0) {
    return Wrong(list, "tokens must be a list of at least one entry: without any, nobody could call");
  }
  return list;
}

absl::StatusOr<TokenTable> ReadTable(const YAML::Node& root) {
  auto list = ReadList(root);
  if (!list.ok()) return list.status();

  struct Grants {
    std::string principal;
    absl::Time expires = absl::InfiniteFuture();
    std::vector<Grant> grants;
  };
  std::map<Sha256Digest, Grants> by_hash;
  for (const YAML::Node& node : *list) {
    auto entry = ReadEntry(node);
    if (!entry.ok()) return entry.status();
    Grants& grants = by_hash[entry->sha256];
    if (!grants.principal.empty() && grants.principal != entry->principal) {
      return Wrong(node, absl::StrCat("this token is already that of ", grants.principal, ": give ", entry->principal,
                                      " another one"));
    }
    grants.principal = entry->principal;
    grants.expires = std::min(grants.expires, entry->expires);
    grants.grants.push_back(std::move(entry->grant));
  }
  std::vector<Token> tokens;
  for (auto& [sha256, grants] : by_hash) {
    tokens.push_back({sha256, grants.expires, std::make_shared<Principal>(std::move(grants.principal), grants.grants)});
  }
  return TokenTable(std::move(tokens));
}

}  // namespace

TokenTable::TokenTable(std::vector<Token> tokens) : tokens_(std::move(tokens)) {
  for (std::size_t i = 0; i < tokens_.size(); ++i) by_prefix_.emplace(Prefix(tokens_[i].sha256), i);
}

const Token* TokenTable::Find(const Sha256Digest& sha256) const {
  // The bucket's time tells at most something about a hash, which a caller cannot steer; the comparison tells nothing.
  const auto [first, last] = by_prefix_.equal_range(Prefix(sha256));
  for (auto it = first; it != last; ++it) {
    const Token& token = tokens_[it->second];
    if (CRYPTO_memcmp(token.sha256.data(), sha256.data(), sha256.size()) == 0) return &token;
  }
  return nullptr;
}

absl::StatusOr<TokenTable> ParseTokenFile(std::string_view yaml) {
  try {
    return ReadTable(YAML::Load(std::string(yaml)));
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(
        absl::StrCat("token file: line ", error.mark.line + 1, ": not YAML: ", error.msg));
  }
}

}  // namespace communique::platform
