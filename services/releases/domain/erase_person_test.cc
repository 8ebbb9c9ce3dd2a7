// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/erase_person.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/releases/domain/contact_printing.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/text/block_text.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::ElementsAre;
using testing::IsEmpty;
using Segment = v1::ContactSegment;

constexpr char kMilena[] = "newsrooms/relief/contacts/milena";
constexpr char kDesk[] = "newsrooms/relief/contacts/desk";

const Person& Milena() {
  static const auto* const kPerson = new Person(
      kMilena, std::vector<std::string>{"Milena Brkić", "milena@example.org", "+49 30 1234567", "example.org/milena"});
  return *kPerson;
}

v1::ContactLine Line(const std::string& contact, const std::vector<std::pair<Segment::Kind, std::string>>& pieces,
                     const std::string& written_for = "") {
  v1::ContactLine line;
  line.set_part_id("c1");
  line.set_contact(contact);
  line.set_written_for(written_for);
  for (const auto& [kind, value] : pieces) {
    auto& segment = *line.add_segments();
    segment.set_kind(kind);
    segment.set_value(value);
  }
  return line;
}

// Her line as an author writes it.
v1::ContactLine HerLine(const std::string& contact) {
  return Line(contact, {{Segment::KIND_TEXT, "Presse: "},
                        {Segment::KIND_PERSON, "Milena Brkić"},
                        {Segment::KIND_TEXT, ", "},
                        {Segment::KIND_ROLE, "Sprecherin"},
                        {Segment::KIND_TEXT, ", "},
                        {Segment::KIND_PHONE, "030/123 45 67"},
                        {Segment::KIND_TEXT, ", "},
                        {Segment::KIND_URL, "www.example.org/milena"}});
}

// What is left of a line; "-" for an erased piece.
std::string Erased(v1::ContactLine line, int version = kDigestVersion) {
  ContactLines lines;
  *lines.Add() = std::move(line);
  ErasePerson(Milena(), version, lines);
  EXPECT_EQ(ErasePerson(Milena(), version, lines), 0) << "the second time there is nothing to do";
  std::string left;
  for (const Segment& segment : lines.Get(0).segments()) {
    EXPECT_TRUE(!segment.erased() || segment.value().empty());
    left += segment.erased() ? "-" : segment.value();
  }
  return left;
}

TEST(ErasePersonTest, HerLineLosesAllThatIsPersonal) {
  EXPECT_EQ(Erased(HerLine(kMilena)), "Presse: -, Sprecherin, -, -");
  EXPECT_EQ(Erased(Line(kMilena, {{Segment::KIND_EMAIL, "andere@example.org"}})), "-") << "whatever it is";
}

TEST(ErasePersonTest, ADigestThatCoversWebAddressesAsTheyAreKeepsThem) {
  EXPECT_EQ(Erased(HerLine(kMilena), 1), "Presse: -, Sprecherin, -, www.example.org/milena");
}

TEST(ErasePersonTest, WhoseLineItIsSaysForWhomItWasWritten) {
  EXPECT_EQ(Erased(Line(kDesk, {{Segment::KIND_EMAIL, "milena@example.org"}}, kMilena)), "-") << "she stood in";
  EXPECT_EQ(Erased(Line(kMilena, {{Segment::KIND_EMAIL, "press@example.org"}}, kDesk)), "press@example.org");
}

TEST(ErasePersonTest, ALineThatRefersToNobodyLosesWhatIsHers) {
  EXPECT_EQ(Erased(HerLine("")), "Presse: -, Sprecherin, -, -");
  EXPECT_EQ(Erased(Line("", {{Segment::KIND_PERSON, "Frau Milena Brkić"},
                             {Segment::KIND_TEXT, " und "},
                             {Segment::KIND_PERSON, "Jonas Weber"},
                             {Segment::KIND_TEXT, ": "},
                             {Segment::KIND_EMAIL, "milena@example.org"},
                             {Segment::KIND_TEXT, ", "},
                             {Segment::KIND_EMAIL, "jonas@example.org"}})),
            "- und Jonas Weber: -, jonas@example.org");
  EXPECT_EQ(Erased(Line("", {{Segment::KIND_PERSON, "Milena Brkić"}, {Segment::KIND_EMAIL, "press@example.org"}})),
            "Milena Brkićpress@example.org")
      << "a name alone may be a namesake's: an editor is told";
  EXPECT_EQ(Erased(Line("", {{Segment::KIND_EMAIL, "press@example.org"}, {Segment::KIND_URL, "example.org/milena"}})),
            "press@example.orgexample.org/milena")
      << "a page alone may be that of many: an editor is told";
}

