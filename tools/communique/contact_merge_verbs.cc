// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_change.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/new_name.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactService;

struct MergeArguments {
  ContactChange change;
  std::vector<std::string> sources;
  std::vector<std::string> source_etags;
  bool keep_primary = false;
};

struct UnmergeArguments {
  std::string merge;
  std::string etag;
  bool validate_only = false;
};

// The etags that were not given, of the versions there are now.
absl::Status FetchEtags(Session& session, contacts::v1::MergeContactsRequest& request) {
  contacts::v1::BatchGetContactsRequest get;
  std::vector<std::string*> missing;
  const auto want = [&](const std::string& name, std::string* etag) {
    if (!etag->empty()) return;
    get.add_names(name);
    missing.push_back(etag);
  };
  want(request.contact(), request.mutable_etag());
  for (auto& source : *request.mutable_sources()) want(source.contact(), source.mutable_etag());
  if (missing.empty()) return absl::OkStatus();
  const auto got = session.client.Call(&ContactService::Stub::BatchGetContacts, get, Listener::kContacts);
  if (!got.ok()) return got.status();
  if (got->contacts_size() != get.names_size()) return LocalError("the server has not answered with all the contacts");
  for (std::size_t i = 0; i < missing.size(); ++i) *missing[i] = got->contacts(static_cast<int>(i)).etag();
  return absl::OkStatus();
}

absl::Status MergeContacts(Session& session, const MergeArguments& arguments) {
  if (!arguments.source_etags.empty() && arguments.source_etags.size() != arguments.sources.size()) {
    return UsageError(absl::StrCat("--source-etag is given ", arguments.source_etags.size(), " times for ",
                                   arguments.sources.size(), " contacts; give one for each, in their order, or none"));
  }
  contacts::v1::MergeContactsRequest request;
  request.set_contact(arguments.change.name);
  request.set_etag(arguments.change.etag);
  for (std::size_t i = 0; i < arguments.sources.size(); ++i) {
    auto* source = request.add_sources();
    source->set_contact(arguments.sources[i]);
    if (!arguments.source_etags.empty()) source->set_etag(arguments.source_etags[i]);
  }
  if (const auto status = FetchEtags(session, request); !status.ok()) return status;
  request.set_keep_primary(arguments.keep_primary);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.change.validate_only);
  const auto merged = session.client.Call(&ContactService::Stub::MergeContacts, request, Listener::kContacts);
  if (!merged.ok()) return merged.status();
  PrintMessage(session.out, session.output, *merged, [&](std::ostream& out) {
    if (arguments.change.validate_only) out << "Nothing was changed. It would be so:\n";
    PrintContact(out, merged->contact());
    for (const auto& source : merged->merge().merged_contacts()) {
      out << Printable(source) << " is MERGED into " << Printable(merged->contact().name()) << '\n';
    }
    // The name of a merge that was not made is nobody's.
    if (!arguments.change.validate_only) {
      out << "Undone by: communique contact unmerge " << Printable(merged->merge().name()) << '\n';
    }
  });
  return absl::OkStatus();
}

// The contact that is left by a merge: what went into it says so.
absl::StatusOr<std::string> LeftBy(Session& session, const std::string& merge) {
  contacts::v1::ListContactsRequest request;
  request.set_parent(NewsroomOf(merge));
  request.set_filter("state=\"MERGED\"");
  for (const char* field : {"merge", "merged_into"}) request.mutable_read_mask()->add_paths(field);
  const auto list = ReadPages(session, &ContactService::Stub::ListContacts, std::move(request),
                              &contacts::v1::ListContactsResponse::mutable_contacts,
                              std::numeric_limits<std::int32_t>::max(), Listener::kContacts);
  if (!list.ok()) return list.status();
  for (const auto& contact : list->contacts()) {
    if (contact.merge() == merge) return contact.merged_into();
  }
  return LocalError(absl::StrCat("no contact is merged by ", merge,
                                 ": it was undone, or there is no such merge; the merge that a contact went by is "
                                 "shown by: communique contact get"));
}

absl::Status UnmergeContacts(Session& session, const UnmergeArguments& arguments) {
  contacts::v1::UnmergeContactsRequest request;
  request.set_name(arguments.merge);
  request.set_etag(arguments.etag);
  if (arguments.etag.empty()) {
    const auto left = LeftBy(session, arguments.merge);
    if (!left.ok()) return left.status();
    const auto contact = FetchContact(session, *left);
    if (!contact.ok()) return contact.status();
    request.set_etag(contact->etag());
  }
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto unmerged = session.client.Call(&ContactService::Stub::UnmergeContacts, request, Listener::kContacts);
  if (!unmerged.ok()) return unmerged.status();
  PrintMessage(session.out, session.output, *unmerged, [&](std::ostream& out) {
    if (arguments.validate_only) out << "Nothing was changed. It would be so:\n";
    for (const auto& contact : unmerged->contacts()) PrintContactState(out, contact);
  });
  return absl::OkStatus();
}

}  // namespace

void AddContactMergeVerbs(CLI::App& contact, Verb& chosen) {
  auto* merge = contact.add_subcommand(
      "merge",
      "Take contacts together that are the same; the one that is left is shown as narrowly as the narrowest of them");
  auto merging = std::make_shared<MergeArguments>();
  AddContactChange(*merge, merging->change);
  merge->add_option("SOURCE", merging->sources, "The contacts that go into NAME, which is left")
      ->required()
      ->transform(ContactName());
  AddTexts(
      *merge, "--source-etag", merging->source_etags,
      "Only if the sources still have these etags, one for each in their order; their present ones when not given");
  merge->add_flag("--keep-primary", merging->keep_primary,
                  "Where relation, organization, roles or validity differ, those of NAME hold");
  merge->callback(
      [&chosen, merging] { chosen = [merging](Session& session) { return MergeContacts(session, *merging); }; });

  auto* unmerge = contact.add_subcommand(
      "unmerge", "Undo a merge: all its contacts are again what they were, and what was changed since is lost");
  auto unmerging = std::make_shared<UnmergeArguments>();
  unmerge->add_option("MERGE", unmerging->merge, "The merge, as contact merge has said and contact get shows it")
      ->required()
      ->transform(MergeName());
  unmerge->add_option("--etag", unmerging->etag,
                      "Only if the contact that is left still has this etag; its present one when not given");
  unmerge->add_flag("--validate-only", unmerging->validate_only, "Check everything, change nothing");
  unmerge->callback([&chosen, unmerging] {
    chosen = [unmerging](Session& session) { return UnmergeContacts(session, *unmerging); };
  });
}

}  // namespace communique::command
