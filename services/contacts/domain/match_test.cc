// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/platform/testing/histories.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using C = v1::Contact;

std::string ContactNamed(const std::string& id) { return "newsrooms/n/contacts/" + id; }
std::string OrganizationNamed(const std::string& id) { return "newsrooms/n/organizations/" + id; }

// A contact in few words.
struct Sketch {
  std::string id;
  std::string name;
  std::string organization{};
  std::vector<std::string> emails{};
  std::vector<std::string> phones{};
  C::Kind kind = C::KIND_PERSON;
  v1::Visibility visibility = v1::VISIBILITY_PUBLIC;
  bool printed_only = false;
  std::string role{};
};

KnownContact One(const Sketch& sketch) {
  KnownContact known;
  known.printed_only = sketch.printed_only;
  C& contact = known.contact;
  contact.set_name(ContactNamed(sketch.id));
  contact.set_etag("etag of " + sketch.id);
  contact.set_kind(sketch.kind);
  contact.set_state(C::STATE_ACTIVE);
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  if (sketch.kind == C::KIND_PERSON) contact.add_person_names()->set_display_name(sketch.name);
  if (sketch.kind == C::KIND_DESK) contact.add_desk_names()->set_text(sketch.name);
  if (!sketch.role.empty()) contact.add_role_titles()->set_text(sketch.role);
  if (!sketch.organization.empty()) {
    contact.set_organization(OrganizationNamed(sketch.organization));
    known.organizations = {contact.organization()};
  }
  for (const std::string& address : sketch.emails) {
    contact.add_emails()->set_address(address);
    contact.mutable_emails()->rbegin()->set_visibility(sketch.visibility);
  }
  for (const std::string& number : sketch.phones) {
    auto& phone = *contact.add_phones();
    phone.set_number(number);
    phone.set_region("CH");
    phone.set_visibility(sketch.visibility);
    phone.set_e164(ParsePhoneNumber(number, "CH")->e164);
    phone.set_extension(ParsePhoneNumber(number, "CH")->extension);
  }
  return known;
}

std::vector<KnownContact> Known(const std::vector<Sketch>& sketches) {
  std::vector<KnownContact> known;
  for (const Sketch& sketch : sketches) known.push_back(One(sketch));
  return known;
}

std::vector<v1::Organization> Organizations() {
  std::vector<v1::Organization> organizations(2);
  organizations[0].set_name(OrganizationNamed("igh"));
  organizations[0].set_country("CH");
  organizations[0].add_names()->set_display_name("Internationale Gewässerhilfe");
  organizations[0].mutable_names(0)->set_acronym("IGH");
  organizations[0].add_mail_domains("igh.example.org");
  organizations[1].set_name(OrganizationNamed("relief"));
  organizations[1].add_names()->set_display_name("Example Relief");
  return organizations;
}

// "name; organisation; e-mail, e-mail; number": a person where there is a name.
v1::ContactCandidate Candidate(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, "; ");
  v1::ContactCandidate candidate;
  if (!parts[0].empty()) {
    candidate.set_kind(C::KIND_PERSON);
    candidate.add_names(parts[0]);
  }
  if (parts.size() > 1) candidate.set_organization_name(parts[1]);
  if (parts.size() > 2) {
    for (const auto email : absl::StrSplit(parts[2], ", ", absl::SkipEmpty())) candidate.add_emails(std::string(email));
  }
  if (parts.size() > 3) candidate.add_phones(parts[3]);
  return candidate;
}

v1::CandidateMatches MatchOf(const v1::ContactCandidate& candidate, const std::vector<KnownContact>& known) {
  const std::vector<v1::Organization> organizations = Organizations();
  return MatchCandidate(candidate, MatchOrganizations(candidate, organizations), known, {});
}

// "id 11! EMAIL NAME; id 5 NAME": the "!" means certain.
std::string Said(const v1::CandidateMatches& matches) {
  std::string said;
  for (const auto& match : matches.matches()) {
    absl::StrAppend(&said, said.empty() ? "" : "; ", match.contact().substr(ContactNamed("").size()), " ",
                    match.score(), match.certain() ? "!" : "");
    for (const int reason : match.reasons()) {
      absl::StrAppend(&said, " ",
                      v1::ContactMatch::Reason_Name(static_cast<v1::ContactMatch::Reason>(reason)).substr(7));
    }
  }
  return said;
}

