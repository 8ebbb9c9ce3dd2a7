// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/read_contacts.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/resource_verbs.h"

namespace communique::contacts {
namespace {

using platform::Session;

constexpr int kMostNames = 200;

absl::StatusOr<v1::Contact> Read(Session& session, const ContactName& name, const ContactReadMask& read_mask) {
  const auto newsroom = NewsroomOf(session, name.newsroom, "contact", name.ToString());
  if (!newsroom.ok()) return newsroom.status();
  auto record = FindContact(session, newsroom->uid, name.ToString());
  if (!record.ok()) return record.status();
  v1::Contact contact = std::move(*record->mutable_contact());
  read_mask.Apply(contact);
  return contact;
}

// The newsroom that all names of a batch are below: what the caller may read is known for one newsroom at a time.
absl::StatusOr<std::string> NewsroomOfBatch(const v1::BatchGetContactsRequest& request) {
  if (request.names().empty()) return platform::InvalidField("names", "name at least one contact");
  if (request.names_size() > kMostNames) {
    return platform::InvalidField("names", absl::StrCat("has ", request.names_size(), " names; at most ", kMostNames));
  }
  if (!request.parent().empty() && !NewsroomName::Parse(request.parent())) {
    return InvalidName("parent", request.parent(), kNewsroomPattern);
  }
  std::string newsroom = request.parent().empty() ? std::string() : NewsroomName::Parse(request.parent())->newsroom;
  platform::FieldViolations violations;
  for (int i = 0; i < request.names_size(); ++i) {
    const std::string field = absl::StrCat("names[", i, "]");
    const auto name = ContactName::Parse(request.names(i));
    if (!name) {
      violations.Merge("", InvalidName(field, request.names(i), kContactPattern));
    } else if (newsroom.empty()) {
      newsroom = name->newsroom;
    } else if (name->newsroom != newsroom) {
      violations.Add(field, absl::StrCat("must be below ", NewsroomName{newsroom}.ToString()));
    }
  }
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  return newsroom;
}

// The first path of the mask that asks for something personal.
std::string PersonalPath(const google::protobuf::FieldMask& read_mask) {
  for (const std::string& path : read_mask.paths()) {
    google::protobuf::FieldMask one;
    one.add_paths(path);
    const auto mask = ContactReadMask::Parse(one);
    if (mask.ok() && mask->asks_for_personal()) return path;
  }
  return {};
}

}  // namespace

absl::StatusOr<ContactReadMask> CheckedReadMask(const Caller& caller, const std::string& newsroom,
                                                const google::protobuf::FieldMask& read_mask) {
  auto mask = ContactReadMask::Parse(read_mask);
  if (!mask.ok() || !mask->asks_for_personal() || caller.May(common::v1::PERMISSION_READ_PERSONAL)) return mask;
  const std::string field = PersonalPath(read_mask);
  const std::string_view permission = platform::PermissionName(common::v1::PERMISSION_READ_PERSONAL);
  return platform::MakeError(
      absl::StatusCode::kPermissionDenied, platform::Reason::ERROR_REASON_PERMISSION_DENIED,
      absl::StrCat("read_mask: \"", field, "\" is personal: ", caller.principal, " needs the permission ",
                   platform::ToAbsl(permission), " in the newsroom ", newsroom, "; leave it out"),
      {{"permission", permission}, {"newsroom", newsroom}, {"field", field}});
}

absl::StatusOr<v1::Contact> GetContact(const Environment& environment, const Caller& caller,
                                       const v1::GetContactRequest& request) {
  const auto name = ContactName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kContactPattern);
  const auto read_mask = CheckedReadMask(caller, name->newsroom, request.read_mask());
  if (!read_mask.ok()) return read_mask.status();
  absl::StatusOr<v1::Contact> contact;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    contact = Read(session, *name, *read_mask);
    return contact.status();
  });
  if (!status.ok()) return status;
  return contact;
}

absl::StatusOr<v1::BatchGetContactsResponse> BatchGetContacts(const Environment& environment, const Caller& caller,
                                                              const v1::BatchGetContactsRequest& request) {
  const auto newsroom = NewsroomOfBatch(request);
  if (!newsroom.ok()) return newsroom.status();
  const auto read_mask = CheckedReadMask(caller, *newsroom, request.read_mask());
  if (!read_mask.ok()) return read_mask.status();
  v1::BatchGetContactsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    for (const std::string& name : request.names()) {
      auto contact = Read(session, *ContactName::Parse(name), *read_mask);
      if (!contact.ok()) return contact.status();
      *response.add_contacts() = *std::move(contact);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListContactsResponse> ListContacts(const Environment& environment, const Caller& caller,
                                                      const v1::ListContactsRequest& request) {
  const bool all = request.parent() == "newsrooms/-";
  const auto parent = NewsroomName::Parse(request.parent());
  if (!parent && !all) return InvalidName("parent", request.parent(), kNewsroomPattern);
  const auto read_mask = CheckedReadMask(caller, all ? "-" : parent->newsroom, request.read_mask());
  if (!read_mask.ok()) return read_mask.status();
  return platform::ListResources<v1::ListContactsResponse>(
      environment, caller, [&](Session& session) -> absl::StatusOr<v1::ListContactsResponse> {
        std::optional<std::string> newsroom_uid;
        if (!all) {
          const auto newsroom = FindNewsroom(session, request.parent());
          if (!newsroom.ok()) return newsroom.status();
          newsroom_uid = newsroom->uid;
        }
        auto page = ListContacts(session, newsroom_uid, request);
        if (!page.ok()) return page.status();
        v1::ListContactsResponse response;
        for (v1::Contact& contact : page->contacts) {
          read_mask->Apply(contact);
          *response.add_contacts() = std::move(contact);
        }
        response.set_next_page_token(page->next_page_token);
        return response;
      });
}

}  // namespace communique::contacts
