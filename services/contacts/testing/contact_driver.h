// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <latch>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/storage/organization_store.h"
#include "services/contacts/testing/contacts_store.h"
#include "services/contacts/usecases/contacts.h"
#include "services/contacts/usecases/read_contacts.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/read_feed.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {

// Says to a store what press officers say to it, in few words. Verbs take the contact as it was read last: its name and
// etag.
class ContactDriver {
 public:
  using Result = absl::StatusOr<v1::Contact>;

  explicit ContactDriver(ContactsStore& store) : store_(store) {}

  static std::string NameOf(const std::string& id, const std::string& newsroom = "relief") {
    return absl::StrCat("newsrooms/", newsroom, "/contacts/", id);
  }
  // A person whom everybody may ask.
  static v1::Contact Person(const std::string& display_name) {
    v1::Contact contact;
    contact.set_kind(v1::Contact::KIND_PERSON);
    contact.set_relation(v1::Contact::RELATION_OWN_STAFF);
    contact.set_visibility(v1::VISIBILITY_PUBLIC);
    contact.add_person_names()->set_display_name(display_name);
    return contact;
  }
  static v1::Contact Desk(const std::string& name) {
    v1::Contact contact;
    contact.set_kind(v1::Contact::KIND_DESK);
    contact.set_visibility(v1::VISIBILITY_PUBLIC);
    auto& text = *contact.add_desk_names();
    text.set_locale("de");
    text.set_text(name);
    return contact;
  }
  // With something of everything that is personal.
  static v1::Contact FullPerson(const std::string& display_name) {
    v1::Contact contact = Person(display_name);
    contact.mutable_person_names(0)->set_given_name("Given");
    contact.mutable_person_names(0)->set_phonetic("phonetic");
    auto& email = *contact.add_emails();
    email.set_address("milena@example.org");
    email.set_visibility(v1::VISIBILITY_PUBLIC);
    auto& phone = *contact.add_phones();
    phone.set_number("+41 22 717 91 11");
    phone.set_visibility(v1::VISIBILITY_INTERNAL);
    contact.set_note("likes to be called before noon");
    contact.set_source("own staff directory");
    return contact;
  }

  static v1::CreateContactRequest CreateRequest(const std::string& id, const v1::Contact& contact,
                                                const std::string& newsroom = "relief") {
    v1::CreateContactRequest request;
    request.set_parent("newsrooms/" + newsroom);
    request.set_contact_id(id);
    *request.mutable_contact() = contact;
    return request;
  }
  static v1::UpdateContactRequest UpdateRequest(const v1::Contact& read, v1::Contact change,
                                                const std::vector<std::string>& mask) {
    v1::UpdateContactRequest request;
    change.set_name(read.name());
    change.set_etag(read.etag());
    *request.mutable_contact() = std::move(change);
    for (const auto& path : mask) request.mutable_update_mask()->add_paths(path);
    return request;
  }
  // For the requests that take a name and an etag.
  template <typename Request>
  static Request Of(const v1::Contact& read) {
    Request request;
    request.set_name(read.name());
    request.set_etag(read.etag());
    return request;
  }

  Result Send(const v1::CreateContactRequest& request) const { return Value(CreateContact(env(), Editor(), request)); }
  Result Send(const v1::UpdateContactRequest& request) const { return Value(UpdateContact(env(), Editor(), request)); }
  Result Send(const v1::DeleteContactRequest& request) const { return Value(DeleteContact(env(), Editor(), request)); }
  Result Send(const v1::UndeleteContactRequest& request) const {
    return Value(UndeleteContact(env(), Editor(), request));
  }
  Result Send(const v1::DeactivateContactRequest& request) const {
    return Value(DeactivateContact(env(), Editor(), request));
  }
  Result Send(const v1::ReactivateContactRequest& request) const {
    return Value(ReactivateContact(env(), Editor(), request));
  }

