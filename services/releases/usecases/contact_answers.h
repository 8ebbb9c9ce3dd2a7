// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/printing.pb.h"
#include "services/releases/storage/contact_line_store.h"
#include "services/releases/storage/release_record.pb.h"
#include "services/releases/usecases/environment.h"

// What the contacts service says about the contacts that a release's lines refer to. It is asked before the transaction
// that uses the answers, which sees whether they are still good: whether there was news since, or other lines than
// those that were asked about.
namespace communique::releases {

// By language, and what is asked about a line (ToAsk), serialised. Equal lines of several releases are asked about
// once.
using ContactQuestion = std::pair<std::string, std::string>;
using ContactQuestions = std::set<ContactQuestion>;

struct ContactAnswers {
  // When they could not be had: the error of whoever needs one.
  absl::Status status;
  std::map<ContactQuestion, contacts::v1::ContactPrinting> printings;
  // What there was news of when they were given.
  ContactNews news;
  // Set by the transaction: it needs newer answers, or others.
  bool outdated = false;

  // The answer about `line`. When there is none: the error, or ABORTED and `outdated`.
  absl::StatusOr<const contacts::v1::ContactPrinting*> Find(const std::string& locale, const v1::ContactLine& line);
};

ContactQuestion QuestionAbout(const std::string& locale, const v1::ContactLine& line);

// ABORTED; sets `outdated`.
absl::Status Outdated(ContactAnswers& answers);

// What there is to ask about a release as it is stored: every line of its working content and of the revisions that
// have been or may be published, that refers to a contact.
absl::StatusOr<ContactQuestions> FindQuestions(platform::Session& session, const std::string& newsroom_uid,
                                               const storage::ReleaseRecord& record);

// What there is to ask about its editions alone.
absl::StatusOr<ContactQuestions> FindEditionQuestions(platform::Session& session, const std::string& newsroom_uid,
                                                      const storage::ReleaseRecord& record);

// Asks for the newsroom (its name). Nothing is asked when there are no questions.
ContactAnswers AskAboutContacts(const Environment& environment, const Caller& caller, const std::string& newsroom,
                                const ContactQuestions& questions);

// Does `change` to the release with answers about its contacts, as often as they turn out to be outdated.
absl::StatusOr<Written<v1::Release>> WithContactAnswers(
    const Environment& environment, const Caller& caller, const std::string& release,
    const std::function<absl::StatusOr<Written<v1::Release>>(ContactAnswers&)>& change);

}  // namespace communique::releases
