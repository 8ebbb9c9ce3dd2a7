// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/name_agreement.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::contacts {
namespace {

struct Case {
  const char* one;
  const char* other;
  NameAgreement agreement;
};

TEST(NameAgreementTest, SaysHowFarTwoNamesMayBeTheSamePersons) {
  constexpr auto kSame = NameAgreement::kSame;
  constexpr auto kSimilar = NameAgreement::kSimilar;
  constexpr auto kUnsaid = NameAgreement::kUnsaid;
  constexpr auto kOther = NameAgreement::kOther;
  const std::vector<Case> cases = {
      {"Srđan Tošić", "Srdjan Tosic", kSame},
      {"Srđan Tošić", "Срђан Тошић", kSame},
      {"Srđan Tošić", "TOŠIĆ, Srdjan", kSame},
      {"Dr. Jörg Müller", "Joerg Mueller", kSame},
      {"Frau Prof. Jana Weiss", "Jana Weiß", kSame},
      {"Khrushchev Ivan", "Иван Хрущёв", kSame},
      {"王小明", "王小明", kSame},
      {"김정은", "김정은", kSame},
      {"A. Meier", "Anna Meier", kSimilar},
      {"Anna Meier", "Anna Meier-Beck", kSimilar},
      {"Anna Meier", "Anna Maria Meyer", kSimilar},
      {"Srdjan Tosic", "Srdjan Tossic", kSimilar},
      {"Jean-Pierre Dupont", "Jeanpierre Dupont", kSimilar},
      {"Madonna", "Madonna", kSimilar},
      {"Tošić", "Srđan Tošić", kUnsaid},
      {"S.", "Srđan Tošić", kUnsaid},
      {"", "Srđan Tošić", kUnsaid},
      {"...", "...", kUnsaid},
      {"Dr.", "Prof.", kOther},
      {"Anna Meier", "Hanna Meier", kOther},
      {"Anna Meier", "Anne Meier", kOther},
      {"Maria Beck", "Marie Beck", kOther},
      {"B. Meier", "Anna Meier", kOther},
      {"Anna Meier", "Anna Beck", kOther},
      {"Ana Ana", "Ana Maria", kOther},
      {"Anna Meier", "Milena Brkić", kOther},
      {"王小明", "王小红", kOther},
      {"Anna", "Milena Brkić", kOther},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(CompareNames(c.one, c.other), c.agreement) << c.one << " and " << c.other;
    EXPECT_EQ(CompareNames(c.other, c.one), c.agreement) << c.other << " and " << c.one;
  }
}

TEST(NameAgreementTest, TakesAnything) {
  const std::string endless(10000, 'a');
  EXPECT_EQ(CompareNames(endless, endless), NameAgreement::kSimilar);
  EXPECT_EQ(CompareNames("\xff\xfe", "\xff"), NameAgreement::kUnsaid);
}

}  // namespace
}  // namespace communique::contacts