std::string Said(const std::string& candidate, const std::vector<Sketch>& sketches) {
  return Said(MatchOf(Candidate(candidate), Known(sketches)));
}

const Sketch kMusic = {"music", "Srđan Mušić", "igh", {"music@igh.example.org"}, {"+41 22 717 91 11"}};
const Sketch kDesk = {"desk", "Pressestelle", "igh", {"medien@igh.example.org"}, {}, C::KIND_DESK};

TEST(MatchTest, ASamplesLineWithAPersonsMailboxAndADesksIsThePersons) {
  const auto matches =
      MatchOf(Candidate("Srdjan Mušić; IGH; music@igh.example.org, medien@igh.example.org"), Known({kMusic, kDesk}));
  EXPECT_EQ(Said(matches), "music 13! EMAIL NAME ORGANIZATION");
  EXPECT_EQ(matches.organization(), OrganizationNamed("igh"));
  EXPECT_EQ(matches.matches(0).display_name(), "Srđan Mušić");
  EXPECT_EQ(matches.matches(0).etag(), "etag of music");
  EXPECT_THAT(matches.matches(0).emails(),
              ElementsAre(v1::ContactMatch::STANDING_PUBLIC, v1::ContactMatch::STANDING_MISSING));
  ASSERT_EQ(matches.emails_size(), 2);
  EXPECT_FALSE(matches.emails(0).role_mailbox());
  EXPECT_EQ(matches.emails(0).desk(), "");
  EXPECT_TRUE(matches.emails(1).role_mailbox());
  EXPECT_EQ(matches.emails(1).desk(), ContactNamed("desk"));
}

TEST(MatchTest, WeighsWhatSpeaksForAPersonAndAgainst) {
  const std::vector<Sketch> all = {kMusic, kDesk};
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Срђан Мушић; ; Music+x@IGH.example.org", "music 13! EMAIL NAME ORGANIZATION"},
      {"Srdjan Mušić; IGH", "music 7! NAME ORGANIZATION"},
      {"Mušić, Srđan; Internationale Gewässerhilfe (IGH)", "music 7! NAME ORGANIZATION"},
      {"Srđan Mušić; ; ; 022 717 91 11", "music 8! PHONE NAME"},
      {"S. Mušić; ; ; +41 (0)22 717 91 11", "music 6 PHONE SIMILAR_NAME"},
      {"Srđan Mušić", "music 5 NAME"},
      {"Srđan Mušić; Unknown Body", "music 5 NAME"},
      {"Srđan Mušić; Example Relief", "music 3 NAME OTHER_ORGANIZATION"},
      {"S. Mušić; IGH", "music 5 SIMILAR_NAME ORGANIZATION"},
      // Another name is never certain, whatever else there is.
      {"Petra Mušić; IGH; music@igh.example.org; +41 22 717 91 11", "music 7 EMAIL PHONE ORGANIZATION OTHER_NAME"},
      {"Petra Beck; IGH", ""},
      {"Petra Beck; IGH; medien@igh.example.org", ""},
      // The mailbox of a desk is nobody's, but says where somebody works.
      {"Petra Beck; ; medien@igh.example.org", ""},
      {"Unknown Person; ; not an address; letters", ""},
  };
  for (const auto& [candidate, said] : cases) EXPECT_EQ(Said(candidate, all), said) << candidate;
}

TEST(MatchTest, ANameAndADesksMailboxAreAPersonOfThatDesk) {
  const Sketch muster = {"muster", "Franziska Muster", "", {"pr-1@seeburg.example.com"}};
  EXPECT_EQ(Said("Franziska Muster; Unknown Body; pr-1@seeburg.example.com", {muster}), "muster 7! NAME ROLE_MAILBOX");
  EXPECT_EQ(Said("; ; pr-1@seeburg.example.com", {muster}), "") << "it identifies no person";
  EXPECT_EQ(Said("Anna Anders; ; pr-1@seeburg.example.com", {muster}), "");
}

