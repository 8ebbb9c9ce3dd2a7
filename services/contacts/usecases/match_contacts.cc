// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/match_contacts.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/match.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/search_keys.h"
#include "services/contacts/domain/text/word_keys.h"
#include "services/contacts/storage/match_lookup.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/contacts_from_above.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::Session;

constexpr int kMostCandidates = 50;
constexpr int kMostNames = 10;
constexpr int kMostAddresses = 50;
constexpr std::size_t kCharacters = 500;
// How far up an organization's parents are followed; the contract says how many there may be.
constexpr std::size_t kMostParents = 10;

void CheckTexts(const std::string& path, const google::protobuf::RepeatedPtrField<std::string>& texts, int max,
                platform::FieldViolations& violations) {
  platform::CheckCount(path, texts.size(), max, violations);
  for (int i = 0; i < texts.size(); ++i) {
    platform::CheckText(absl::StrCat(path, "[", i, "]"), texts[i], {.max_characters = kCharacters}, violations);
  }
}

absl::Status CheckRequest(const v1::MatchContactsRequest& request) {
  if (!NewsroomName::Parse(request.newsroom())) return InvalidName("newsroom", request.newsroom(), kNewsroomPattern);
  if (request.candidates().empty()) return platform::InvalidField("candidates", "name at least one candidate");
  platform::FieldViolations violations;
  platform::CheckCount("candidates", request.candidates_size(), kMostCandidates, violations);
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  for (int i = 0; i < request.candidates_size(); ++i) {
    const v1::ContactCandidate& candidate = request.candidates(i);
    const std::string path = absl::StrCat("candidates[", i, "]");
    if (!v1::Contact::Kind_IsValid(candidate.kind())) {
      violations.Add(path + ".kind", absl::StrCat(static_cast<int>(candidate.kind()),
                                                  " is not a kind; it is PERSON or DESK, or unset for either"));
    }
    CheckTexts(path + ".names", candidate.names(), kMostNames, violations);
    platform::CheckText(path + ".role", candidate.role(), {.max_characters = kCharacters}, violations);
    platform::CheckText(path + ".organization_name", candidate.organization_name(), {.max_characters = kCharacters},
                        violations);
    CheckTexts(path + ".emails", candidate.emails(), kMostAddresses, violations);
    CheckTexts(path + ".phones", candidate.phones(), kMostAddresses, violations);
  }
  return violations.ToStatus();
}

void AddWords(std::string_view text, std::set<std::string>& words) {
  for (auto& forms : WordForms(text)) {
    for (std::string& form : forms) words.insert(std::move(form));
  }
}

template <typename Set>
std::vector<std::string> Listed(const Set& set) {
  return {set.begin(), set.end()};
}

// Looks everything up for one request: what several candidates have in common is read once.
class Matcher {
 public:
  Matcher(Session& session, const std::vector<Newsroom>& line, const Environment& environment, bool printed_only)
      : session_(session), line_(line), environment_(environment), printed_only_(printed_only) {}

  absl::StatusOr<v1::CandidateMatches> Match(const v1::ContactCandidate& candidate) {
    std::set<std::string> domains;
    for (const std::string& email : candidate.emails()) {
      for (std::string& domain : MailDomainsOf(email)) domains.insert(std::move(domain));
    }
    std::set<std::string> organization_words;
    AddWords(candidate.organization_name(), organization_words);
    const auto organizations = FindOrganizationsLike(session_, line_, Listed(organization_words), Listed(domains));
    if (!organizations.ok()) return organizations.status();
    const MeantOrganizations meant = MatchOrganizations(candidate, *organizations);

    std::set<std::string> words;
    for (const std::string& name : candidate.names()) AddWords(name, words);
    // It may be a desk's name.
    if (candidate.kind() != v1::Contact::KIND_PERSON) words.merge(organization_words);
    const absl::Time now = environment_.clock.Now();
    auto found = FindContactsLike(session_, line_, Listed(words), AddressesOf(candidate, meant), now);
    if (!found.ok()) return found.status();
    const auto removed = RemoveRefusingFromAbove(environment_, session_, line_, now, *found);
    if (!removed.ok()) return removed;
    std::vector<KnownContact> known;
    for (FoundContact& each : *found) {
      auto with_parents = WithParents(each.contact.organization());
      if (!with_parents.ok()) return with_parents.status();
      // The caller's permissions are those in the newsroom that asks, not in those above.
      known.push_back({std::move(each.contact), *std::move(with_parents), printed_only_ || each.level > 0});
    }
    return MatchCandidate(candidate, meant, known, environment_.rules);
  }

 private:
  static std::vector<std::string> AddressesOf(const v1::ContactCandidate& candidate, const MeantOrganizations& meant) {
    std::set<std::string> addresses;
    for (const std::string& email : candidate.emails()) {
      if (auto key = MailboxSearchKey(email)) addresses.insert(std::move(key->key));
    }
    for (const std::string& phone : candidate.phones()) {
      auto key = PhoneSearchKey(phone, meant.certain == nullptr ? "" : meant.certain->country());
      if (key) addresses.insert(std::move(key->key));
    }
    return Listed(addresses);
  }

  // The organization and those it is a part of.
  absl::StatusOr<std::vector<std::string>> WithParents(const std::string& organization) {
    std::vector<std::string> names;
    for (std::string next = organization; !next.empty() && names.size() <= kMostParents;) {
      names.push_back(next);
      auto known = parents_.find(next);
      if (known == parents_.end()) {
        const auto found = FindOrganizationIn(session_, line_, next);
        if (!found.ok() && !absl::IsNotFound(found.status())) return found.status();
        known = parents_.emplace(next, found.ok() ? found->parent_organization() : "").first;
      }
      next = known->second;
    }
    return names;
  }

  Session& session_;
  const std::vector<Newsroom>& line_;
  const Environment& environment_;
  const bool printed_only_;
  std::map<std::string, std::string> parents_;
};

}  // namespace

absl::StatusOr<v1::MatchContactsResponse> MatchContacts(const Environment& environment, const Caller& caller,
                                                        const v1::MatchContactsRequest& request) {
  if (auto status = CheckRequest(request); !status.ok()) return status;
  v1::MatchContactsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = NewsroomAndAncestors(session, request.newsroom());
    if (!line.ok()) return line.status();
    Matcher matcher(session, *line, environment, request.printed_only());
    for (const v1::ContactCandidate& candidate : request.candidates()) {
      auto matches = matcher.Match(candidate);
      if (!matches.ok()) return matches.status();
      *response.add_results() = *std::move(matches);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts
