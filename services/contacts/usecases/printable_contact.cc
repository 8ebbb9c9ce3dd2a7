// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/printable_contact.h"

#include <google/protobuf/util/time_util.h>

#include <string>

#include "services/contacts/domain/names.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/domain/printable.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/printing_consent.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using google::protobuf::util::TimeUtil;
using platform::Session;

bool IsTime(const google::protobuf::Timestamp& time) {
  return time.seconds() >= TimeUtil::kTimestampMinSeconds && time.seconds() <= TimeUtil::kTimestampMaxSeconds &&
         time.nanos() >= 0 && time.nanos() < 1'000'000'000;
}

absl::Status CheckRequest(const v1::GetPrintableContactRequest& request, const std::string& locale) {
  if (!NewsroomName::Parse(request.newsroom())) return InvalidName("newsroom", request.newsroom(), kNewsroomPattern);
  if (!ContactName::Parse(request.contact())) return InvalidName("contact", request.contact(), kContactPattern);
  platform::FieldViolations violations;
  platform::CheckLanguage("locale", locale, violations);
  if (request.has_at_time() && !IsTime(request.at_time())) {
    violations.Add("at_time", "is not a time; seconds are of the years 1 to 9999, and nanos 0 to 999999999");
  }
  return violations.ToStatus();
}

absl::StatusOr<v1::PrintableContact> Choose(const Environment& environment, Session& session,
                                            const v1::GetPrintableContactRequest& request, const std::string& locale,
                                            absl::Time at) {
  const auto line = NewsroomAndAncestors(session, request.newsroom());
  if (!line.ok()) return line.status();
  const ContactLookup lookup = PrintLookupIn(environment, session, *line);
  const auto asked = lookup(request.contact());
  if (!asked.ok()) return asked.status();
  if (!*asked) return platform::NotFound("contact", request.contact());
  const auto choice = ChoosePrinted(**asked, at, lookup);
  if (!choice.ok()) return choice.status();
  return PrintIn(session, *line, *choice, locale);
}

}  // namespace

absl::StatusOr<v1::PrintableContact> PrintIn(Session& session, const std::vector<Newsroom>& line,
                                             const PrintChoice& choice, const std::string& locale) {
  if (choice.contact.organization().empty()) return Print(choice, nullptr, locale);
  const auto organization = FindOrganizationIn(session, line, choice.contact.organization());
  if (!organization.ok() && !absl::IsNotFound(organization.status())) return organization.status();
  const bool there = organization.ok() && !organization->has_delete_time();
  return Print(choice, there ? &*organization : nullptr, locale);
}

absl::StatusOr<v1::PrintableContact> GetPrintableContact(const Environment& environment, const Caller& caller,
                                                         const v1::GetPrintableContactRequest& request) {
  std::string locale = request.locale();
  platform::Canonicalize(locale);
  if (auto status = CheckRequest(request, locale); !status.ok()) return status;
  absl::StatusOr<v1::PrintableContact> printed;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    const absl::Time at = request.has_at_time() ? platform::FromTimestamp(request.at_time()) : environment.clock.Now();
    printed = Choose(environment, session, request, locale, at);
    return printed.status();
  });
  if (!status.ok()) return status;
  return printed;
}

}  // namespace communique::contacts
