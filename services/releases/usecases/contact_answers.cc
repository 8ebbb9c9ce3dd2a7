// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/contact_answers.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/contact_printing.h"
#include "services/releases/domain/names.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"

namespace communique::releases {
namespace {

using platform::Reason;
using platform::Session;

constexpr int kMostAttempts = 5;
constexpr int kMostContactsAtOnce = 200;

void AddQuestions(const v1::ReleaseContent& content, ContactQuestions& questions) {
  for (const v1::ContactLine& line : content.contact_lines()) {
    if (!line.contact().empty()) questions.insert(QuestionAbout(content.language(), line));
  }
}

absl::Status AddQuestionsOf(const std::set<std::string>& revisions, Session& session, const std::string& newsroom_uid,
                            const v1::Release& release, ContactQuestions& questions) {
  for (const std::string& revision : revisions) {
    const auto name = ReleaseRevisionName::Parse(revision);
    if (!name || !name->Number()) continue;
    const auto found = FindRevision(session, newsroom_uid, release, *name->Number());
    if (!found.ok()) return found.status();
    AddQuestions(found->content(), questions);
  }
  return absl::OkStatus();
}

// The contacts that the questions and the answers so far are about.
std::set<std::string> Concerned(const ContactQuestions& questions, const ContactAnswers& answers) {
  std::set<std::string> contacts;
  for (const auto& [locale, asked] : questions) {
    contacts::v1::ContactToPrint entry;
    entry.ParseFromString(asked);
    contacts.insert(entry.contact());
  }
  for (const auto& [question, printing] : answers.printings) {
    contacts.insert(printing.depends_on().begin(), printing.depends_on().end());
  }
  return contacts;
}

// From here on news of the contacts is counted.
absl::StatusOr<ContactNews> CountNews(const Environment& environment, const Caller& caller,
                                      const std::set<std::string>& contacts) {
  ContactNews news;
  const absl::Status read = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    auto numbers = ReadNews(session, contacts, platform::RowLock::kNone);
    if (numbers.ok()) news = *std::move(numbers);
    return numbers.status();
  });
  if (!read.ok()) return read;
  if (news.size() == contacts.size()) return news;
  const absl::Status noted = environment.database.Write(caller.deadline, [&](Session& session) -> absl::Status {
    if (auto status = NoteContacts(session, contacts); !status.ok()) return status;
    auto numbers = ReadNews(session, contacts, platform::RowLock::kNone);
    if (numbers.ok()) news = *std::move(numbers);
    return numbers.status();
  });
  if (!noted.ok()) return noted;
  return news;
}

absl::Status Ask(const Environment& environment, const Caller& caller, const std::string& newsroom,
                 const ContactQuestions& questions, ContactAnswers& answers) {
  answers.printings.clear();
  for (auto next = questions.begin(); next != questions.end();) {
    contacts::v1::PrintContactsRequest request;
    request.set_newsroom(newsroom);
    request.set_locale(next->first);
    std::vector<ContactQuestion> asked;
    for (; next != questions.end() && next->first == request.locale() && request.contacts_size() < kMostContactsAtOnce;
         ++next) {
      request.add_contacts()->ParseFromString(next->second);
      asked.push_back(*next);
    }
    const auto response = environment.contacts->Print(caller, request);
    if (!response.ok()) return response.status();
    if (response->printings_size() != request.contacts_size()) {
      return platform::InternalError("the contacts service gave another number of answers than there were questions");
    }
    for (int i = 0; i < response->printings_size(); ++i) {
      if (!IsAnswerTo(request.contacts(i), response->printings(i))) {
        return platform::InternalError("the contacts service left out who is printed, or how values stand");
      }
      answers.printings.emplace(asked[static_cast<std::size_t>(i)], response->printings(i));
    }
  }
  return absl::OkStatus();
}

absl::Status NoContactsService(const std::string& newsroom) {
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_REFERENCE_MISSING, newsroom,
      "contact lines refer to contacts, and this installation has no contacts service (peers.contacts.address): print "
      "them without references");
}

