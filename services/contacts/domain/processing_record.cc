// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/processing_record.h"

#include <arpa/inet.h>
#include <google/protobuf/util/time_util.h>

#include <array>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/processing_status.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::FieldViolations;
using Record = v1::ProcessingRecord;

constexpr std::size_t kMethodCharacters = 200;
constexpr std::size_t kUserAgentCharacters = 500;
constexpr std::size_t kNoticeVersionCharacters = 64;
constexpr std::size_t kSha256Digits = 64;

constexpr std::string_view kPurposes =
    "must be MEDIA_RELATIONS, PRESS_RELEASES, EMBARGOED_RELEASES, EVENT_INVITATIONS, NEWSLETTERS, SURVEYS or PRINTING";

bool IsKnown(v1::Purpose purpose) { return purpose != v1::PURPOSE_UNSPECIFIED && v1::Purpose_IsValid(purpose); }
bool IsKnown(v1::Channel channel) { return channel != v1::CHANNEL_UNSPECIFIED && v1::Channel_IsValid(channel); }

// Whether the person's own yes is what is recorded.
bool IsOfConsent(Record::Event event) { return event == Record::EVENT_GRANTED || event == Record::EVENT_CONFIRMED; }

void CheckPurpose(const Record& record, FieldViolations& violations) {
  const bool all = record.purpose() == v1::PURPOSE_UNSPECIFIED && IsRefusal(record.event());
  if (!all && !IsKnown(record.purpose())) violations.Add("purpose", kPurposes);
}

void CheckChannels(const Record& record, FieldViolations& violations) {
  if (record.purpose() == v1::PURPOSE_PRINTING && !record.channels().empty()) {
    violations.Add("channels", "must be empty for PRINTING, which goes by no channel");
  }
  std::set<int> seen;
  for (int i = 0; i < record.channels_size(); ++i) {
    const std::string path = absl::StrCat("channels[", i, "]");
    if (!IsKnown(record.channels(i))) violations.Add(path, "must be EMAIL, PHONE or POST");
    if (!seen.insert(record.channels(i)).second) violations.Add(path, "is there twice; take one out");
  }
}

void CheckBasis(const Record& record, FieldViolations& violations) {
  const auto basis = record.basis();
  const bool known = basis != v1::PROCESSING_BASIS_UNSPECIFIED && v1::ProcessingBasis_IsValid(basis);
  if (IsOfConsent(record.event())) {
    if (basis != v1::PROCESSING_BASIS_CONSENT) {
      violations.Add("basis", "must be CONSENT, or left out: that is what a person has granted or confirmed");
    }
  } else if (IsGround(record.event())) {
    if (!known || basis == v1::PROCESSING_BASIS_CONSENT) {
      violations.Add("basis",
                     "must be CONTRACT, LEGAL_OBLIGATION, VITAL_INTEREST, PUBLIC_TASK, LEGITIMATE_INTEREST or "
                     "ORGANIZATION_MANDATE; a consent is the person's to give: record it as GRANTED");
    }
  } else if (!v1::ProcessingBasis_IsValid(basis)) {
    violations.Add("basis", "must be one of the bases, or left out");
  }
}

bool IsTime(const google::protobuf::Timestamp& time) {
  using google::protobuf::util::TimeUtil;
  return time.seconds() >= TimeUtil::kTimestampMinSeconds && time.seconds() <= TimeUtil::kTimestampMaxSeconds &&
         time.nanos() >= 0 && time.nanos() < 1'000'000'000;
}

void CheckTimes(absl::Time now, const Record& record, FieldViolations& violations) {
  constexpr std::string_view kNoTime = "is not a time; seconds are of the years 1 to 9999, and nanos 0 to 999999999";
  const bool event = IsTime(record.event_time());
  if (!event) {
    violations.Add("event_time", kNoTime);
  } else if (platform::FromTimestamp(record.event_time()) > now) {
    violations.Add("event_time", "must not be in the future: what has not happened cannot be recorded");
  }
  if (!record.has_expire_time()) return;
  if (!IsGround(record.event())) {
    violations.Add("expire_time", "is for GRANTED, DECLARED and REVIEWED: nothing else ends by itself");
  } else if (!IsTime(record.expire_time())) {
    violations.Add("expire_time", kNoTime);
  } else if (event && record.expire_time() <= record.event_time()) {
    violations.Add("expire_time", "must be after event_time");
  }
}

