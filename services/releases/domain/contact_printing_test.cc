// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/contact_printing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"

namespace communique::releases {
namespace {

using contacts::v1::ContactPrinting;
using testing::ElementsAre;
using testing::HasSubstr;
using Segment = v1::ContactSegment;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
const std::string kLocale = "de";
const std::string kRevision = "r/1";
const std::string kKey = "key";
constexpr char kMilena[] = "newsrooms/n/contacts/milena";
constexpr char kDesk[] = "newsrooms/n/contacts/desk";

std::string TextOf(const v1::ContactLine& line) {
  std::string text;
  for (const auto& segment : line.segments()) text += segment.value();
  return text;
}

class ContactPrintingTest : public testing::Test {
 protected:
  ContactPrintingTest() {
    line_.set_part_id("c1");
    line_.set_contact(kMilena);
    AddSegment(Segment::KIND_PERSON, "Milena Brkić");
    AddSegment(Segment::KIND_TEXT, " - ");
    AddSegment(Segment::KIND_EMAIL, "milena@example.org");
    AddSegment(Segment::KIND_TEXT, " / ");
    AddSegment(Segment::KIND_PHONE, "022 717 91 11");
    answer_.set_contact(kMilena);
    answer_.add_depends_on(kMilena);
    AddPeriod(0, kMilena, "Milena Brkić", false);
    Stand(ContactPrinting::STANDING_PUBLIC, ContactPrinting::STANDING_PUBLIC);
  }
  void AddSegment(Segment::Kind kind, const std::string& value) {
    auto& segment = *line_.add_segments();
    segment.set_kind(kind);
    segment.set_value(value);
  }
  // From `hours` after now; 0: the first one. Without a contact: nobody.
  void AddPeriod(int hours, const std::string& contact, const std::string& name, bool substitute) {
    auto& period = *answer_.add_periods();
    if (hours != 0) *period.mutable_start() = platform::ToTimestamp(kNow + absl::Hours(hours));
    period.set_substitute(substitute);
    if (contact.empty()) {
      period.set_reason("newsrooms/n/contacts/milena is deactivated");
      return;
    }
    auto& printable = *period.mutable_printable();
    printable.set_contact(contact);
    printable.set_locale("de");
    printable.set_kind(substitute ? contacts::v1::Contact::KIND_DESK : contacts::v1::Contact::KIND_PERSON);
    printable.set_display_name(name);
    printable.add_emails(substitute ? "press@example.org" : "new@example.org");
  }
  void Stand(ContactPrinting::Standing email, ContactPrinting::Standing phone) {
    answer_.clear_standings();
    answer_.add_standings(email);
    answer_.add_standings(phone);
  }
  internal::PrintedLine Plan(const internal::PrintedLine* before = nullptr) {
    return PlanLine(line_, {kLocale, kRevision, kKey}, answer_, before);
  }
  std::string Shown(const internal::PrintedLine& planned, int hours = 0) {
    const auto line = LineAt(line_, planned, kNow + absl::Hours(hours));
    return line ? absl::StrCat(line->contact(), "|", TextOf(*line)) : "nothing";
  }

