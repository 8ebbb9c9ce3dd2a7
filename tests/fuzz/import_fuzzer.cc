// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a press text: they are refused with INVALID_ARGUMENT, or come back byte for byte from the report's
// fragments and the content's plain text, in a content that keeps every rule but the sizes; and the plain text of the
// release, imported again, is the same plain text.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "google/rpc/error_details.pb.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/domain/text/plain_text.h"

namespace {

using communique::releases::ImportResult;
using communique::releases::ImportText;
using communique::releases::RenderPlainText;
namespace v1 = communique::releases::v1;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

// The language follows from the bytes, so that a seed is a plain text and every one meets the words of some language.
std::string_view LanguageFor(std::string_view text) {
  constexpr std::string_view kLanguages[] = {"de", "en", "fr", "es", "ar", "he", "ja"};
  std::size_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return kLanguages[sum % std::size(kLanguages)];
}

void RequireFragments(const ImportResult& result, std::string_view text) {
  std::string again;
  int releases = 0;
  for (const v1::Fragment& fragment : result.report.fragments()) {
    Require(fragment.byte_offset() == static_cast<std::int64_t>(again.size()), "fragments follow one another");
    const bool release = fragment.role() == v1::Fragment::ROLE_RELEASE;
    releases += release ? 1 : 0;
    again += release ? RenderPlainText(result.content) : fragment.text();
    Require(fragment.byte_offset() + fragment.byte_length() == static_cast<std::int64_t>(again.size()),
            "a fragment is as long as it says");
  }
  Require(releases == 1, "there is one release");
  Require(again == text, "the file comes back byte for byte");
}

// Sizes are judged where a content is stored: the importer keeps a text that is too long.
void RequireValid(const v1::ReleaseContent& content) {
  v1::Newsroom newsroom;
  newsroom.set_source_language(content.language());
  const absl::Status status =
      communique::releases::ValidateContent("content", content, newsroom, {.max_bytes = 1U << 30U});
  const google::rpc::Status wire = communique::platform::ToRpcStatus(status, "fuzz", "", 1U << 20U);
  for (const google::protobuf::Any& detail : wire.details()) {
    google::rpc::BadRequest wrong;
    if (!detail.UnpackTo(&wrong)) continue;
    for (const auto& violation : wrong.field_violations()) {
      const std::string& text = violation.description();
      const bool size = text.find("at most") != std::string::npos || text.find("is longer than") != std::string::npos;
      Require(size, (violation.field() + " " + text).c_str());
    }
  }
}

void RequireFindings(const ImportResult& result) {
  for (const v1::Finding& finding : result.report.findings()) {
    Require(finding.line() >= 1 && finding.column() >= 1, "a finding has a place");
    Require(!finding.rule().empty() && !finding.message().empty(), "a finding says what it found");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view language = LanguageFor(text);
  const auto result = ImportText(text, language, {.newsroom = "newsrooms/a", .time_zone = "Europe/Zurich"});
  if (!result.ok()) {
    Require(result.status().code() == absl::StatusCode::kInvalidArgument, "a refusal is INVALID_ARGUMENT");
    return 0;
  }
  RequireFragments(*result, text);
  RequireValid(result->content);
  RequireFindings(*result);

  const std::string plain = RenderPlainText(result->content);
  const auto again = ImportText(plain, language, {});
  // Alone, a release may read as nothing but a page's menu; it is refused then, never changed.
  if (again.ok()) RequireFragments(*again, plain);
  return 0;
}
