// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/export_personal_data.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/storage/group_store.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/usecases/erasure_subject.h"
#include "services/contacts/usecases/personal_data_source.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/sha256.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/page_token.h"

namespace communique::contacts {
namespace {

using google::protobuf::Message;
using platform::Reason;
using platform::Session;

constexpr int kDefaultPage = 100;
constexpr int kMostOnAPage = 1000;

// The same for the same message each time: maps have an order of their own otherwise.
absl::StatusOr<std::string> ToJson(const Message& message) {
  static google::protobuf::util::TypeResolver* const kTypes = google::protobuf::util::NewTypeResolverForDescriptorPool(
      "type.googleapis.com", google::protobuf::DescriptorPool::generated_pool());
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const std::string type = absl::StrCat("type.googleapis.com/", message.GetTypeName());
  if (!google::protobuf::util::BinaryToJsonString(kTypes, type, bytes, &json, options).ok()) {
    return platform::InternalError(absl::StrCat("a ", message.GetTypeName(), " cannot be written as JSON"));
  }
  return json;
}

class Records {
 public:
  absl::Status Add(std::string_view service, const std::string& resource, std::string_view kind,
                   const Message& message) {
    auto json = ToJson(message);
    if (!json.ok()) return json.status();
    v1::PersonalRecord record;
    record.set_service(std::string(service));
    record.set_resource(resource);
    record.set_kind(std::string(kind));
    record.set_json(*std::move(json));
    records.push_back(std::move(record));
    return absl::OkStatus();
  }

  std::vector<v1::PersonalRecord> records;
};

// The group with the contact that makes the person a member.
absl::Status AddMembership(Session& session, const Membership& membership, Records& records) {
  const auto newsroom = FindNewsroom(session, NewsroomName{GroupName::Parse(membership.group)->newsroom}.ToString());
  if (!newsroom.ok()) return newsroom.status();
  auto group = FindGroup(session, newsroom->uid, membership.group);
  if (absl::IsNotFound(group.status())) return absl::OkStatus();
  if (!group.ok()) return group.status();
  // How many others there are is not about the person.
  group->clear_member_count();
  google::protobuf::Struct member;
  (*member.mutable_fields())["contact"].set_string_value(membership.contact);
  (*member.mutable_fields())["group"].set_string_value(membership.group);
  (*member.mutable_fields())["group_display_name"].set_string_value(group->display_name());
  (*member.mutable_fields())["group_description"].set_string_value(group->description());
  return records.Add(kContactsService, membership.group, "group_member", member);
}

absl::StatusOr<std::vector<v1::PersonalRecord>> OwnRecords(const Environment& environment, Session& session,
                                                           const ErasureSubject& subject) {
  Records records;
  for (const storage::ContactRecord& record : subject.contacts) {
    auto status = records.Add(kContactsService, record.contact().name(), "contact", record);
    if (!status.ok()) return status;
  }
  for (const storage::MergeRecord& merge : subject.merges) {
    auto status = records.Add(kContactsService, merge.merge().name(), "merge", merge);
    if (!status.ok()) return status;
  }
  const auto grounds = ProcessingRecordsOf(session, subject.newsroom_uid, subject.names());
  if (!grounds.ok()) return grounds.status();
  for (const v1::ProcessingRecord& record : *grounds) {
    auto status = records.Add(kContactsService, record.name(), "processing_record", record);
    if (!status.ok()) return status;
  }
  const auto suppressions = SuppressionsOf(environment, session, subject);
  if (!suppressions.ok()) return suppressions.status();
  const std::string newsroom = ContactName::Parse(subject.contact().name())->newsroom;
  for (v1::Suppression suppression : *suppressions) {
    // That an address is not written to is the person's to know; who decided so above, and why, is not the caller's.
    if (SuppressionName::Parse(suppression.name())->newsroom != newsroom) {
      suppression.clear_reason();
      suppression.clear_creator();
      suppression.clear_create_time();
      suppression.clear_update_time();
    }
    auto status = records.Add(kContactsService, suppression.name(), "suppression", suppression);
    if (!status.ok()) return status;
  }
  const auto memberships = MembershipsOf(session, subject.names());
  if (!memberships.ok()) return memberships.status();
  for (const Membership& membership : *memberships) {
    if (auto status = AddMembership(session, membership, records); !status.ok()) return status;
  }
  const auto imports = ImportsOf(session, subject.newsroom_uid, subject.names());
  if (!imports.ok()) return imports.status();
  for (const storage::ImportRecord& import : *imports) {
    if (auto status = records.Add(kContactsService, import.name(), "import", import); !status.ok()) return status;
  }
  for (const std::string& name : subject.other_roles()) {
    google::protobuf::Struct other;
    (*other.mutable_fields())["contact"].set_string_value(name);
    if (auto status = records.Add(kContactsService, name, "same_mailbox", other); !status.ok()) return status;
  }
  return std::move(records.records);
}

// Everything of this service, and how to ask for the rest.
struct Subject {
  std::vector<v1::PersonalRecord> own;
  std::vector<storage::ErasureStep> asks;

