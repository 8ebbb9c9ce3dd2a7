// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <random>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/merge_contacts.h"

namespace communique::contacts {

// Somebody at the press office who does things at random: mostly sensible ones, some that are refused.
class RandomPressOfficer {
 public:
  // What was done, and how it went.
  struct Step {
    std::string what;
    absl::Status status;
    bool validate_only = false;
    // What a successful change left: the contacts as they were answered, in the feed's order.
    std::vector<v1::Contact> changed;
    v1::Merge merge;
  };

  RandomPressOfficer(ContactsStore& store, unsigned seed) : store_(store), driver_(store), seed_(seed), random_(seed) {}

  // Merges that were made and not undone, as far as this officer knows.
  const std::vector<v1::Merge>& merges() const { return merges_; }

  Step Next(const std::vector<v1::Contact>& known) {
    const int dice = Below(100);
    if (known.size() < 4 || dice < 12) return Create(known);
    if (dice < 34) return Update(Any(known), known);
    if (dice < 42) return Send("delete", ContactDriver::Of<v1::DeleteContactRequest>(Seen(Any(known))));
    if (dice < 49) {
      return Send("undelete",
                  ContactDriver::Of<v1::UndeleteContactRequest>(Seen(Preferably(v1::Contact::STATE_DELETED, known))));
    }
    if (dice < 60) return Deactivate(Preferably(v1::Contact::STATE_ACTIVE, known), known);
    if (dice < 68) {
      return Send("reactivate", ContactDriver::Of<v1::ReactivateContactRequest>(
                                    Seen(Preferably(v1::Contact::STATE_DEACTIVATED, known))));
    }
    if (dice < 88) return Merge(Preferably(v1::Contact::STATE_ACTIVE, known), known);
    return Unmerge(known);
  }

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

 private:
  template <typename T>
  const T& Any(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(Below(static_cast<int>(all.size())))];
  }
  // Mostly one in this state, where there is one.
  const v1::Contact& Preferably(v1::Contact::State state, const std::vector<v1::Contact>& known) {
    const v1::Contact* contact = &Any(known);
    for (int i = 0; i < 10 && contact->state() != state; ++i) contact = &Any(known);
    return *contact;
  }
  bool Rarely() { return Below(12) == 0; }

  // As it was read; now and then in a version that it never had.
  v1::Contact Seen(v1::Contact contact) {
    if (Rarely()) contact.set_etag("\"1000000\"");
    return contact;
  }

  v1::Visibility AnyVisibility() {
    return Below(3) > 0 ? v1::VISIBILITY_PUBLIC : static_cast<v1::Visibility>(Below(4));
  }
  std::string AnySubstitute(const std::vector<v1::Contact>& known) {
    return known.empty() || Below(3) == 0 ? "" : Any(known).name();
  }
  google::protobuf::Timestamp AnyTime() {
    return platform::ToTimestamp(store_.clock().Now() + absl::Minutes(Below(120) - 60));
  }

  void Fill(v1::Contact& contact, const std::vector<v1::Contact>& known) {
    contact.set_visibility(AnyVisibility());
    contact.set_substitute(AnySubstitute(known));
    contact.clear_emails();
    contact.clear_phones();
    for (int i = Below(3); i > 0; --i) {
      auto& email = *contact.add_emails();
      email.set_address(absl::StrCat("a", i, Below(50), "@example.org"));
      email.set_visibility(AnyVisibility());
    }
    for (int i = Below(3); i > 0; --i) {
      auto& phone = *contact.add_phones();
      phone.set_number(absl::StrCat("+41 22 717 91 ", 10 * i + Below(10)));
      phone.set_visibility(AnyVisibility());
    }
    if (Below(4) == 0) *contact.mutable_valid_from() = AnyTime();
    if (Below(4) == 0) *contact.mutable_valid_until() = AnyTime();
    contact.set_note(absl::StrCat("note ", Below(1000)));
  }

