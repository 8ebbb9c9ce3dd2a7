// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/errors.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "tools/communique/advice.h"
#include "tools/communique/table.h"

namespace communique::command {
namespace {

constexpr char kUsage[] = "communique.command/usage";
constexpr char kLocal[] = "communique.command/local";

template <typename Detail>
std::optional<Detail> DetailOf(const absl::Status& status) {
  const auto payload = status.GetPayload(absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name()));
  Detail detail;
  if (!payload || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

google::rpc::Status ToWire(const absl::Status& status) {
  google::rpc::Status wire;
  wire.set_code(status.raw_code());
  wire.set_message(std::string(status.message()));
  // Sorted: the order of payloads is nobody's promise.
  std::map<std::string, std::string> details;
  status.ForEachPayload([&details](absl::string_view type, const absl::Cord& value) {
    if (absl::StartsWith(type, "type.googleapis.com/")) details.emplace(type, value);
  });
  for (auto& [type, value] : details) {
    auto* any = wire.add_details();
    any->set_type_url(type);
    any->set_value(value);
  }
  return wire;
}

// Field errors hold their violations in the message as well; then the list below says it better.
std::string Headline(const absl::Status& status, const std::optional<google::rpc::BadRequest>& bad) {
  std::string message(status.message());
  if (!bad || bad->field_violations().empty()) return message;
  for (const auto& violation : bad->field_violations()) {
    if (!absl::StrContains(message, violation.description())) return message;
  }
  const int count = bad->field_violations_size();
  const auto more = message.rfind("; and ");
  const std::string rest =
      more != std::string::npos && absl::EndsWith(message, " more") ? message.substr(more + 1) : "";
  return absl::StrCat(count, count == 1 ? " field is wrong" : " fields are wrong", rest);
}

bool BeginsWithField(std::string_view text) {
  const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  return end != std::string_view::npos && end > 0 && text.substr(end, 2) == ": ";
}

// What stands against a merge is one sentence in which each conflict begins with its field. Gives them a line each,
// behind what they have in common. How to merge all the same is said by the advice, in the command's words.
std::vector<std::string> ConflictLines(std::string_view message) {
  message = message.substr(0, message.find(". With keep_primary"));
  std::vector<std::string> lines(1);
  for (std::size_t i = 0; i < message.size(); ++i) {
    const std::string_view between = message.substr(i, 2);
    if ((between == ": " || between == "; ") && BeginsWithField(message.substr(i + 2))) {
      lines.emplace_back();
      ++i;
    } else {
      lines.back() += message[i];
    }
  }
  return lines;
}

void PrintHeadline(std::ostream& err, const absl::Status& status, const std::optional<google::rpc::BadRequest>& bad) {
  err << "communique: " << absl::StatusCodeToString(status.code()) << ": ";
  if (platform::ReasonOf(status) != common::v1::ERROR_REASON_MERGE_CONFLICT) {
    err << Printable(Headline(status, bad)) << '\n';
    return;
  }
  const char* indent = "";
  for (const auto& line : ConflictLines(platform::ToStd(status.message()))) {
    err << indent << Printable(line) << '\n';
    indent = "  ";
  }
}

void PrintText(std::ostream& err, const absl::Status& status) {
  if (status.GetPayload(kUsage) || status.GetPayload(kLocal)) {
    err << "communique: " << Printable(platform::ToStd(status.message())) << '\n';
    if (status.GetPayload(kUsage)) err << "Run with --help for more information.\n";
    return;
  }
  const auto bad = DetailOf<google::rpc::BadRequest>(status);
  PrintHeadline(err, status, bad);
  if (bad) {
    for (const auto& violation : bad->field_violations()) {
      err << "  " << Printable(violation.field()) << ": " << Printable(violation.description()) << '\n';
    }
  }
  if (const auto failure = DetailOf<google::rpc::PreconditionFailure>(status)) {
    for (const auto& violation : failure->violations()) {
      // A failure with one violation usually says the same in its message; what is long comes cut.
      if (absl::StrContains(status.message(), absl::StripSuffix(violation.description(), "…"))) continue;
      err << "  " << Printable(violation.subject()) << ": " << Printable(violation.description()) << '\n';
    }
  }
  if (const auto info = DetailOf<google::rpc::ErrorInfo>(status)) {
    const std::map<std::string, std::string> metadata(info->metadata().begin(), info->metadata().end());
    err << "  reason: " << Printable(info->reason());
    if (!metadata.empty()) err << " (" << Printable(absl::StrJoin(metadata, ", ", absl::PairFormatter(" "))) << ")";
    err << '\n';
  }
  if (const auto request = DetailOf<google::rpc::RequestInfo>(status)) {
    err << "  request id: " << Printable(request->request_id()) << '\n';
  }
  if (const std::string advice = AdviceFor(status); !advice.empty()) err << "  " << Printable(advice) << '\n';
}

absl::Status Marked(absl::StatusCode code, std::string_view message, const char* mark) {
  absl::Status status(code, platform::ToAbsl(message));
  status.SetPayload(mark, absl::Cord());
  return status;
}

}  // namespace

absl::Status UsageError(std::string_view message) {
  return Marked(absl::StatusCode::kInvalidArgument, message, kUsage);
}

absl::Status LocalError(std::string_view message) {
  return Marked(absl::StatusCode::kFailedPrecondition, message, kLocal);
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status wire;
  if (!status.error_details().empty() && wire.ParseFromString(status.error_details()) &&
      wire.code() == static_cast<int>(status.error_code())) {
    return platform::FromRpcStatus(wire);
  }
  return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
}

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return kExitOk;
  if (status.GetPayload(kUsage)) return kExitUsage;
  return status.code() == absl::StatusCode::kNotFound ? kExitNotFound : kExitFailed;
}

void PrintError(std::ostream& err, Output output, const absl::Status& status) {
  if (status.ok()) return;
  if (output == Output::kText) {
    PrintText(err, status);
  } else {
    err << ToJson(ToWire(status), output);
  }
}

}  // namespace communique::command