  const std::string signed_ = absl::StrCat(kMilena, "|Milena Brkić - milena@example.org / 022 717 91 11");
  const std::string composed_ = absl::StrCat(kMilena, "|Milena Brkić, new@example.org");
  v1::ContactLine line_;
  ContactPrinting answer_;
};

TEST_F(ContactPrintingTest, AsksForTheAddressesAndNumbersThatALinePrints) {
  const auto ask = ToAsk(line_);
  EXPECT_EQ(ask.contact(), kMilena);
  EXPECT_THAT(ask.values(), ElementsAre("milena@example.org", "022 717 91 11"));
}

TEST_F(ContactPrintingTest, WhatMayBePrintedIsPrintedAsItWasSigned) {
  const auto planned = Plan();
  EXPECT_EQ(Shown(planned), signed_);
  EXPECT_EQ(planned.vouched_values_size(), 2);
  EXPECT_THAT(planned.ShortDebugString(), testing::Not(HasSubstr("milena@"))) << "what they are is not kept";
  EXPECT_THAT(planned.periods(0).fields(),
              ElementsAre(v1::ContactUsage::FIELD_NAME, v1::ContactUsage::FIELD_EMAIL, v1::ContactUsage::FIELD_PHONE));
  EXPECT_THAT(planned.depends_on(), ElementsAre(kMilena));
  EXPECT_EQ(WhyNotPrintable(line_, answer_, kNow), std::nullopt);
}

TEST_F(ContactPrintingTest, AnAddressOfNobodysIsTheAuthorsBusiness) {
  Stand(ContactPrinting::STANDING_PUBLIC, ContactPrinting::STANDING_UNKNOWN);
  const auto planned = Plan();
  EXPECT_EQ(Shown(planned), signed_);
  EXPECT_EQ(WhyNotPrintable(line_, answer_, kNow), std::nullopt);
  EXPECT_EQ(Shown(Plan(&planned)), signed_) << "and stays so";
}

TEST_F(ContactPrintingTest, WhatWasWrittenFromTheContactIsTheContacts) {
  line_.set_written_for(kMilena);
  EXPECT_EQ(Shown(Plan()), signed_);
  Stand(ContactPrinting::STANDING_UNKNOWN, ContactPrinting::STANDING_PUBLIC);
  EXPECT_EQ(Shown(Plan()), composed_) << "it has changed since the line was written";
}

TEST_F(ContactPrintingTest, WhatWasWrittenForWhoStoodInIsNotTheContacts) {
  line_.set_written_for(kDesk);
  EXPECT_EQ(Shown(Plan()), composed_);
}

TEST_F(ContactPrintingTest, AnotherRevisionDoesNotForgetWhatWasVouchedFor) {
  const auto before = Plan();
  Stand(ContactPrinting::STANDING_UNKNOWN, ContactPrinting::STANDING_PUBLIC);
  const std::string next = "r/2";
  EXPECT_EQ(Shown(PlanLine(line_, {kLocale, next, kKey}, answer_, &before)), composed_);
  // An address that the line did not print before is the author's business.
  line_.mutable_segments(2)->set_value("other@example.org");
  EXPECT_THAT(Shown(PlanLine(line_, {kLocale, next, kKey}, answer_, &before)), HasSubstr("other@example.org"));
}

TEST_F(ContactPrintingTest, AsksForMailboxesAsTheyAreAndForWebAddresses) {
  line_.mutable_segments(2)->set_value(" milena(at)example.org");
  AddSegment(Segment::KIND_URL, "https://example.org");
  EXPECT_THAT(ToAsk(line_).values(), ElementsAre("milena@example.org", "022 717 91 11", "https://example.org"));
}

TEST_F(ContactPrintingTest, AnAnswerTellsOfEachValueAndOfSomebodyOrNobody) {
  EXPECT_TRUE(IsAnswerTo(ToAsk(line_), answer_));
  answer_.clear_standings();
  EXPECT_FALSE(IsAnswerTo(ToAsk(line_), answer_));
  Stand(ContactPrinting::STANDING_PUBLIC, ContactPrinting::STANDING_PUBLIC);
  answer_.clear_periods();
  EXPECT_FALSE(IsAnswerTo(ToAsk(line_), answer_));
}

TEST_F(ContactPrintingTest, WhatIsWithheldIsNotPublishedAndDisappearsFromWhatIs) {
  const auto before = Plan();
  Stand(ContactPrinting::STANDING_PUBLIC, ContactPrinting::STANDING_WITHHELD);
  EXPECT_EQ(Shown(Plan(&before)), composed_);
  const auto why = WhyNotPrintable(line_, answer_, kNow);
  ASSERT_TRUE(why.has_value());
  EXPECT_THAT(*why, HasSubstr("c1: segments 4 "));
  EXPECT_THAT(*why, HasSubstr(kMilena));
}

TEST_F(ContactPrintingTest, WhatTheContactHadAndHasNoMoreDisappears) {
  const auto before = Plan();
  Stand(ContactPrinting::STANDING_UNKNOWN, ContactPrinting::STANDING_PUBLIC);
  const auto after = Plan(&before);
  EXPECT_EQ(Shown(after), composed_);
  EXPECT_EQ(Shown(Plan(&after)), composed_) << "and does not come back as nobody's";
  Stand(ContactPrinting::STANDING_PUBLIC, ContactPrinting::STANDING_PUBLIC);
  EXPECT_EQ(Shown(Plan(&after)), signed_) << "it has it again";
}

TEST_F(ContactPrintingTest, WhoeverStandsInHasTheLineInTheirOwnWords) {
  AddPeriod(2, kDesk, "Pressestelle", true);
  AddPeriod(5, "", "", false);
  const auto planned = Plan();
  EXPECT_EQ(Shown(planned, 0), signed_);
  EXPECT_EQ(Shown(planned, 2), absl::StrCat(kDesk, "|Pressestelle, press@example.org"));
  EXPECT_EQ(Shown(planned, 5), "nothing");
  EXPECT_THAT(Boundaries({planned}, kNow), ElementsAre(kNow + absl::Hours(2), kNow + absl::Hours(5)));
  EXPECT_THAT(Boundaries({planned}, kNow + absl::Hours(2)), ElementsAre(kNow + absl::Hours(5)));
  EXPECT_EQ(WhyNotPrintable(line_, answer_, kNow + absl::Hours(3)), std::nullopt) << "somebody is there";
  EXPECT_THAT(*WhyNotPrintable(line_, answer_, kNow + absl::Hours(6)), HasSubstr("deactivated"));
}

TEST_F(ContactPrintingTest, WhatStandsInIsNotHeldBackByTheValuesOfTheOther) {
  answer_.clear_periods();
  AddPeriod(0, kDesk, "Pressestelle", true);
  Stand(ContactPrinting::STANDING_WITHHELD, ContactPrinting::STANDING_WITHHELD);
  EXPECT_EQ(WhyNotPrintable(line_, answer_, kNow), std::nullopt);
  EXPECT_EQ(Shown(Plan()), absl::StrCat(kDesk, "|Pressestelle, press@example.org"));
}

TEST_F(ContactPrintingTest, LinesOfOtherLanguagesRevisionsAndWithoutContactsStay) {
  v1::ReleaseContent content;
  *content.add_contact_lines() = line_;
  auto& alone = *content.add_contact_lines();
  alone.set_part_id("c2");
  alone.add_segments()->set_value("press@example.org");
  answer_.clear_periods();
  AddPeriod(0, "", "", false);
  const PrintedLines lines = {Plan()};
  for (const auto& [locale, revision] : {std::pair("en", "r/1"), std::pair("de", "r/2")}) {
    v1::ReleaseContent other = content;
    ApplyLines(lines, locale, revision, kNow, other);
    EXPECT_EQ(other.contact_lines_size(), 2);
  }
  ApplyLines(lines, "de", "r/1", kNow, content);
  ASSERT_EQ(content.contact_lines_size(), 1);
  EXPECT_EQ(content.contact_lines(0).part_id(), "c2");
}

TEST_F(ContactPrintingTest, AWrittenLineHoldsItsPiecesApart) {
  contacts::v1::PrintableContact contact;
  contact.set_locale("de");
  contact.set_kind(contacts::v1::Contact::KIND_PERSON);
  contact.set_honorific("Dr.");
  contact.set_display_name("Milena Brkić");
  contact.set_role_title("Sprecherin");
  contact.set_organization_name("Flusshilfe");
  contact.add_emails("milena@example.org");
  contact.add_phones("+41 22 717 91 11");
  contact.add_web_addresses()->set_uri("https://example.org");
  v1::ContactLine line;
  for (const auto& segment : ComposeLine(contact)) *line.add_segments() = segment;
  EXPECT_EQ(TextOf(line),
            "Dr. Milena Brkić, Sprecherin, Flusshilfe, milena@example.org, +41 22 717 91 11, https://example.org");
  EXPECT_EQ(line.segments(0).kind(), Segment::KIND_PERSON);
  EXPECT_EQ(line.segments(6).kind(), Segment::KIND_EMAIL);
  contact.set_locale("ar");
  line.clear_segments();
  for (const auto& segment : ComposeLine(contact)) *line.add_segments() = segment;
  EXPECT_EQ(line.segments(1).value(), "، ");
}

}  // namespace
}  // namespace communique::releases