  Result Create(const std::string& id, const v1::Contact& contact, const std::string& newsroom = "relief") const {
    return Send(CreateRequest(id, contact, newsroom));
  }
  // Makes it, and expects no trouble.
  v1::Contact Make(const std::string& id, const v1::Contact& contact, const std::string& newsroom = "relief") const {
    return Expect(Create(id, contact, newsroom));
  }
  Result Update(const v1::Contact& read, const v1::Contact& change, const std::vector<std::string>& mask) const {
    return Send(UpdateRequest(read, change, mask));
  }
  Result SetSubstitute(const v1::Contact& read, const std::string& substitute) const {
    v1::Contact change;
    change.set_substitute(substitute);
    return Update(read, change, {"substitute"});
  }
  Result Delete(const v1::Contact& read) const { return Send(Of<v1::DeleteContactRequest>(read)); }
  Result Undelete(const v1::Contact& read) const { return Send(Of<v1::UndeleteContactRequest>(read)); }
  Result Deactivate(const v1::Contact& read, const std::string& substitute = "") const {
    auto request = Of<v1::DeactivateContactRequest>(read);
    request.set_substitute(substitute);
    return Send(request);
  }
  Result Reactivate(const v1::Contact& read) const { return Send(Of<v1::ReactivateContactRequest>(read)); }

  Result Get(const std::string& name, const std::vector<std::string>& read_mask = {}) const {
    return GetAs(Editor(), name, read_mask);
  }
  Result GetAs(const Caller& caller, const std::string& name, const std::vector<std::string>& read_mask = {}) const {
    v1::GetContactRequest request;
    request.set_name(name);
    for (const auto& path : read_mask) request.mutable_read_mask()->add_paths(path);
    return GetContact(env(), caller, request);
  }
  // All of it, as it is now.
  v1::Contact Whole(const std::string& name) const { return Expect(Get(name, {"*"})); }

  v1::Organization MakeOrganization(const std::string& id, const std::string& name, const std::string& country = "CH",
                                    const std::string& newsroom = "relief") const {
    v1::Organization organization;
    organization.set_name(absl::StrCat("newsrooms/", newsroom, "/organizations/", id));
    organization.set_country(country);
    organization.add_names()->set_locale("de");
    organization.mutable_names(0)->set_display_name(name);
    const absl::Status status = store_.db().Write(ContactsStore::Soon(), [&](platform::Session& session) {
      return InsertOrganization(session, "uid-of-" + newsroom, {"editor", "call", store_.clock().Now()}, organization);
    });
    EXPECT_TRUE(status.ok()) << status;
    return organization;
  }
  // Deletes it behind the back of its use case.
  void DeleteOrganization(v1::Organization organization, const std::string& newsroom = "relief") const {
    *organization.mutable_delete_time() = platform::ToTimestamp(store_.clock().Now());
    *organization.mutable_purge_time() = platform::ToTimestamp(store_.clock().Now() + absl::Hours(24));
    const absl::Status status = store_.db().Write(ContactsStore::Soon(), [&](platform::Session& session) {
      return UpdateOrganization(session, "uid-of-" + newsroom, {"editor", "call", store_.clock().Now()}, organization);
    });
    EXPECT_TRUE(status.ok()) << status;
  }

  // What the feed says since the store was made: "CREATED a", "UPDATED a".
  std::vector<std::string> Feed() const {
    std::vector<std::string> told;
    const auto status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      const auto entries = platform::ReadFeedEntries(session, platform::Feed::kInternal, 0, 1'000'000'000, 100'000);
      if (!entries.ok()) return entries.status();
      told.clear();
      for (const auto& entry : *entries) {
        told.push_back(
            absl::StrCat(entry->change.verb, " ", entry->change.name.substr(entry->change.name.rfind('/') + 1)));
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return told;
  }

  static v1::Contact Expect(const Result& result) {
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : v1::Contact();
  }

  static Caller Editor() { return ContactsStore::As("editor"); }
  const Environment& env() const { return store_.environment(); }

 private:
  static Result Value(absl::StatusOr<Written<v1::Contact>> written) {
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }

  ContactsStore& store_;
};

// What `count` threads get that begin at the same time.
inline std::vector<absl::Status> AtOnce(std::size_t count, const std::function<absl::Status(std::size_t)>& work) {
  std::vector<absl::Status> statuses(count);
  std::latch start(static_cast<std::ptrdiff_t>(count));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      statuses[i] = work(i);
    });
  }
  for (auto& thread : threads) thread.join();
  return statuses;
}

inline std::ptrdiff_t CountOk(const std::vector<absl::Status>& statuses) {
  return std::count_if(statuses.begin(), statuses.end(), [](const auto& status) { return status.ok(); });
}

}  // namespace communique::contacts