TEST(MatchTest, ADesksMailboxIsTheDesks) {
  const std::vector<Sketch> all = {kMusic, kDesk};
  EXPECT_EQ(Said("; IGH; medien@igh.example.org", all), "desk 9! EMAIL ORGANIZATION");
  EXPECT_EQ(Said("; IGH Pressestelle; medien@igh.example.org", all), "desk 9! EMAIL ORGANIZATION");
  EXPECT_EQ(Said("; Example Relief; medien@igh.example.org", all), "desk 9! EMAIL ORGANIZATION")
      << "the domain is the organisation's, whatever is printed";
  const Sketch elsewhere = {"desk", "Media desk", "igh", {"press@igh.example.com"}, {}, C::KIND_DESK};
  EXPECT_EQ(Said("; Example Relief; press@igh.example.com", {elsewhere}), "desk 5 EMAIL OTHER_ORGANIZATION");
  EXPECT_EQ(Said("; Media desk; press@other.example.com", {elsewhere}), "desk 5 NAME");
  EXPECT_EQ(Said("; ; press@igh.example.com", {elsewhere}), "desk 7! EMAIL");
}

TEST(MatchTest, AddressesAloneIdentifyNoPerson) {
  const Sketch elsewhere = {"a", "Anna Meier", "", {"anna@example.org"}, {"+41 22 717 91 11"}};
  EXPECT_EQ(Said("; ; anna@example.org", {elsewhere}), "a 6 EMAIL");
  EXPECT_EQ(Said("; ; ; +41 22 717 91 11", {elsewhere}), "a 3 PHONE");
  EXPECT_EQ(Said("; ; anna@example.org; +41 22 717 91 11", {elsewhere}), "a 9 EMAIL PHONE");
  EXPECT_EQ(Said("Meier; ; anna@example.org; +41 22 717 91 11", {elsewhere}), "a 9 EMAIL PHONE");
}

TEST(MatchTest, ARoleInThePlaceOfANameSaysNothingAgainstAPerson) {
  v1::ContactCandidate candidate = Candidate("; ; music@igh.example.org");
  candidate.add_names("Sprecher");
  EXPECT_EQ(Said(MatchOf(candidate, Known({kMusic}))), "music 8 EMAIL ORGANIZATION");
}

TEST(MatchTest, TwoWhoAreAlikeAreNeverCertain) {
  Sketch other = kMusic;
  other.id = "again";
  const std::string line = "Srđan Mušić; IGH; music@igh.example.org";
  EXPECT_EQ(Said(line, {kMusic, other}), "again 13 EMAIL NAME ORGANIZATION; music 13 EMAIL NAME ORGANIZATION");
  // Somebody with two roles is two contacts: the one of the organisation printed is meant.
  other.organization = "relief";
  EXPECT_EQ(Said(line, {kMusic, other}), "music 13! EMAIL NAME ORGANIZATION; again 9 EMAIL NAME OTHER_ORGANIZATION");
  // A point is no lead.
  other.organization = "igh";
  other.role = "Sprecher";
  v1::ContactCandidate candidate = Candidate(line);
  candidate.set_role("Sprecher");
  EXPECT_EQ(Said(MatchOf(candidate, Known({kMusic, other}))),
            "again 14 EMAIL NAME ORGANIZATION ROLE; music 13 EMAIL NAME ORGANIZATION");
}

TEST(MatchTest, TellsAtMostFive) {
  std::vector<Sketch> all;
  for (int i = 0; i < 9; ++i) all.push_back({absl::StrCat("c", i), "Anna Meier"});
  const auto matches = MatchOf(Candidate("Anna Meier"), Known(all));
  EXPECT_EQ(matches.matches_size(), 5);
  EXPECT_EQ(matches.matches(0).contact(), ContactNamed("c0"));
}

