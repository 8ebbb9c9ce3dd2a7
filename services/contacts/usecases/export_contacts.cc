// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/export_contacts.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_validity.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/domain/exchange/exchange_file.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/permission.h"
#include "services/contacts/domain/processing_record.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/group_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/contacts_from_above.h"
#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/permission_of.h"
#include "services/contacts/usecases/printing_consent.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/page_token.h"

namespace communique::contacts {
namespace {

using platform::Session;

constexpr int kAtOnce = 200;
constexpr int kMostFindings = 200;

// A contact that was selected, and the position behind it.
struct Selected {
  MemberPage::Member member;
  std::string position;
  // Of one of the newsroom's own, where the file leaves out who does not want to be printed.
  bool refuses_printing = false;
};
// Some of those behind a position, in order; none when there are no more.
using Selection = std::function<absl::StatusOr<std::vector<Selected>>(const std::string& after)>;

absl::Status CheckSelection(const v1::ExportContactsRequest& request, const ExchangeLimits& limits,
                            platform::FieldViolations& violations) {
  const std::string newsroom = request.parent() + "/";
  if (request.names_size() > limits.names) {
    violations.Add("names", absl::StrCat("has ", request.names_size(), " entries; at most ", limits.names,
                                         " are allowed (limits.exchange.names)"));
  }
  for (int i = 0; i < request.names_size(); ++i) {
    const std::string field = absl::StrCat("names[", i, "]");
    if (!ContactName::Parse(request.names(i))) {
      violations.Merge("", InvalidName(field, request.names(i), kContactPattern));
    } else if (!std::string_view(request.names(i)).starts_with(newsroom)) {
      violations.Add(field, absl::StrCat("must be below ", request.parent()));
    }
  }
  if (!request.group().empty() && !GroupName::Parse(request.group())) {
    violations.Merge("", InvalidName("group", request.group(), kGroupPattern));
  } else if (!request.group().empty() && !std::string_view(request.group()).starts_with(newsroom)) {
    violations.Add("group", absl::StrCat("must be below ", request.parent()));
  }
  if (!request.group().empty() && !request.names().empty()) {
    violations.Add("group", "must be empty when names are given; choose one of them");
  }
  if (!request.filter().empty() && (!request.names().empty() || !request.group().empty())) {
    violations.Add("filter", "must be empty when names or a group are given; choose one of them");
  }
  return violations.ToStatus();
}

absl::Status CheckFields(const v1::ExportContactsRequest& request, const ExchangeLimits& limits) {
  platform::FieldViolations violations;
  if (!NewsroomName::Parse(request.parent())) {
    violations.Merge("", InvalidName("parent", request.parent(), kNewsroomPattern));
  }
  if (request.format() == v1::EXCHANGE_FORMAT_UNSPECIFIED || !v1::ExchangeFormat_IsValid(request.format())) {
    violations.Add("format", "must be VCARD_3, VCARD_4, JCARD or CSV");
  }
  if (!v1::Visibility_IsValid(request.min_visibility())) {
    violations.Add("min_visibility", "must be INTERNAL, MEDIA_ONLY or PUBLIC");
  }
  if (request.page_size() < 0) violations.Add("page_size", "must not be negative; 0 means as many as fit");
  if (request.purpose() != v1::PURPOSE_UNSPECIFIED) {
    CheckUse(request.purpose(), request.channel(), violations);
  } else if (request.channel() != v1::CHANNEL_UNSPECIFIED) {
    violations.Add("purpose", "must be given with a channel: what they would be written to for");
  }
  return CheckSelection(request, limits, violations);
}

Selection SelectNames(Session& session, const std::vector<Newsroom>& line, const v1::ExportContactsRequest& request) {
  return [&](const std::string& after) -> absl::StatusOr<std::vector<Selected>> {
    int begin = 0;
    if (!after.empty() && !absl::SimpleAtoi(after, &begin)) begin = request.names_size();
    std::vector<Selected> selected;
    for (int i = std::max(begin, 0); i < request.names_size() && selected.size() < kAtOnce; ++i) {
      auto record = FindContact(session, line.front().uid, request.names(i));
      if (!record.ok()) return record.status();
      selected.push_back({{std::move(*record->mutable_contact()), false, false}, absl::StrCat(i + 1)});
    }
    return selected;
  };
}

Selection SelectGroup(const Environment& environment, Session& session, const std::vector<Newsroom>& line,
                      const v1::ContactGroup& group, absl::Time now) {
  return [&, now](const std::string& after) -> absl::StatusOr<std::vector<Selected>> {
    auto page = ReadMembers(environment, session, line, group, after, kAtOnce, now);
    if (!page.ok()) return page.status();
    std::vector<Selected> selected;
    for (MemberPage::Member& member : page->members) {
      std::string position = member.contact.name();
      selected.push_back({std::move(member), std::move(position)});
    }
    return selected;
  };
}

Selection SelectFilter(Session& session, const std::vector<Newsroom>& line, const std::string& filter) {
  return [&session, &line, &filter](const std::string& after) -> absl::StatusOr<std::vector<Selected>> {
    auto contacts = ListContactsAfter(session, line.front().uid, filter, after, kAtOnce);
    if (!contacts.ok()) return contacts.status();
    std::vector<Selected> selected;
    for (v1::Contact& contact : *contacts) {
      std::string position = contact.name();
      selected.push_back({{std::move(contact), false, false}, std::move(position)});
    }
    return selected;
  };
}

// What newsrooms below may print.
v1::Contact PrintedPart(v1::Contact contact) {
  const v1::Contact visible = VisiblePart(contact, v1::VISIBILITY_PUBLIC);
  KeepPrinted(contact);
  *contact.mutable_emails() = visible.emails();
  *contact.mutable_web_addresses() = visible.web_addresses();
  for (const auto& phone : visible.phones()) {
    if (phone.kind() != v1::PhoneNumber::KIND_FAX) *contact.add_phones() = phone;
  }
  return contact;
}

// What the file may hold of a contact; nothing when that is nothing.
std::optional<v1::Contact> ExportedPart(Selected selected, v1::Visibility min_visibility, absl::Time now) {
  v1::Contact& contact = selected.member.contact;
  if (selected.member.from_above) {
    if (!selected.member.printable) return std::nullopt;
    return PrintedPart(std::move(contact));
  }
  if (contact.state() == v1::Contact::STATE_MERGED || contact.state() == v1::Contact::STATE_DELETED ||
      contact.state() == v1::Contact::STATE_ERASED) {
    return std::nullopt;
  }
  const bool in_use = contact.state() == v1::Contact::STATE_ACTIVE && IsValidAt(contact, now);
  if (min_visibility != v1::VISIBILITY_INTERNAL && (!in_use || selected.refuses_printing)) return std::nullopt;
  if (!MayBeShown(contact, min_visibility)) return std::nullopt;
  return VisiblePart(std::move(contact), min_visibility);
}

// Whether a contact has an address of the channel, where the channel has addresses.
bool CanBeReached(const v1::Contact& contact, v1::Channel channel) {
  switch (channel) {
    case v1::CHANNEL_EMAIL:
      return !contact.emails().empty();
    case v1::CHANNEL_PHONE:
      return !contact.phones().empty();
    default:
      return true;
  }
}

class Exporter {
 public:
  Exporter(const Environment& environment, const v1::ExportContactsRequest& request, Session& session,
           const std::vector<Newsroom>& line)
      : environment_(environment),
        request_(request),
        session_(session),
        line_(line),
        now_(environment.clock.Now()),
        most_(request.page_size() == 0 ? environment.exchange_limits.cards
                                       : std::min(request.page_size(), environment.exchange_limits.cards)),
        min_visibility_(request.min_visibility() == v1::VISIBILITY_UNSPECIFIED ? v1::VISIBILITY_PUBLIC
                                                                               : request.min_visibility()),
        file_(request.format(), environment.exchange_limits.file_bytes) {}

