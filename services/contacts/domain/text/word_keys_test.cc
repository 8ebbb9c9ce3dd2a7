// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/word_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "services/contacts/domain/text/code_points.h"

namespace communique::contacts {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

bool Finds(std::string_view query, std::string_view text) {
  const std::vector<std::string> keys = WordKeysOf(text);
  const auto words = WordForms(query);
  const auto begins = [&](const std::string& beginning) {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return key.starts_with(beginning); });
  };
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const std::vector<std::string>& alternatives) {
    return std::any_of(alternatives.begin(), alternatives.end(), begins);
  });
}

void ExpectAllFindEachOther(const std::vector<std::string>& names) {
  for (const std::string& query : names) {
    for (const std::string& name : names) EXPECT_TRUE(Finds(query, name)) << query << " should find " << name;
  }
}

TEST(WordKeysTest, FoldsScriptsAndSpellings) {
  EXPECT_EQ(NameKey("Срђан Тошић"), "srdan tosic");
  EXPECT_EQ(NameKey("Srđan Tošić"), "srdan tosic");
  EXPECT_EQ(NameKey("Srdjan Tosic"), "srdan tosic");
  EXPECT_EQ(NameKey("Антониу Гутерриш"), "antoniu guterris");
  EXPECT_EQ(NameKey("  MÜLLER,  Karl "), "muller karl");
  EXPECT_EQ(NameKey("Mueller"), "muller");
  EXPECT_EQ(NameKey("Mu\u0308ller"), "muller");
  EXPECT_EQ(NameKey("Jörg Strauß"), "jorg strauss");
  EXPECT_EQ(NameKey("Γιώργος Παπαδόπουλος"), "giorgos papadopoulos");
  EXPECT_EQ(NameKey("ΓΙΩΡΓΟΣ"), "giorgos");
  EXPECT_EQ(NameKey("İbrahim Işık"), "ibrahim isik");
  EXPECT_EQ(NameKey("Nguyễn Văn Đức"), "nguien van duc");
  EXPECT_EQ(NameKey("مُحَمَّد"), NameKey("محمد"));
  EXPECT_EQ(NameKey("أحمد"), NameKey("احمد"));
  EXPECT_EQ(NameKey("דָּוִד"), NameKey("דוד"));
  EXPECT_EQ(NameKey("山田太郎"), "山田太郎");
  EXPECT_EQ(NameKey("ヤマダ"), "iamada");
  EXPECT_EQ(NameKey("김정은"), "김정은");
}

TEST(WordKeysTest, HasNothingToSayOfMarksAlone) {
  for (const char* name : {"", " ", "😀", "-", "'", "\u00B4", "\u0301", "\u202E", "...", "\xff"}) {
    EXPECT_EQ(NameKey(name), "") << name;
    EXPECT_THAT(WordKeysOf(name), IsEmpty()) << name;
    EXPECT_THAT(WordForms(name), IsEmpty()) << name;
    EXPECT_FALSE(Finds(name, "Anna"));
  }
}

TEST(WordKeysTest, SpellingsFindEachOther) {
  ExpectAllFindEachOther({"Srđan Tošić", "Срђан Тошић", "Srdjan Tosic", "SRĐAN TOŠIĆ", "Tošić Srđan"});
  ExpectAllFindEachOther({"Müller", "Mueller", "Muller", "Mu\u0308ller", "MÜLLER"});
  ExpectAllFindEachOther({"Jørgensen", "Joergensen", "Jorgensen", "Jörgensen"});
  ExpectAllFindEachOther({"Århus", "Aarhus", "Arhus"});
  ExpectAllFindEachOther({"Љиљана", "Ljiljana"});
  ExpectAllFindEachOther({"Његош", "Njegoš", "Njegos"});
  ExpectAllFindEachOther({"Ђинђић", "Đinđić", "Djindjic", "Dindic"});
  ExpectAllFindEachOther({"Хрущёв", "Хрущев", "Khrushchev"});
  ExpectAllFindEachOther({"Юлия", "Yulia", "Yuliya"});
  ExpectAllFindEachOther({"Зеленський", "Zelenskyy", "Zelenskyi", "Zelensky"});
  ExpectAllFindEachOther({"O'Neill", "O’Neill", "O\u00B4Neill", "O`Neill", "ONeill", "Oneill"});
  ExpectAllFindEachOther({"Jean-Pierre", "Jean Pierre", "Jean‑Pierre"});
  ExpectAllFindEachOther({"Jean-Pierre", "Jeanpierre"});
  ExpectAllFindEachOther({"Meyer", "Meier"});
  ExpectAllFindEachOther({"Straße", "Strasse", "STRASSE"});
  ExpectAllFindEachOther({"José", "Jose"});
  ExpectAllFindEachOther({"ﬁnanz", "Finanz", "Ｆｉｎａｎｚ"});
  ExpectAllFindEachOther({"Łukasz Żółć", "Lukasz Zolc"});
  ExpectAllFindEachOther({"山田", "山田"});
  ExpectAllFindEachOther({"ヤマダ", "やまだ", "ﾔﾏﾀﾞ", "Yamada"});
  ExpectAllFindEachOther({"محمد علی", "محمد علي", "مُحَمَّد عَلِي"});
  ExpectAllFindEachOther({"Άγγελος", "ΑΓΓΕΛΟΣ", "Angelos"});
}