TEST(ErasePersonTest, LinesOfOthersAreTheirs) {
  const v1::ContactLine line =
      Line(kDesk, {{Segment::KIND_PERSON, "Milena Brkić"}, {Segment::KIND_EMAIL, "milena@example.org"}});
  EXPECT_EQ(Erased(line), "Milena Brkićmilena@example.org");
}

std::vector<std::string> Shown(const std::vector<v1::ContactLine>& lines) {
  v1::ReleaseContent content;
  for (const auto& line : lines) *content.add_contact_lines() = line;
  ErasePersonFromEdition(Milena(), kDigestVersion, "de", content);
  EXPECT_EQ(ErasePersonFromEdition(Milena(), kDigestVersion, "de", content), 0);
  std::vector<std::string> texts;
  for (const auto& line : content.contact_lines()) texts.push_back(ContactLineText(line));
  return texts;
}

TEST(ErasePersonTest, ReadersGetWhatIsLeftOrNoLine) {
  EXPECT_THAT(Shown({HerLine(kMilena)}), IsEmpty());
  EXPECT_THAT(Shown({HerLine("")}), IsEmpty()) << "a role tells nobody whom to ask";
  EXPECT_THAT(Shown({Line("", {{Segment::KIND_ORGANIZATION, "Example Relief"},
                               {Segment::KIND_TEXT, ", Tel. "},
                               {Segment::KIND_PHONE, "030 1234567"},
                               {Segment::KIND_TEXT, ", "},
                               {Segment::KIND_EMAIL, "press@example.org"}})}),
              ElementsAre("Example Relief, press@example.org"));
  EXPECT_THAT(Shown({Line(kDesk, {{Segment::KIND_EMAIL, "press@example.org"}}, kMilena)}),
              ElementsAre("press@example.org"))
      << "in an edition the contact is who is shown";
}

TEST(ErasePersonTest, WhatIsDecidedShowsNobodyInHerPlace) {
  internal::PrintedLine line;
  line.set_contact(kDesk);
  line.add_vouched_values("desk");
  auto& first = *line.add_periods();
  first.set_contact(kDesk);
  first.add_segments()->set_value("press@example.org");
  auto& second = *line.add_periods();
  second.mutable_start()->set_seconds(7);
  second.set_contact(kMilena);
  second.set_substitute(true);
  second.add_segments()->set_value("milena@example.org");
  second.add_fields(v1::ContactUsage::FIELD_EMAIL);
  EXPECT_TRUE(ErasePerson(Milena(), line));
  EXPECT_FALSE(ErasePerson(Milena(), line));
  EXPECT_EQ(line.periods(0).segments_size(), 1);
  EXPECT_EQ(line.periods(1).ShortDebugString(), "start { seconds: 7 }");
  EXPECT_THAT(line.vouched_values(), ElementsAre("desk"));

  line.set_contact(kMilena);
  EXPECT_TRUE(ErasePerson(Milena(), line));
  EXPECT_THAT(line.vouched_values(), IsEmpty()) << "by which it could be tried out";
}

TEST(ErasePersonTest, AMarkOutlivesASaveButNotAnotherValue) {
  ContactLines before;
  *before.Add() = HerLine(kMilena);
  ErasePerson(Milena(), kDigestVersion, before);
  ContactLines after = before;
  for (auto& segment : *after.Mutable(0)->mutable_segments()) segment.clear_erased();
  KeepMarks(before, after);
  EXPECT_TRUE(MessageDifferencer::Equals(before.Get(0), after.Get(0)));

  after.Mutable(0)->mutable_segments(1)->set_value("Jonas Weber");
  KeepMarks(before, after);
  EXPECT_FALSE(after.Get(0).segments(1).erased());
  EXPECT_TRUE(after.Get(0).segments(5).erased());
}

