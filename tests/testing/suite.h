// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "communique/contacts/v1/consent_service.grpc.pb.h"
#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/temporary_folder.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {

// The services of the suite as processes beside each other, on one engine, each knowing where the other is; with the
// press office newsrooms/example.
class Suite {
 public:
  using Contact = contacts::v1::Contact;
  using ContactStub = contacts::v1::ContactService::Stub;

  // `releases_flags` and `contacts_flags` are added to what the processes are started with.
  explicit Suite(std::string_view engine, const std::vector<std::string>& releases_flags = {},
                 const std::vector<std::string>& contacts_flags = {})
      : releases_data_(engine),
        contacts_data_(engine),
        releases_(Joined(releases_data_.FlagsAnd({"--peers.contacts.address=" + contacts_address()}), releases_flags),
                  releases_data_.environment()),
        contacts_(Joined(contacts_data_.FlagsAnd({"--listen.internal=" + contacts_address(),
                                                  "--peers.releases.address=" + releases_.internal()}),
                         contacts_flags),
                  contacts_data_.environment()),
        client_(std::make_unique<Client>(releases_.internal())),
        contacts_client_(contacts_address()),
        office_(std::make_unique<PressOffice>(*client_)) {
    EXPECT_TRUE(office_->Open().ok());
    // It was looked for before it was there: the next look comes within two seconds.
    while (releases_.Metric(R"(communique_follower_state{feed="contacts",peer="contacts",state="following"})") != 1) {
      std::this_thread::yield();
    }
  }

  const ReleasesData& releases_data() const { return releases_data_; }
  const ContactsData& contacts_data() const { return contacts_data_; }
  ReleasesProcess& releases() { return releases_; }
  ContactsProcess& contacts() { return contacts_; }
  Client& client() { return *client_; }
  Client& contacts_client() { return contacts_client_; }
  PressOffice& office() { return *office_; }

  // After it has ended: on the same data, on ports of its own.
  void RestartReleases() {
    releases_.Start();
    client_ = std::make_unique<Client>(releases_.internal());
    office_ = std::make_unique<PressOffice>(*client_);
  }

  static std::string ContactName(const std::string& id) { return "newsrooms/example/contacts/" + id; }

  // A contact with one mailbox, for everybody. Waits until the contacts service has heard of the newsroom.
  absl::StatusOr<Contact> MakeContact(const std::string& id, const std::string& name, const std::string& email,
                                      const std::string& substitute = "") {
    contacts::v1::CreateContactRequest request;
    request.set_parent("newsrooms/example");
    request.set_contact_id(id);
    Contact& contact = *request.mutable_contact();
    contact.set_kind(Contact::KIND_PERSON);
    contact.set_visibility(contacts::v1::VISIBILITY_PUBLIC);
    contact.add_person_names()->set_display_name(name);
    contact.set_substitute(substitute);
    auto& mail = *contact.add_emails();
    mail.set_address(email);
    mail.set_visibility(contacts::v1::VISIBILITY_PUBLIC);
    const absl::Time end = absl::Now() + absl::Seconds(30);
    for (;;) {
      auto made = contacts_client_.Call(&ContactStub::CreateContact, request);
      const bool unheard = platform::ReasonOf(made.status()) == platform::Reason::ERROR_REASON_NOT_FOUND;
      if (!unheard || absl::Now() > end) return made;
      std::this_thread::yield();
    }
  }
  absl::StatusOr<Contact> Deactivate(const Contact& contact) {
    contacts::v1::DeactivateContactRequest request;
    request.set_name(contact.name());
    request.set_etag(contact.etag());
    return contacts_client_.Call(&ContactStub::DeactivateContact, request);
  }
  // Records what the person said about being printed.
  absl::Status RecordAboutPrinting(const Contact& contact, contacts::v1::ProcessingRecord::Event event) {
    contacts::v1::CreateProcessingRecordRequest request;
    request.set_parent(contact.name());
    auto& record = *request.mutable_processing_record();
    record.set_event(event);
    record.set_purpose(contacts::v1::PURPOSE_PRINTING);
    if (event == contacts::v1::ProcessingRecord::EVENT_GRANTED) {
      record.set_notice_version("1");
      record.set_notice_locale("en");
    }
    return contacts_client_.Call(&contacts::v1::ConsentService::Stub::CreateProcessingRecord, request).status();
  }
  absl::StatusOr<Contact> Reactivate(const Contact& contact) {
    contacts::v1::ReactivateContactRequest request;
    request.set_name(contact.name());
    request.set_etag(contact.etag());
    return contacts_client_.Call(&ContactStub::ReactivateContact, request);
  }

  // A public release whose only contact line refers to the contact: with words of its own, or without.
  absl::StatusOr<v1::Release> PublishReferring(const std::string& id, const std::string& contact,
                                               const std::string& words = "", const std::string& email = "") {
    auto release = office_->Create(id, "Help has arrived");
    if (!release.ok()) return release;
    v1::UpdateReleaseRequest request;
    request.mutable_release()->set_name(release->name());
    request.mutable_release()->set_etag(release->etag());
    auto& line = *request.mutable_release()->mutable_content()->add_contact_lines();
    line.set_contact(contact);
    if (!words.empty()) {
      line.add_segments()->set_value(words);
      auto& mail = *line.add_segments();
      mail.set_kind(v1::ContactSegment::KIND_EMAIL);
      mail.set_value(email);
    }
    request.mutable_update_mask()->add_paths("content.contact_lines");
    release = client_->Call(&v1::ReleaseService::Stub::UpdateRelease, request);
    if (release.ok()) release = office_->Submit(*release);
    if (release.ok()) release = office_->Approve(*release);
    if (release.ok()) release = office_->Publish(*release);
    return release;
  }

  // The words of the contact lines that a reader gets, one line each.
  static std::string LinesOf(const v1::Edition& edition) {
    std::string lines;
    for (const auto& line : edition.content().contact_lines()) {
      for (const auto& segment : line.segments()) lines += segment.value();
      lines += '\n';
    }
    return lines;
  }
  // Asks until a reader gets `lines`; how long that took. InfiniteDuration when it does not come to that.
  absl::Duration WaitForLines(const std::string& edition, const std::string& lines,
                              absl::Duration patience = absl::Seconds(30)) {
    const absl::Time begin = absl::Now();
    while (absl::Now() < begin + patience) {
      const EditionAnswer answer = client_->Read(edition);
      if (answer.edition.ok() && LinesOf(*answer.edition) == lines) return absl::Now() - begin;
      std::this_thread::yield();
    }
    return absl::InfiniteDuration();
  }

 private:
  static std::vector<std::string> Joined(std::vector<std::string> flags, const std::vector<std::string>& more) {
    flags.insert(flags.end(), more.begin(), more.end());
    return flags;
  }

  std::string contacts_address() const { return "unix:" + folder_.File("contacts.sock"); }

  platform::TemporaryFolder folder_;
  ReleasesData releases_data_;
  ContactsData contacts_data_;
  ReleasesProcess releases_;
  ContactsProcess contacts_;
  std::unique_ptr<Client> client_;
  Client contacts_client_;
  std::unique_ptr<PressOffice> office_;
};

}  // namespace communique::testing