bool IsVersion(std::string_view text) {
  if (text.empty() || text.size() > kNoticeVersionCharacters) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_' && c != '-') return false;
  }
  return true;
}

void CheckNotice(const Record& record, FieldViolations& violations) {
  const bool required = record.event() == Record::EVENT_GRANTED;
  if (record.notice_version().empty() ? required : !IsVersion(record.notice_version())) {
    violations.Add("notice_version",
                   "must say which version of the privacy notice the person was shown when agreeing: letters, digits, "
                   "dots, dashes and underscores, at most 64");
  }
  if (required || !record.notice_locale().empty()) {
    platform::CheckLanguage("notice_locale", record.notice_locale(), violations);
  }
}

bool IsIpAddress(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool IsSha256(std::string_view text) {
  if (text.size() != kSha256Digits) return false;
  for (const char c : text) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

void CheckEvidence(const ConsentRules& rules, const Record& record, FieldViolations& violations) {
  platform::CheckText("method", record.method(), {.max_characters = kMethodCharacters, .single_line = true},
                      violations);
  const auto& evidence = record.evidence();
  platform::CheckText("evidence.text", evidence.text(), {.max_characters = rules.evidence_characters}, violations);
  platform::CheckText("evidence.user_agent", evidence.user_agent(),
                      {.max_characters = kUserAgentCharacters, .single_line = true}, violations);
  if (!evidence.ip_address().empty() && !IsIpAddress(evidence.ip_address())) {
    violations.Add("evidence.ip_address", "must be an IPv4 or IPv6 address, like 192.0.2.7 or 2001:db8::7");
  }
  if (!evidence.form_sha256().empty() && !IsSha256(evidence.form_sha256())) {
    violations.Add("evidence.form_sha256", "must be 64 hexadecimal digits, the SHA-256 of the form as it was sent");
  }
}

}  // namespace

void NormalizeProcessingRecord(absl::Time now, Record& record) {
  record.clear_name();
  record.clear_uid();
  record.clear_etag();
  record.clear_recorder();
  record.clear_create_time();
  record.clear_update_time();
  if (IsOfConsent(record.event()) && record.basis() == v1::PROCESSING_BASIS_UNSPECIFIED) {
    record.set_basis(v1::PROCESSING_BASIS_CONSENT);
  }
  if (!record.has_event_time()) *record.mutable_event_time() = platform::ToTimestamp(now);
  if (!record.notice_locale().empty()) platform::Canonicalize(*record.mutable_notice_locale());
  if (record.has_evidence()) absl::AsciiStrToLower(record.mutable_evidence()->mutable_form_sha256());
}

absl::Status ValidateProcessingRecord(const ConsentRules& rules, absl::Time now, const Record& record) {
  FieldViolations violations;
  if (record.event() == Record::EVENT_UNSPECIFIED || !Record::Event_IsValid(record.event())) {
    violations.Add("event", "must be GRANTED, CONFIRMED, WITHDRAWN, OBJECTED, DECLARED or REVIEWED");
    return violations.ToStatus();  // what else is right depends on it
  }
  CheckPurpose(record, violations);
  CheckChannels(record, violations);
  CheckBasis(record, violations);
  CheckTimes(now, record, violations);
  CheckNotice(record, violations);
  CheckEvidence(rules, record, violations);
  return violations.ToStatus();
}

void CheckUse(v1::Purpose purpose, v1::Channel channel, FieldViolations& violations) {
  if (!IsKnown(purpose)) violations.Add("purpose", kPurposes);
  const bool printing = purpose == v1::PURPOSE_PRINTING;
  if (printing && channel != v1::CHANNEL_UNSPECIFIED) {
    violations.Add("channel", "must be left out for PRINTING, which goes by no channel");
  } else if (!printing && !IsKnown(channel)) {
    violations.Add("channel", "must be EMAIL, PHONE or POST");
  }
}

absl::Status ValidateCheck(const v1::PermissionCheck& check) {
  FieldViolations violations;
  if (!ContactName::Parse(check.contact())) {
    violations.Merge("", InvalidName("contact", check.contact(), kContactPattern));
  }
  CheckUse(check.purpose(), check.channel(), violations);
  return violations.ToStatus();
}

}  // namespace communique::contacts
