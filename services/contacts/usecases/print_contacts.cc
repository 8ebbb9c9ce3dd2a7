// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/print_contacts.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/print_timeline.h"
#include "services/contacts/domain/printed_values.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/printable_contact.h"
#include "services/contacts/usecases/printing_consent.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::Session;

constexpr int kMostContacts = 200;
constexpr int kMostValues = 50;
constexpr std::size_t kMostValueCharacters = 500;

absl::Status CheckRequest(const v1::PrintContactsRequest& request, const std::string& locale) {
  if (!NewsroomName::Parse(request.newsroom())) return InvalidName("newsroom", request.newsroom(), kNewsroomPattern);
  platform::FieldViolations violations;
  platform::CheckLanguage("locale", locale, violations);
  platform::CheckCount("contacts", request.contacts_size(), kMostContacts, violations);
  for (int i = 0; i < request.contacts_size(); ++i) {
    const auto& entry = request.contacts(i);
    const std::string path = absl::StrCat("contacts[", i, "]");
    if (!ContactName::Parse(entry.contact())) {
      violations.Merge("", InvalidName(absl::StrCat(path, ".contact"), entry.contact(), kContactPattern));
    }
    platform::CheckCount(absl::StrCat(path, ".values"), entry.values_size(), kMostValues, violations);
    for (int v = 0; v < entry.values_size(); ++v) {
      platform::CheckText(absl::StrCat(path, ".values[", v, "]"), entry.values(v), {kMostValueCharacters}, violations);
    }
  }
  return violations.ToStatus();
}

absl::Status AddPeriods(Session& session, const std::vector<Newsroom>& line, const std::string& asked,
                        const PrintTimeline& timeline, const std::string& locale, v1::ContactPrinting& printing) {
  std::set<std::string> depends_on(timeline.depends_on.begin(), timeline.depends_on.end());
  const auto& periods = timeline.periods;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    auto& period = *printing.add_periods();
    if (i > 0) *period.mutable_start() = platform::ToTimestamp(periods[i].start);
    period.set_substitute(periods[i].substitute);
    period.set_reason(periods[i].reason);
    if (!periods[i].contact) continue;
    PrintChoice choice{asked, *periods[i].contact, std::nullopt, ""};
    if (i + 1 < periods.size()) {
      choice.until = periods[i + 1].start;
      if (periods[i + 1].contact) choice.stand_in = periods[i + 1].contact->name();
    }
    // Its name is printed as well.
    if (!choice.contact.organization().empty()) depends_on.insert(choice.contact.organization());
    auto printable = PrintIn(session, line, choice, locale);
    if (!printable.ok()) return printable.status();
    *period.mutable_printable() = *std::move(printable);
  }
  for (const std::string& name : depends_on) printing.add_depends_on(name);
  return absl::OkStatus();
}

// The contact whose values a text prints: the one asked for, or whatever it was merged into.
absl::StatusOr<std::optional<v1::Contact>> WithoutMerges(v1::Contact contact, const ContactLookup& lookup) {
  std::set<std::string> seen;
  while (contact.state() == v1::Contact::STATE_MERGED && seen.insert(contact.name()).second) {
    auto next = lookup(contact.merged_into());
    if (!next.ok() || !*next) return next;
    contact = **std::move(next);
  }
  return std::optional(std::move(contact));
}

absl::StatusOr<v1::ContactPrinting> Plan(const Environment& environment, Session& session,
                                         const std::vector<Newsroom>& line, const v1::ContactToPrint& entry,
                                         const std::string& locale, absl::Time now) {
  v1::ContactPrinting printing;
  printing.set_contact(entry.contact());
  const ContactLookup lookup = PrintLookupIn(environment, session, line);
  const auto asked = lookup(entry.contact());
  if (!asked.ok()) return asked.status();
  if (!*asked) {
    printing.add_periods()->set_reason(absl::StrCat("there is no contact ", entry.contact()));
    printing.add_depends_on(entry.contact());
    for (int i = 0; i < entry.values_size(); ++i) printing.add_standings(v1::ContactPrinting::STANDING_UNKNOWN);
    return printing;
  }
  const auto timeline = PlanPrinting(**asked, now, lookup);
  if (!timeline.ok()) return timeline.status();
  if (auto status = AddPeriods(session, line, entry.contact(), *timeline, locale, printing); !status.ok()) {
    return status;
  }
  const auto holder = WithoutMerges(**asked, lookup);
  if (!holder.ok()) return holder.status();
  for (const std::string& value : entry.values()) {
    printing.add_standings(*holder ? StandingOf(value, **holder, environment.rules.email)
                                   : v1::ContactPrinting::STANDING_UNKNOWN);
  }
  return printing;
}

}  // namespace

absl::StatusOr<v1::PrintContactsResponse> PrintContacts(const Environment& environment, const Caller& caller,
                                                        const v1::PrintContactsRequest& request) {
  std::string locale = request.locale();
  platform::Canonicalize(locale);
  if (auto status = CheckRequest(request, locale); !status.ok()) return status;
  v1::PrintContactsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = NewsroomAndAncestors(session, request.newsroom());
    if (!line.ok()) return line.status();
    const absl::Time now = environment.clock.Now();
    for (const auto& entry : request.contacts()) {
      auto printing = Plan(environment, session, *line, entry, locale, now);
      if (!printing.ok()) return printing.status();
      *response.add_printings() = *std::move(printing);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts
