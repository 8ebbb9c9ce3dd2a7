// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/releases/usecases/contact_directory.h"

namespace communique::releases {

// A contacts service for tests: contacts with a name, one mailbox and a substitute each. Thread-safe.
class FakeContacts final : public ContactDirectory {
 public:
  struct Contact {
    std::string display_name;
    std::string email;
    bool active = true;
    bool email_is_public = true;
    std::string substitute;
    // When it ends; unset seconds (0): without end.
    std::int64_t until_seconds = 0;
  };

  static std::string NameOf(const std::string& id) { return absl::StrCat("newsrooms/relief/contacts/", id); }

  void Set(const std::string& id, Contact contact) {
    const std::lock_guard lock(mutex_);
    contacts_[NameOf(id)] = std::move(contact);
  }
  // From now on it does not answer.
  void GoAway(bool away = true) {
    const std::lock_guard lock(mutex_);
    away_ = away;
  }
  // Called on each question before it is answered, and after.
  std::function<void()> before_answering = [] {};
  std::function<void()> after_answering = [] {};

  int calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

  absl::StatusOr<contacts::v1::PrintContactsResponse> Print(
      const platform::Caller&, const contacts::v1::PrintContactsRequest& request) override {
    before_answering();
    contacts::v1::PrintContactsResponse response;
    {
      const std::lock_guard lock(mutex_);
      ++calls_;
      if (away_) return NoAnswer();
      for (const auto& entry : request.contacts()) *response.add_printings() = Answer(entry, request.locale());
    }
    after_answering();
    return response;
  }
  // What matches are answered with, one for each candidate; the last request, and those to make contacts with their
  // steps.
  std::function<contacts::v1::CandidateMatches(const contacts::v1::ContactCandidate&)> on_match = [](const auto&) {
    return contacts::v1::CandidateMatches();
  };
  contacts::v1::MatchContactsRequest matched;
  std::vector<contacts::v1::CreateContactRequest> created;
  std::vector<std::string> steps;
  // What making a contact ends with when it is not OK.
  absl::Status refusal;

  absl::StatusOr<contacts::v1::MatchContactsResponse> Match(
      const platform::Caller&, const contacts::v1::MatchContactsRequest& request) override {
    before_answering();
    const std::lock_guard lock(mutex_);
    ++calls_;
    if (away_) return NoAnswer();
    matched = request;
    contacts::v1::MatchContactsResponse response;
    for (const auto& candidate : request.candidates()) *response.add_results() = on_match(candidate);
    return response;
  }
  absl::StatusOr<contacts::v1::Contact> Create(const platform::Caller&,
                                               const contacts::v1::CreateContactRequest& request,
                                               std::string_view step) override {
    const std::lock_guard lock(mutex_);
    ++calls_;
    if (away_) return NoAnswer();
    if (!refusal.ok()) return refusal;
    created.push_back(request);
    steps.emplace_back(step);
    contacts::v1::Contact contact = request.contact();
    contact.set_name(absl::StrCat(request.parent(), "/contacts/made-", created.size()));
    return contact;
  }
  absl::StatusOr<std::string> WatchToken(const std::stop_token&) override { return absl::UnimplementedError("fake"); }

 private:
  using Printing = contacts::v1::ContactPrinting;

  static absl::Status NoAnswer() {
    return platform::Unavailable(platform::Reason::ERROR_REASON_PEER_UNAVAILABLE, "contacts gives no answer",
                                 absl::Seconds(1), {{"peer", "contacts"}});
  }

  // As the contacts service does it, for contacts that end once at most.
  Printing Answer(const contacts::v1::ContactToPrint& entry, const std::string& locale) const {
    Printing printing;
    printing.set_contact(entry.contact());
    for (const std::string& value : entry.values()) {
      const auto own = contacts_.find(entry.contact());
      const bool has = own != contacts_.end() && own->second.email == value;
      printing.add_standings(!has                          ? Printing::STANDING_UNKNOWN
                             : own->second.email_is_public ? Printing::STANDING_PUBLIC
                                                           : Printing::STANDING_WITHHELD);
    }
    AddPeriod(entry.contact(), entry.contact(), locale, 0, printing);
    return printing;
  }
  void AddPeriod(const std::string& asked, std::string name, const std::string& locale, std::int64_t start,
                 Printing& printing) const {
    auto& period = *printing.add_periods();
    if (start != 0) period.mutable_start()->set_seconds(start);
    while (true) {
      if (printing.depends_on().empty() || *printing.depends_on().rbegin() != name) printing.add_depends_on(name);
      const auto found = contacts_.find(name);
      if (found == contacts_.end()) {
        period.set_reason("there is no contact " + name);
        return;
      }
      const Contact& contact = found->second;
      const bool ended = contact.until_seconds != 0 && start >= contact.until_seconds;
      if (contact.active && !ended) {
        Show(asked, name, contact, locale, period);
        if (contact.until_seconds != 0) AddPeriod(asked, asked, locale, contact.until_seconds, printing);
        return;
      }
      if (contact.substitute.empty()) {
        period.set_reason(name + " is deactivated");
        return;
      }
      name = NameOf(contact.substitute);
    }
  }
  static void Show(const std::string& asked, const std::string& name, const Contact& contact, const std::string& locale,
                   contacts::v1::PrintedPeriod& period) {
    period.set_substitute(name != asked);
    auto& printable = *period.mutable_printable();
    printable.set_contact(name);
    printable.set_locale(locale);
    printable.set_kind(contacts::v1::Contact::KIND_PERSON);
    printable.set_display_name(contact.display_name);
    if (contact.email_is_public) printable.add_emails(contact.email);
  }

  mutable std::mutex mutex_;
  std::map<std::string, Contact> contacts_;
  bool away_ = false;
  int calls_ = 0;
};

}  // namespace communique::releases