  Step Create(const std::vector<v1::Contact>& known) {
    const std::string name = absl::StrCat("N", Below(5), " M", Below(5));
    v1::Contact contact = Below(5) == 0 ? ContactDriver::Desk(name) : ContactDriver::Person(name);
    Fill(contact, known);
    const std::string id = absl::StrCat("s", seed_, "-", made_++);
    auto request = ContactDriver::CreateRequest(id, contact, Below(4) == 0 ? "hq" : "relief");
    request.set_unconfirmed(Below(6) == 0);
    return Send("create", std::move(request));
  }

  Step Update(const v1::Contact& read, const std::vector<v1::Contact>& known) {
    static const std::vector<std::string> kFields = {"visibility", "substitute",  "emails", "phones",
                                                     "valid_from", "valid_until", "note",   "relation"};
    v1::Contact change;
    Fill(change, known);
    change.set_relation(static_cast<v1::Contact::Relation>(1 + Below(2)));
    std::vector<std::string> mask;
    for (int i = 1 + Below(3); i > 0; --i) mask.push_back(Any(kFields));
    return Send("update", ContactDriver::UpdateRequest(Seen(read), change, mask));
  }

  Step Deactivate(const v1::Contact& contact, const std::vector<v1::Contact>& known) {
    auto request = ContactDriver::Of<v1::DeactivateContactRequest>(Seen(contact));
    if (Below(2) == 0) request.set_substitute(AnySubstitute(known));
    request.set_reason("left");
    return Send("deactivate", std::move(request));
  }

  template <typename Request>
  Step Send(const std::string& what, Request request) {
    request.set_validate_only(Rarely());
    auto done = driver_.Send(request);
    Step step{absl::StrCat(what, " ", request.ShortDebugString()), done.status(), request.validate_only(), {}, {}};
    if (done.ok()) step.changed = {*std::move(done)};
    return step;
  }

  Step Merge(const v1::Contact& left, const std::vector<v1::Contact>& known) {
    v1::MergeContactsRequest request;
    request.set_contact(left.name());
    request.set_etag(Seen(left).etag());
    for (int i = 1 + Below(2); i > 0; --i) {
      const v1::Contact source = Seen(Preferably(v1::Contact::STATE_ACTIVE, known));
      auto& added = *request.add_sources();
      added.set_contact(source.name());
      added.set_etag(source.etag());
    }
    request.set_keep_primary(Below(2) == 0);
    request.set_validate_only(Rarely());
    auto done = MergeContacts(driver_.env(), ContactDriver::Editor(), request);
    Step step{"merge " + request.ShortDebugString(), done.status(), request.validate_only(), {}, {}};
    if (!done.ok()) return step;
    step.merge = done->value.response.merge();
    step.changed = {done->value.response.contact()};
    if (step.validate_only) return step;
    for (const auto& source : step.merge.merged_contacts()) step.changed.push_back(driver_.Whole(source));
    merges_.push_back(step.merge);
    return step;
  }

  Step Unmerge(const std::vector<v1::Contact>& known) {
    if (merges_.empty()) return {"nothing", absl::NotFoundError("no merge"), false, {}, {}};
    const std::size_t which = static_cast<std::size_t>(Below(static_cast<int>(merges_.size())));
    v1::UnmergeContactsRequest request;
    request.set_name(merges_[which].name());
    for (const v1::Contact& contact : known) {
      if (contact.name() == merges_[which].contact()) request.set_etag(Seen(contact).etag());
    }
    request.set_validate_only(Rarely());
    auto done = UnmergeContacts(driver_.env(), ContactDriver::Editor(), request);
    Step step{"unmerge " + request.ShortDebugString(), done.status(), request.validate_only(), {}, {}};
    if (!done.ok()) return step;
    step.merge = done->value.response.merge();
    step.changed = {done->value.response.contacts().begin(), done->value.response.contacts().end()};
    if (!step.validate_only) merges_.erase(merges_.begin() + static_cast<std::ptrdiff_t>(which));
    return step;
  }

  ContactsStore& store_;
  ContactDriver driver_;
  const unsigned seed_;
  std::mt19937 random_;
  int made_ = 0;
  std::vector<v1::Merge> merges_;
};

}  // namespace communique::contacts