  // Of what a position on a page counts on.
  std::string digest() const {
    std::string all;
    for (const v1::PersonalRecord& record : own) absl::StrAppend(&all, record.resource(), " ", record.json(), "\n");
    for (const storage::ErasureStep& step : asks) {
      absl::StrAppend(&all, step.contact(), " ", absl::StrJoin(step.values(), "\n"), "\n");
    }
    return platform::ToHex(platform::Sha256(all));
  }
};

absl::StatusOr<Subject> Look(const Environment& environment, const Caller& caller, const std::string& contact) {
  Subject looked;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    looked = {};
    const auto subject = FindSubject(session, contact);
    if (!subject.ok()) return subject.status();
    if (auto erased = RefuseErased(subject->contact()); !erased.ok()) return erased;
    if (subject->contact().kind() == v1::Contact::KIND_UNSPECIFIED) return platform::NotFound("contact", contact);
    if (subject->contact().state() == v1::Contact::STATE_MERGED) {
      return StateConflict(
          contact, "MERGED", "export",
          absl::StrCat("export ", subject->contact().merged_into(), ", which it went into, or undo the merge first"));
    }
    auto own = OwnRecords(environment, session, *subject);
    if (!own.ok()) return own.status();
    looked.own = *std::move(own);
    looked.asks = StepsOf(*subject);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return looked;
}

// Where a page begins: at a record of this service (ask 0), or in an answer of releases; of a subject with this digest.
struct Position {
  std::string digest;
  std::size_t ask = 0;
  std::size_t record = 0;
  std::string page_token;
};

const std::vector<platform::OrderTerm>& TokenOrder() {
  static const auto* const kOrder = new std::vector<platform::OrderTerm>{{"digest", platform::ColumnType::kText},
                                                                         {"ask", platform::ColumnType::kInt},
                                                                         {"record", platform::ColumnType::kInt},
                                                                         {"page_token", platform::ColumnType::kText}};
  return *kOrder;
}

absl::StatusOr<Position> ParsePosition(const std::string& token, const platform::PageScope& scope) {
  if (token.empty()) return Position();
  auto key = platform::ParsePageToken(token, scope, TokenOrder());
  if (!key.ok()) return key.status();
  return Position{std::get<std::string>((*key)[0]), static_cast<std::size_t>(std::get<std::int64_t>((*key)[1])),
                  static_cast<std::size_t>(std::get<std::int64_t>((*key)[2])), std::get<std::string>((*key)[3])};
}

std::string TokenOf(const Position& position, const platform::PageScope& scope) {
  return platform::MakePageToken(scope, {position.digest, static_cast<std::int64_t>(position.ask),
                                         static_cast<std::int64_t>(position.record), position.page_token});
}

// Half of what was and half of what is would pass for everything.
absl::Status ChangedSince() {
  return platform::MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH,
                             "page_token: what is stored of the person has changed since the first page; begin again "
                             "without a token");
}

// A page of what releases hold; where the next one begins.
absl::Status AddAnswer(const Environment& environment, const Caller& caller, const Subject& subject, int page_size,
                       Position& position, v1::ExportPersonalDataResponse& response) {
  const storage::ErasureStep& step = subject.asks[position.ask - 1];
  releases::v1::ListPersonalDataRequest ask;
  ask.set_contact(step.contact());
  *ask.mutable_values() = step.values();
  ask.set_include_text(true);
  ask.set_page_size(page_size);
  ask.set_page_token(position.page_token);
  const auto answer = environment.personal_data->List(ask, {caller.deadline, caller.request_id});
  if (!answer.ok()) return answer.status();
  Records records;
  for (const auto& place : answer->places()) {
    if (auto status = records.Add(kReleasesService, place.resource(), place.path(), place); !status.ok()) return status;
  }
  for (auto& record : records.records) *response.add_records() = std::move(record);
  position.page_token = answer->next_page_token();
  if (position.page_token.empty()) ++position.ask;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ExportPersonalDataResponse> ExportPersonalData(const Environment& environment, const Caller& caller,
                                                                  const v1::ExportPersonalDataRequest& request) {
  if (!ContactName::Parse(request.contact())) return InvalidName("contact", request.contact(), kContactPattern);
  if (request.page_size() < 0) {
    return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  }
  if (!request.identity_verified()) {
    return platform::FailedPrecondition(
        Reason::ERROR_REASON_IDENTITY_NOT_VERIFIED, request.contact(),
        "make sure that it is this person who asks, then set identity_verified: else somebody else gets the data");
  }
  const int page_size = request.page_size() == 0 ? kDefaultPage : std::min(request.page_size(), kMostOnAPage);
  const platform::PageScope scope{"ExportPersonalData", request.contact(), "", "", "staff"};
  auto position = ParsePosition(request.page_token(), scope);
  if (!position.ok()) return position.status();
  const auto subject = Look(environment, caller, request.contact());
  if (!subject.ok()) return subject.status();
  const std::string digest = subject->digest();
  if (!request.page_token().empty() && position->digest != digest) return ChangedSince();
  position->digest = digest;

  v1::ExportPersonalDataResponse response;
  response.add_services(std::string(kContactsService));
  if (position->ask == 0) {
    const std::size_t end = std::min(subject->own.size(), position->record + static_cast<std::size_t>(page_size));
    for (; position->record < end; ++position->record) *response.add_records() = subject->own[position->record];
    if (position->record >= subject->own.size()) *position = {.digest = digest, .ask = 1};
  } else if (position->ask <= subject->asks.size()) {
    response.add_services(std::string(kReleasesService));
    auto status = AddAnswer(environment, caller, *subject, page_size, *position, response);
    if (!status.ok()) return status;
  }
  if (position->ask <= subject->asks.size()) response.set_next_page_token(TokenOf(*position, scope));
  return response;
}

}  // namespace communique::contacts