TEST(MatchTest, WhatIsNotPrintedCountsForThoseAloneWhoMayReadIt) {
  Sketch hidden = {"a", "Anna Meier", "", {"anna@example.org"}, {"+41 22 717 91 11"}};
  hidden.visibility = v1::VISIBILITY_MEDIA_ONLY;
  const auto candidate = Candidate("Anna Meier; ; anna@example.org; +41 22 717 91 11");
  auto matches = MatchOf(candidate, Known({hidden}));
  EXPECT_EQ(Said(matches), "a 14! EMAIL PHONE NAME");
  EXPECT_THAT(matches.matches(0).emails(), ElementsAre(v1::ContactMatch::STANDING_NOT_PUBLIC));
  EXPECT_THAT(matches.matches(0).phones(), ElementsAre(v1::ContactMatch::STANDING_NOT_PUBLIC));
  hidden.printed_only = true;
  matches = MatchOf(candidate, Known({hidden}));
  EXPECT_EQ(Said(matches), "a 5 NAME");
  EXPECT_THAT(matches.matches(0).emails(), ElementsAre(v1::ContactMatch::STANDING_MISSING));
  EXPECT_THAT(matches.matches(0).phones(), ElementsAre(v1::ContactMatch::STANDING_MISSING));
  EXPECT_EQ(Said("; ; anna@example.org; +41 22 717 91 11", {hidden}), "");
  // Nothing of a contact that is not for everybody is.
  hidden.visibility = v1::VISIBILITY_PUBLIC;
  std::vector<KnownContact> known = Known({hidden});
  known[0].contact.set_visibility(v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(Said(MatchOf(candidate, known)), "a 5 NAME");
}

TEST(MatchTest, SaysWhichAddressesAContactCanHave) {
  const auto matches = MatchOf(Candidate("Anna Meier; IGH; anna(at)example.org, anna@example.org; 022 717 91 11"), {});
  EXPECT_FALSE(matches.emails(0).usable());
  EXPECT_TRUE(matches.emails(1).usable());
  EXPECT_TRUE(matches.phones(0).usable()) << "a number of the organization's country";
  EXPECT_FALSE(MatchOf(Candidate("Anna Meier; ; ; 022 717 91 11"), {}).phones(0).usable()) << "of no country";
  EXPECT_TRUE(MatchOf(Candidate("Anna Meier; ; ; +41 22 717 91 11"), {}).phones(0).usable());
}

TEST(MatchTest, ExtensionsTellNumbersApart) {
  Sketch contact = {"a", "Anna Meier", "", {}, {"+41 22 717 91 11 ext. 12"}};
  EXPECT_EQ(Said("Anna Meier; ; ; +41 22 717 91 11 ext. 12", {contact}), "a 8! PHONE NAME");
  EXPECT_EQ(Said("Anna Meier; ; ; +41 22 717 91 11", {contact}), "a 8! PHONE NAME");
  EXPECT_EQ(Said("Anna Meier; ; ; +41 22 717 91 11 ext. 13", {contact}), "a 5 NAME");
}

TEST(MatchTest, SpellingsThatOnlySearchesUseAreComparedAndNotShown) {
  KnownContact known = One(kMusic);
  known.contact.add_person_names()->set_display_name("Anna Beck");
  known.contact.mutable_person_names(1)->set_locale("de-x-alt1");
  known.contact.add_person_names()->set_display_name("Срђан Мушић");
  known.contact.mutable_person_names(2)->set_locale("sr-Cyrl");
  const auto matches = MatchOf(Candidate("Anna Beck; IGH"), {known});
  EXPECT_EQ(Said(matches), "music 7! NAME ORGANIZATION");
  EXPECT_EQ(matches.matches(0).display_name(), "Srđan Mušić");
}

TEST(MatchTest, OrganizationsAreMeantByNameShortFormOrDomain) {
  const std::vector<v1::Organization> organizations = Organizations();
  const auto meant = [&](const std::string& text) {
    const auto found = MatchOrganizations(Candidate(text), organizations);
    return absl::StrCat(found.certain == nullptr ? "-" : found.certain->name().substr(OrganizationNamed("").size()),
                        " ", found.names.size(), found.named ? " named" : "");
  };
  EXPECT_EQ(meant("; IGH"), "igh 1 named");
  EXPECT_EQ(meant("; INTERNATIONALE GEWAESSERHILFE"), "igh 1 named");
  EXPECT_EQ(meant("; Internationale Gewässerhilfe (IGH)"), "igh 1 named");
  EXPECT_EQ(meant("; ; a@igh.example.org"), "igh 1");
  EXPECT_EQ(meant("; ; a@geneva.igh.example.org"), "igh 1");
  EXPECT_EQ(meant("; ; a@xigh.example.org"), "- 0");
  EXPECT_EQ(meant("; Somebody else; a@igh.example.org"), "- 1") << "the text or the address may be wrong";
  EXPECT_EQ(meant("; Example Relief; a@igh.example.org"), "relief 2 named");
  EXPECT_EQ(meant("; Gewässerhilfe"), "- 0");
  EXPECT_EQ(meant("; "), "- 0");
}

// Over random directories and lines: nothing depends on an order, at most one match is certain, and a certain one is
// ahead of all others.
TEST(MatchTest, HoldsForAnyDirectoryInAnyOrder) {
  const std::vector<std::string> names = {"Anna Meier", "Hanna Meier", "A. Meier", "Анна Мейер", "Anna Beck", "Press"};
  const std::vector<std::string> emails = {"anna@example.org", "press@igh.example.org", "a@igh.example.org"};
  const std::vector<std::string> phones = {"+41 22 717 91 11", "022 717 91 12"};
  const std::vector<std::string> bodies = {"", "igh", "relief"};
  const std::vector<std::string> printed = {"", "IGH", "Example Relief", "Press"};
  for (unsigned seed = 0; seed < static_cast<unsigned>(platform::OfHistories(200)); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto any = [&](const auto& all) {
      return all[std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random)];
    };
    const auto coin = [&] { return random() % 2 == 0; };
    std::vector<Sketch> sketches;
    for (int i = 0; i < 8; ++i) {
      Sketch sketch{absl::StrCat("c", i), any(names), any(bodies)};
      if (coin()) sketch.emails.push_back(any(emails));
      if (coin()) sketch.phones.push_back(any(phones));
      if (coin()) sketch.kind = C::KIND_DESK;
      if (coin()) sketch.visibility = v1::VISIBILITY_INTERNAL;
      sketch.printed_only = coin();
      sketches.push_back(sketch);
    }
    v1::ContactCandidate candidate = Candidate(absl::StrCat(coin() ? any(names) : "", "; ", any(printed)));
    if (coin()) candidate.add_names(any(names));
    for (const std::string& email : emails) {
      if (coin()) candidate.add_emails(email);
    }
    if (coin()) candidate.add_phones(any(phones));
    std::vector<KnownContact> known = Known(sketches);
    const auto matches = MatchOf(candidate, known);
    const auto certain = std::count_if(matches.matches().begin(), matches.matches().end(),
                                       [](const auto& match) { return match.certain(); });
    EXPECT_LE(certain, 1);
    for (int i = 1; i < matches.matches_size(); ++i) {
      EXPECT_FALSE(matches.matches(i).certain());
      EXPECT_GE(matches.matches(i - 1).score(), matches.matches(i).score());
      EXPECT_GE(matches.matches(0).score(), matches.matches(i).score() + (certain == 1 ? 2 : 0));
    }
    for (int i = 0; i < 3; ++i) {
      std::shuffle(known.begin(), known.end(), random);
      EXPECT_EQ(MatchOf(candidate, known).SerializeAsString(), matches.SerializeAsString());
    }
    v1::ContactCandidate turned = candidate;
    std::reverse(turned.mutable_names()->begin(), turned.mutable_names()->end());
    std::reverse(turned.mutable_emails()->begin(), turned.mutable_emails()->end());
    EXPECT_EQ(Said(MatchOf(turned, known)), Said(matches));
  }
}

TEST(MatchTest, NobodyIsLikeNobody) {
  EXPECT_THAT(MatchOf(v1::ContactCandidate(), Known({kMusic, kDesk})).matches(), IsEmpty());
}

}  // namespace
}  // namespace communique::contacts
