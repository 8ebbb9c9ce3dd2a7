// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/idempotency.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr char kWhereCall[] = " WHERE principal = :principal AND method = :method AND request_id = :request_id";

Params KeyOf(const IdempotentCall& call) {
  return {{"principal", call.principal}, {"method", call.method}, {"request_id", call.request_id}};
}

// Claims the call for this transaction; false when there is a record of it.
absl::StatusOr<bool> Claim(Session& session, const IdempotentCall& call, absl::Time now) {
  Params params = KeyOf(call);
  params.emplace_back("fingerprint", Bytes{call.fingerprint});
  params.emplace_back("now", absl::ToUnixMicros(now));
  const auto inserted = session.Execute(
      "INSERT INTO idempotency_records (principal, method, request_id, fingerprint, name, revision, create_us) "
      "VALUES (:principal, :method, :request_id, :fingerprint, '', '', :now) ON CONFLICT DO NOTHING",
      params);
  if (!inserted.ok()) return inserted.status();
  return *inserted == 1;
}

absl::Status Record(Session& session, const IdempotentCall& call, const Outcome& outcome) {
  Params params = KeyOf(call);
  params.emplace_back("name", outcome.name);
  params.emplace_back("revision", outcome.revision);
  return session
      .Execute(absl::StrCat("UPDATE idempotency_records SET name = :name, revision = :revision", kWhereCall), params)
      .status();
}

// Removes the call's record if it is too old; whether it was.
absl::StatusOr<bool> Expire(Session& session, const IdempotentCall& call, absl::Time now, absl::Duration kept) {
  Params params = KeyOf(call);
  params.emplace_back("before", absl::ToUnixMicros(now - kept));
  const auto removed =
      session.Execute(absl::StrCat("DELETE FROM idempotency_records", kWhereCall, " AND create_us < :before"), params);
  if (!removed.ok()) return removed.status();
  return *removed == 1;
}

absl::StatusOr<IdempotentResult> Replay(Session& session, const IdempotentCall& call) {
  const auto rows = session.Query(
      absl::StrCat("SELECT fingerprint, name, revision FROM idempotency_records", kWhereCall), KeyOf(call));
  if (!rows.ok()) return rows.status();
  if (rows->empty()) {
    return MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_CONTENTION,
                     "the record of an earlier call with this request_id has just expired; try once more");
  }
  const Row row = (*rows)[0];
  if (row.Bytes(0) != call.fingerprint) {
    return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_REQUEST_ID_REUSED,
                     ToStd(absl::StrCat("request_id: ", call.request_id,
                                        " was used with another request before; make a new one for each request")));
  }
  return IdempotentResult{{row.Text(1), row.Text(2)}, /*replayed=*/true};
}

}  // namespace

absl::StatusOr<IdempotentResult> Idempotently(Session& session, const IdempotentCall& call, absl::Time now,
                                              const std::function<absl::StatusOr<Outcome>()>& work,
                                              absl::Duration kept) {
  if (!call.request_id.empty()) {
    auto claimed = Claim(session, call, now);
    if (claimed.ok() && !*claimed) {
      const auto expired = Expire(session, call, now, kept);
      if (!expired.ok()) return expired.status();
      if (*expired) claimed = Claim(session, call, now);
    }
    if (!claimed.ok()) return claimed.status();
    if (!*claimed) return Replay(session, call);
  }
  auto outcome = work();
  if (!outcome.ok()) return outcome.status();
  if (!call.request_id.empty()) {
    if (auto status = Record(session, call, *outcome); !status.ok()) return status;
  }
  return IdempotentResult{*std::move(outcome), /*replayed=*/false};
}

absl::StatusOr<std::int64_t> TrimIdempotency(Session& session, absl::Time now, std::int64_t max_rows,
                                             absl::Duration kept) {
  return session.Execute(
      "DELETE FROM idempotency_records WHERE (principal, method, request_id) IN (SELECT principal, method, request_id "
      "FROM idempotency_records WHERE create_us < :before ORDER BY create_us LIMIT :max_rows)",
      {{"before", absl::ToUnixMicros(now - kept)}, {"max_rows", max_rows}});
}

std::string FingerprintOf(const google::protobuf::Message& request) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  return std::string(AsBytes(Sha256(bytes)));
}

}  // namespace communique::platform