absl::Status AskUntilSettled(const Environment& environment, const Caller& caller, const std::string& newsroom,
                             const ContactQuestions& questions, ContactAnswers& answers) {
  if (environment.contacts == nullptr) return NoContactsService(newsroom);
  // An answer is good when everything that it depends on was noted before it was asked for. Whom it depends on beyond
  // the contact itself, it says.
  std::set<std::string> contacts = Concerned(questions, answers);
  while (true) {
    auto news = CountNews(environment, caller, contacts);
    if (!news.ok()) return news.status();
    if (auto status = Ask(environment, caller, newsroom, questions, answers); !status.ok()) return status;
    answers.news = *std::move(news);
    std::set<std::string> concerned = Concerned(questions, answers);
    concerned.insert(contacts.begin(), contacts.end());
    if (concerned.size() == contacts.size()) return absl::OkStatus();
    contacts = std::move(concerned);
  }
}

absl::StatusOr<ContactQuestions> QuestionsOf(const Environment& environment, const Caller& caller,
                                             const ReleaseName& name) {
  ContactQuestions questions;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto newsroom = FindNewsroom(session, NewsroomName{name.newsroom}.ToString());
    if (!newsroom.ok()) return newsroom.status();
    const auto record = FindRelease(session, newsroom->uid(), name.ToString());
    if (!record.ok()) return record.status();
    auto found = FindQuestions(session, newsroom->uid(), *record);
    if (found.ok()) questions = *std::move(found);
    return found.status();
  });
  // What is not there has no questions: the change itself says so best.
  if (absl::IsNotFound(status)) return ContactQuestions();
  if (!status.ok()) return status;
  return questions;
}

}  // namespace

absl::StatusOr<const contacts::v1::ContactPrinting*> ContactAnswers::Find(const std::string& locale,
                                                                          const v1::ContactLine& line) {
  if (!status.ok()) return status;
  const auto found = printings.find(QuestionAbout(locale, line));
  if (found == printings.end()) return Outdated(*this);
  return &found->second;
}

ContactQuestion QuestionAbout(const std::string& locale, const v1::ContactLine& line) {
  return {locale, ToAsk(line).SerializeAsString()};
}

absl::Status Outdated(ContactAnswers& answers) {
  answers.outdated = true;
  return platform::MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_CONTENTION,
                             "there was news of contacts, or a change of the lines that print them, again and again "
                             "while they were asked about; try again");
}

absl::StatusOr<ContactQuestions> FindQuestions(Session& session, const std::string& newsroom_uid,
                                               const storage::ReleaseRecord& record) {
  const v1::Release& release = record.release();
  ContactQuestions questions;
  AddQuestions(release.content(), questions);
  const absl::Status added =
      AddQuestionsOf({release.latest_revision(), release.live_revision()}, session, newsroom_uid, release, questions);
  if (!added.ok()) return added;
  auto published = FindEditionQuestions(session, newsroom_uid, record);
  if (!published.ok()) return published.status();
  questions.merge(*published);
  return questions;
}

absl::StatusOr<ContactQuestions> FindEditionQuestions(Session& session, const std::string& newsroom_uid,
                                                      const storage::ReleaseRecord& record) {
  std::set<std::string> revisions;
  for (const auto& summary : record.release().editions()) revisions.insert(summary.revision());
  ContactQuestions questions;
  const absl::Status added = AddQuestionsOf(revisions, session, newsroom_uid, record.release(), questions);
  if (!added.ok()) return added;
  return questions;
}

ContactAnswers AskAboutContacts(const Environment& environment, const Caller& caller, const std::string& newsroom,
                                const ContactQuestions& questions) {
  ContactAnswers answers;
  if (!questions.empty()) answers.status = AskUntilSettled(environment, caller, newsroom, questions, answers);
  return answers;
}

absl::StatusOr<Written<v1::Release>> WithContactAnswers(
    const Environment& environment, const Caller& caller, const std::string& release,
    const std::function<absl::StatusOr<Written<v1::Release>>(ContactAnswers&)>& change) {
  const auto name = ReleaseName::Parse(release);
  for (int attempt = 1;; ++attempt) {
    ContactAnswers answers;
    if (name) {
      const auto questions = QuestionsOf(environment, caller, *name);
      if (!questions.ok()) return questions.status();
      answers = AskAboutContacts(environment, caller, NewsroomName{name->newsroom}.ToString(), *questions);
    }
    auto written = change(answers);
    if (!answers.outdated || written.ok() || attempt == kMostAttempts) return written;
  }
}

}  // namespace communique::releases