// A random text with lines of hers, of others and of nobody, in which her values come more often than they should.
class RandomText {
 public:
  explicit RandomText(unsigned seed) : random_(seed) {}

  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  v1::ReleaseRevision Revision(const std::string& key) {
    v1::ReleaseRevision revision;
    auto& content = *revision.mutable_content();
    content.set_headline("Hochwasser");
    for (int i = Below(5); i > 0; --i) {
      const std::string contact = Pick({"", kMilena, kDesk});
      std::vector<std::pair<Segment::Kind, std::string>> pieces;
      for (int j = Below(6); j > 0; --j) {
        pieces.emplace_back(static_cast<Segment::Kind>(Below(8)),
                            Pick({"Milena Brkić", "milena@example.org", "+49 30 1234567", "www.example.org/milena",
                                  "Jonas Weber", "jonas@example.org", "+41 22 7654321", "", ", "}));
      }
      *content.add_contact_lines() = Line(contact, pieces, contact.empty() ? "" : Pick({"", "", kMilena, kDesk}));
    }
    revision.set_digest_version(1 + Below(2));
    revision.set_digest(*ContentDigest(content, key, revision.digest_version()));
    return revision;
  }
  // Changes one value that is there.
  bool Tamper(v1::ReleaseContent& content) {
    for (int tries = 0; tries < 20 && !content.contact_lines().empty(); ++tries) {
      auto& line = *content.mutable_contact_lines(Below(content.contact_lines_size()));
      if (line.segments().empty()) continue;
      auto& segment = *line.mutable_segments(Below(line.segments_size()));
      if (segment.value().empty()) continue;
      segment.mutable_value()->append("x");
      return true;
    }
    return false;
  }

 private:
  std::string Pick(const std::vector<std::string>& from) {
    return from[static_cast<std::size_t>(Below(static_cast<int>(from.size())))];
  }

  std::mt19937 random_;
};

// Whatever the text: its digest verifies when she has been erased, and when another person has, under keys that are not
// the one that it was made with; what is not hers is as it was; and a value of somebody else that is changed afterwards
// is found.
TEST(ErasePersonTest, DigestsVerifyAfterwards) {
  const Person jonas("newsrooms/relief/contacts/jonas", std::vector<std::string>{"jonas@example.org", "Jonas Weber"});
  int erased = 0;
  int tampered = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomText random(seed);
    std::string key = NewDigestKey();
    v1::ReleaseRevision revision = random.Revision(key);
    ASSERT_TRUE(Verifies(revision, key, nullptr));
    std::optional<internal::KeptCommitments> kept;
    for (const Person* person : {&Milena(), &jonas}) {
      const v1::ReleaseRevision before = revision;
      const int lines =
          ErasePerson(*person, revision.digest_version(), *revision.mutable_content()->mutable_contact_lines());
      int differing = 0;
      for (int i = 0; i < before.content().contact_lines_size(); ++i) {
        const auto& line = revision.content().contact_lines(i);
        if (!MessageDifferencer::Equals(line, before.content().contact_lines(i))) ++differing;
      }
      EXPECT_EQ(differing, lines);
      erased += lines;
      const std::string new_key = NewDigestKey();
      kept = Rekey(before, revision, kept ? &*kept : nullptr, key, new_key);
      if (kept->commitments().empty()) kept.reset();
      key = new_key;
      ASSERT_TRUE(Verifies(revision, key, kept ? &*kept : nullptr));
    }
    if (!random.Tamper(*revision.mutable_content())) continue;
    EXPECT_FALSE(Verifies(revision, key, kept ? &*kept : nullptr));
    // Nor does it begin to verify when it is sealed anew.
    const std::string new_key = NewDigestKey();
    const auto sealed = Rekey(revision, revision, kept ? &*kept : nullptr, key, new_key);
    EXPECT_FALSE(Verifies(revision, new_key, sealed.commitments().empty() ? nullptr : &sealed));
    ++tampered;
  }
  EXPECT_GT(erased, 500);
  EXPECT_GT(tampered, 1000);
}

// Who has the text, its digest, what is kept and the key, and knows the value, cannot tell that it was this one.
TEST(ErasePersonTest, NothingThatIsKeptLetsOneTryOutTheValue) {
  std::string key = NewDigestKey();
  v1::ReleaseRevision revision;
  *revision.mutable_content()->add_contact_lines() = HerLine(kMilena);
  revision.set_digest_version(kDigestVersion);
  revision.set_digest(*ContentDigest(revision.content(), key));
  const v1::ReleaseRevision before = revision;
  ErasePerson(Milena(), kDigestVersion, *revision.mutable_content()->mutable_contact_lines());
  const std::string new_key = NewDigestKey();
  const auto kept = Rekey(before, revision, nullptr, key, new_key);
  // The candidate, put where it was.
  EXPECT_NE(*ContentDigest(before.content(), new_key), revision.digest());
  v1::ReleaseRevision guess = before;
  const auto guessed = Rekey(guess, revision, nullptr, new_key, new_key);
  for (const auto& commitment : guessed.commitments()) {
    for (const auto& own : kept.commitments()) EXPECT_NE(commitment, own);
  }
  EXPECT_EQ(kept.DebugString().find("Milena"), std::string::npos);
  EXPECT_EQ(revision.DebugString().find("123 45 67"), std::string::npos);
}

}  // namespace
}  // namespace communique::releases
