// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/page_token.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_fields.h"
#include "services/platform/storage/storable_text.h"

namespace communique::platform {
namespace {

// The bytes of a token: version, fingerprint, then per value 'i' and 8 bytes or 't', 4 bytes of length and the text;
// numbers big-endian.
constexpr char kVersion = 1;
constexpr std::size_t kFingerprintBytes = 12;
constexpr std::size_t kMaxTokenBytes = 16'384;

void AppendNumber(std::string& out, std::uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<char>((number >> (8 * i)) & 0xffU));
}

std::string Fingerprint(const PageScope& scope) {
  std::string all;
  for (const std::string* part : {&scope.method, &scope.parent, &scope.filter, &scope.order_by, &scope.audience}) {
    AppendNumber(all, part->size(), 8);
    all += *part;
  }
  return std::string(AsBytes(Sha256(all)).substr(0, kFingerprintBytes));
}

// Takes bytes off the front of a token; nothing once they do not suffice.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::string_view> Take(std::uint64_t size) {
    if (size > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::optional<std::uint64_t> TakeNumber(std::size_t bytes) {
    const auto taken = Take(bytes);
    if (!taken) return std::nullopt;
    std::uint64_t number = 0;
    for (char c : *taken) number = number << 8U | static_cast<unsigned char>(c);
    return number;
  }

  bool empty() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

std::optional<Value> TakeValue(Reader& reader, ColumnType type) {
  if (reader.Take(1) != (type == ColumnType::kInt ? "i" : "t")) return std::nullopt;
  const auto number = reader.TakeNumber(type == ColumnType::kInt ? 8 : 4);
  if (!number) return std::nullopt;
  if (type == ColumnType::kInt) return static_cast<std::int64_t>(*number);
  const auto text = reader.Take(*number);
  if (!text || !IsStorableText(*text)) return std::nullopt;
  return std::string(*text);
}

absl::Status Mismatch() {
  return MakeError(
      absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH,
      "page_token: this token was made for another list; pass the same parent, filter and order_by as in the "
      "call that returned it, or begin again without a token");
}

}  // namespace

std::string MakePageToken(const PageScope& scope, const std::vector<Value>& key) {
  std::string bytes(1, kVersion);
  bytes += Fingerprint(scope);
  for (const Value& value : key) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      bytes.push_back('i');
      AppendNumber(bytes, static_cast<std::uint64_t>(*number), 8);
    } else {
      const std::string& text = std::get<std::string>(value);
      bytes.push_back('t');
      AppendNumber(bytes, text.size(), 4);
      bytes += text;
    }
  }
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<std::vector<Value>> ParsePageToken(std::string_view token, const PageScope& scope,
                                                  const std::vector<OrderTerm>& order) {
  std::string bytes;
  if (token.size() > kMaxTokenBytes || !absl::WebSafeBase64Unescape(ToAbsl(token), &bytes)) return Mismatch();
  Reader reader(bytes);
  if (reader.Take(1) != std::string_view(&kVersion, 1)) return Mismatch();
  if (reader.Take(kFingerprintBytes) != Fingerprint(scope)) return Mismatch();
  std::vector<Value> key;
  for (const OrderTerm& term : order) {
    auto value = TakeValue(reader, term.type);
    if (!value) return Mismatch();
    key.push_back(*std::move(value));
  }
  const bool by_uid = order.back().column == "uid";
  if (!reader.empty() || (by_uid && !IsUuid(std::get<std::string>(key.back()))) || MakePageToken(scope, key) != token) {
    return Mismatch();
  }
  return key;
}

std::string AfterKeyToSql(const std::vector<OrderTerm>& order, const std::vector<Value>& key, SqlParams& params) {
  const bool one_direction = std::all_of(
      order.begin(), order.end(), [&](const OrderTerm& term) { return term.descending == order.front().descending; });
  if (one_direction) {
    // A row value, which both engines answer from an index.
    std::string columns;
    std::string values;
    for (std::size_t i = 0; i < order.size(); ++i) {
      absl::StrAppend(&columns, i == 0 ? "" : ", ", "t.", order[i].column);
      absl::StrAppend(&values, i == 0 ? "" : ", ", params.Add(key[i]));
    }
    return absl::StrCat("(", columns, ") ", order.front().descending ? "<" : ">", " (", values, ")");
  }
  // a > :a OR (a = :a AND (b < :b OR (b = :b AND …)))
  std::string sql;
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::string column = absl::StrCat("t.", order[i].column);
    const std::string value = params.Add(key[i]);
    const std::string beyond = absl::StrCat(column, order[i].descending ? " < " : " > ", value);
    sql = sql.empty() ? beyond : absl::StrCat("(", beyond, " OR (", column, " = ", value, " AND ", sql, "))");
  }
  return sql;
}

}  // namespace communique::platform