TEST(WordKeysTest, FindsByTheEndOfNamesWithoutSpaces) {
  EXPECT_TRUE(Finds("太郎", "山田太郎"));
  EXPECT_TRUE(Finds("たろう", "山田たろう"));
  EXPECT_TRUE(Finds("小明", "王小明"));
  EXPECT_TRUE(Finds("Wang Xiaoming", "王小明"));
  EXPECT_TRUE(Finds("Xiao", "王小明"));
  EXPECT_TRUE(Finds("정은", "김정은"));
  EXPECT_FALSE(Finds("明小", "王小明"));
}

TEST(WordKeysTest, BeginningsOfWordsFind) {
  EXPECT_TRUE(Finds("mil to", "Milena Tošić"));
  EXPECT_TRUE(Finds("mül", "Mueller"));
  EXPECT_FALSE(Finds("lena", "Milena Tošić"));
}

TEST(WordKeysTest, WordsAreInTheirOrderWithTheirForms) {
  EXPECT_THAT(WordForms("Dr. Özge Al-Müller, 20 Minuten"),
              ElementsAre(ElementsAre("dr"), ElementsAre("ozge"), ElementsAre("al"), ElementsAre("muller", "almuller"),
                          ElementsAre("20"), ElementsAre("minuten")));
}

TEST(WordKeysTest, DoesNotFindOthers) {
  EXPECT_FALSE(Finds("Miller", "Müller"));
  EXPECT_FALSE(Finds("Müller", "Möller"));
  EXPECT_FALSE(Finds("Anna", "Hanna"));
  EXPECT_FALSE(Finds("Anna Meier", "Anna Müller"));
  EXPECT_FALSE(Finds("Annabel", "Anna"));
  EXPECT_FALSE(Finds("Иванов", "Петров"));
  EXPECT_FALSE(Finds("علي", "محمد"));
}

// What prefix search over keys rests on.
TEST(WordKeysTest, EveryBeginningOfAWordFindsIt) {
  for (const char* name :
       {"Srđan",     "Срђан",   "Srdjan",   "Mueller", "Müller",  "Aarhus",       "Yuliya",  "Зеленський",
        "Zelenskyy", "Хрущёв",  "Елена",    "Љиљана",  "Άγγελος", "Παπαδόπουλος", "محمد",    "عبدالله",
        "בן",        "ירושלים", "山田太郎", "やまだ",  "いった",  "김정은",       "अमित",    "สมชาย",
        "გიორგი",    "Հայկ",    "አበበ",      "Strauß",  "Đức",     "Œuvre",        "İstanbul"}) {
    const std::u32string letters = ToCodePoints(name);
    for (std::size_t size = 1; size <= letters.size(); ++size) {
      const std::string beginning = ToUtf8(std::u32string_view(letters).substr(0, size));
      EXPECT_TRUE(Finds(beginning, name)) << beginning << " should find " << name;
    }
  }
}

TEST(WordKeysTest, GivesEachKeyOnce) {
  EXPECT_THAT(WordKeysOf("Müller Mueller"), ElementsAre("muller"));
  EXPECT_THAT(WordKeysOf("O'Neill"), ElementsAre("neill", "o", "oneill"));
  EXPECT_THAT(WordKeysOf("Хрущёв"), ElementsAre("hrusev", "khrushchev", Contains('\xd1')));
  EXPECT_THAT(WordForms("Anna Müller"), ElementsAre(ElementsAre("anna"), ElementsAre("muller")));
}

TEST(WordKeysTest, IsBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "Ђ" + std::to_string(i) + " 山田太郎" + std::to_string(i) + " ";
  const auto keys = WordKeysOf(text);
  EXPECT_LE(keys.size(), kMaxWordKeys);
  for (const std::string& key : keys) EXPECT_LE(ToCodePoints(key).size(), kMaxWordKeyCharacters);
  const auto query = WordForms(text);
  EXPECT_LE(query.size(), kMaxWords);
  for (const auto& alternatives : query) EXPECT_LE(alternatives.size(), 10U);

  const std::string endless(100000, 'a');
  EXPECT_EQ(WordKeysOf(endless).size(), 1U);
  EXPECT_TRUE(Finds(endless, endless));
  std::string hyphens;
  for (int i = 0; i < 1000; ++i) hyphens += "Ю-";
  EXPECT_LE(WordKeysOf(hyphens).size(), kMaxWordKeys);
  EXPECT_TRUE(Finds("Ю-Ю", hyphens));
}

}  // namespace
}  // namespace communique::contacts