  // The position behind the last contact, when there are more than the file holds; else empty.
  absl::StatusOr<std::string> Fill(const Selection& select, std::string position) {
    for (;;) {
      auto some = select(position);
      if (!some.ok()) return some.status();
      if (some->empty()) return std::string();
      if (auto status = AskAboutPrinting(*some); !status.ok()) return status;
      for (Selected& selected : *some) {
        if (file_.size() == most_) return position;
        std::string behind = std::move(selected.position);
        const auto contact = PartOf(std::move(selected));
        if (!contact.ok()) return contact.status();
        if (contact->has_value()) {
          const auto organization = OrganizationOf(**contact);
          if (!organization.ok()) return organization.status();
          if (!file_.Add(**contact, *organization)) return position;
        } else {
          ++left_out_;
        }
        position = std::move(behind);
      }
    }
  }

  v1::ExportContactsResponse Finish() const {
    v1::ExportContactsResponse response;
    response.set_content(file_.Finish());
    response.set_media_type(file_.MediaType());
    response.set_contact_count(file_.size());
    response.set_left_out_count(left_out_);
    response.set_not_permitted_count(not_permitted_);
    for (const auto& finding : file_.findings()) {
      if (response.findings_size() == kMostFindings) break;
      *response.add_findings() = finding;
    }
    return response;
  }

  absl::Time now() const { return now_; }

 private:
  // A file for others than the house is as good as printed. (Of those from above ReadMembers has asked.)
  absl::Status AskAboutPrinting(std::vector<Selected>& some) const {
    if (min_visibility_ == v1::VISIBILITY_INTERNAL) return absl::OkStatus();
    std::vector<std::string> own;
    for (const Selected& selected : some) {
      const v1::Contact& contact = selected.member.contact;
      if (!selected.member.from_above && contact.state() == v1::Contact::STATE_ACTIVE) own.push_back(contact.name());
    }
    const auto refusing = WhoRefusesPrinting(environment_, session_, line_, own, now_);
    if (!refusing.ok()) return refusing.status();
    for (Selected& selected : some) selected.refuses_printing = refusing->contains(selected.member.contact.name());
    return absl::OkStatus();
  }

  // What the file holds of a contact, in view of what it is for; nothing when that is nothing.
  absl::StatusOr<std::optional<v1::Contact>> PartOf(Selected selected) {
    if (request_.purpose() == v1::PURPOSE_UNSPECIFIED) return ExportedPart(std::move(selected), min_visibility_, now_);
    if (!ExportedPart(selected, min_visibility_, now_)) return std::nullopt;
    v1::Contact& contact = selected.member.contact;
    v1::PermissionCheck check;
    check.set_contact(contact.name());
    check.set_purpose(request_.purpose());
    check.set_channel(request_.channel());
    const auto permission = PermissionOf(environment_, session_, line_, check, contact, now_);
    if (!permission.ok()) return permission.status();
    if (permission->allowed()) {
      KeepPermitted(*permission, contact);
      auto part = ExportedPart(std::move(selected), min_visibility_, now_);
      if (part && CanBeReached(*part, request_.channel())) return part;
    }
    ++not_permitted_;
    return std::nullopt;
  }

  // Null when the contact has none, or it is gone.
  absl::StatusOr<const v1::Organization*> OrganizationOf(const v1::Contact& contact) {
    if (contact.organization().empty()) return nullptr;
    auto known = organizations_.find(contact.organization());
    if (known == organizations_.end()) {
      auto found = FindOrganizationIn(session_, line_, contact.organization());
      if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
      known = organizations_.emplace(contact.organization(), found.ok() ? *std::move(found) : v1::Organization()).first;
    }
    return known->second.names().empty() ? nullptr : &known->second;
  }

  const Environment& environment_;
  const v1::ExportContactsRequest& request_;
  Session& session_;
  const std::vector<Newsroom>& line_;
  const absl::Time now_;
  const int most_;
  const v1::Visibility min_visibility_;
  ExchangeFile file_;
  int left_out_ = 0;
  int not_permitted_ = 0;
  std::map<std::string, v1::Organization> organizations_;
};

platform::PageScope ScopeOf(const v1::ExportContactsRequest& request) {
  v1::ExportContactsRequest scope = request;
  scope.clear_page_token();
  scope.clear_page_size();
  return {"ExportContacts", request.parent(), scope.SerializeAsString(), "", "staff"};
}

absl::StatusOr<v1::ExportContactsResponse> Export(const Environment& environment,
                                                  const v1::ExportContactsRequest& request, const std::string& after,
                                                  Session& session) {
  const auto line = NewsroomAndAncestors(session, request.parent());
  if (!line.ok()) return line.status();
  Exporter exporter(environment, request, session, *line);
  v1::ContactGroup group;
  Selection select;
  if (!request.names().empty()) {
    select = SelectNames(session, *line, request);
  } else if (!request.group().empty()) {
    auto found = FindGroup(session, line->front().uid, request.group());
    if (!found.ok()) return found.status();
    group = *std::move(found);
    select = SelectGroup(environment, session, *line, group, exporter.now());
  } else {
    select = SelectFilter(session, *line, request.filter());
  }
  const auto end = exporter.Fill(select, after);
  if (!end.ok()) return end.status();
  v1::ExportContactsResponse response = exporter.Finish();
  if (!end->empty()) {
    response.set_next_page_token(platform::MakePageToken(ScopeOf(request), {platform::Value(*end)}));
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ExportContactsResponse> ExportContacts(const Environment& environment, const Caller& caller,
                                                          const v1::ExportContactsRequest& request) {
  if (auto status = CheckFields(request, environment.exchange_limits); !status.ok()) return status;
  std::string after;
  if (!request.page_token().empty()) {
    auto key =
        platform::ParsePageToken(request.page_token(), ScopeOf(request), {{"after", platform::ColumnType::kText}});
    if (!key.ok()) return key.status();
    after = std::get<std::string>(key->front());
  }
  absl::StatusOr<v1::ExportContactsResponse> response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    response = Export(environment, request, after, session);
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts
