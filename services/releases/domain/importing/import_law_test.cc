// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/importing/import_text.h"
#include "services/releases/domain/importing/testing/import_summary.h"
#include "services/releases/domain/text/utf8.h"

// The law of the importer: whatever the file is, it is refused with a reason, or comes back byte for byte; and what is
// made of it is a content the service takes, unless it is too large.

namespace communique::releases {
namespace {

using testing::HasSubstr;

constexpr char kTexts[] = "services/releases/domain/importing/testdata";

bool IsAboutSize(const std::string& description) {
  return description.find("at most") != std::string::npos || description.find("is longer than") != std::string::npos;
}

void ExpectValid(const v1::ReleaseContent& content) {
  v1::Newsroom newsroom;
  newsroom.set_name("newsrooms/example");
  newsroom.set_source_language(content.language());
  const absl::Status status = ValidateContent("content", content, newsroom, {.max_bytes = 1 << 30});
  const google::rpc::Status wire = platform::ToRpcStatus(status, "test", "", 1 << 20);
  for (const google::protobuf::Any& detail : wire.details()) {
    google::rpc::BadRequest wrong;
    if (!detail.UnpackTo(&wrong)) continue;
    for (const auto& violation : wrong.field_violations()) {
      EXPECT_PRED1(IsAboutSize, violation.description()) << violation.field();
    }
  }
}

void ExpectLaw(const std::string& file, const std::string& language) {
  const auto result = ImportText(file, language, {});
  if (!result.ok()) {
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument) << result.status();
    return;
  }
  ASSERT_EQ(Reassemble(*result), file);
  if (!language.empty()) ExpectValid(result->content);
  std::int64_t offset = 0;
  for (const v1::Fragment& fragment : result->report.fragments()) {
    EXPECT_EQ(fragment.byte_offset(), offset);
    offset += fragment.byte_length();
  }
  EXPECT_EQ(offset, static_cast<std::int64_t>(file.size()));
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

TEST(ImportLawTest, HoldsForEveryLineEndAndEnding) {
  for (const std::string& file : FilesIn(kTexts, ".txt")) {
    SCOPED_TRACE(file);
    const std::string text = Replaced(ReadFile(file), "\r", "");
    const std::string language = LanguageOf(file);
    for (const char* line_break : {"\r\n", "\r", "\n\n", "\n \t\n", "\u2028", "\v\n"}) {
      ExpectLaw(Replaced(text, "\n", line_break), language);
    }
    ExpectLaw("\uFEFF" + text, language);
    ExpectLaw(text + "\n\n\n", language);
    ExpectLaw("\n\n " + text, language);
    ExpectLaw(Replaced(text, " ", "\u00A0"), language);
    ExpectLaw(Replaced(text, "\n", " "), language);
    ExpectLaw(Replaced(text, ". ", ".\r\n"), language);
    ExpectLaw(Replaced(text, "\n", "\n\u200F"), language);
    // Every language's words on every text.
    for (const char* other : {"de", "en", "fr", "es", "ar", "he", "ja"}) ExpectLaw(text, other);
  }
}

TEST(ImportLawTest, HoldsForAddressesThatAreNone) {
  for (const char* address : {"https://", "http://", "https://)", "www.", "mailto:", "@", "a@", "ftp://example.org",
                              "www.bruecke.example.https://example.org/org"}) {
    ExpectLaw(std::string("Hilfe kommt an\n\nGenf – Mehr steht auf ") + address + " und sonst nirgends.\n", "de");
  }
}

TEST(ImportLawTest, HoldsForTextsThatAreNone) {
  const std::vector<std::string> files = {
      "a",
      "Hello world",
      "***",
      "-",
      "- a",
      "1. a\n2. b",
      "“",
      "„a",
      "\"\"",
      "()",
      "(",
      "@",
      ":",
      "a:",
      ":a",
      "http://",
      "***\n***\n***",
      "ENDS",
      "ENDS\nENDS",
      "a\tb\nc\td",
      "a\tb\tc\nc\td",
      "\u200F",
      "\u200Fa",
      "a\u2029b",
      "a\fb",
      "Contact:",
      "Contact: a@example.org",
      "About",
      "About a",
      "Notes to editors:",
      "GENEVA, 16 October –",
      "GENEVA – A",
      "16 October 2026",
      "Embargo",
      "Embargo: 99.99.2026 99:99",
      "a\r\nb\nc\rd",
      "\r",
      "\r\na",
      "a\r\n",
      "\n\r\na",
      "What: a\nWhen: b\nWhere: c",
      "“a\n\n“b\n\n“c”",
      "« \u00A0»",
      "“ ” “ ”",
      "…",
      "😀",
      "日本語のニュース。\n東京、2026年10月16日 – 本文です。",
  };
  for (const std::string& file : files) {
    for (const char* language : {"de", "en", "fr", "es", "ar", "he", "ja", ""}) {
      SCOPED_TRACE(file);
      ExpectLaw(file, language);
    }
  }
}

// Cuts, swaps, doubles and sprinkles pieces of real texts.
class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string Mutate(std::string text) {
    for (int i = Below(6) + 1; i > 0; --i) text = Once(std::move(text));
    return text;
  }

 private:
  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  // A boundary between two code points.
  std::size_t Place(const std::string& text) {
    auto at = static_cast<std::size_t>(Below(static_cast<int>(text.size()) + 1));
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    return at;
  }

  std::string Once(std::string text) {
    static const std::vector<std::string> kPieces = {"\n",
                                                     "\r\n",
                                                     "\r",
                                                     " ",
                                                     "\t",
                                                     "\u00A0",
                                                     "\u200F",
                                                     "\u202E",
                                                     "\uFEFF",
                                                     "\u200B",
                                                     "***\n",
                                                     "###\n",
                                                     "“",
                                                     "”",
                                                     "„",
                                                     "“",
                                                     "\"",
                                                     "« ",
                                                     " »",
                                                     "‘",
                                                     "’",
                                                     "(",
                                                     ")",
                                                     ": ",
                                                     "- ",
                                                     "1. ",
                                                     "• ",
                                                     ",",
                                                     "\n\n",
                                                     "ENDS\n",
                                                     "Kontakt:",
                                                     "Über uns",
                                                     "About ",
                                                     "https://example.org/",
                                                     "a@example.org",
                                                     "+41 22 555 01 99",
                                                     "16. Oktober 2026",
                                                     "GENEVA, 16 October – ",
                                                     "Notes to editors:\n",
                                                     "sagte",
                                                     " said ",
                                                     "Dr. ",
                                                     "\f",
                                                     "\v",
                                                     "\u2028",
                                                     "Sperrfrist: 1.1.2026 10:00",
                                                     "\t\t",
                                                     "|",
                                                     " | ",
                                                     "©",
                                                     "Home\n",
                                                     "-\n",
                                                     "…",
                                                     "–",
                                                     "— "};
    const std::size_t a = Place(text);
    const std::size_t b = Place(text);
    const std::size_t from = std::min(a, b);
    const std::string middle = text.substr(from, std::max(a, b) - from);
    switch (Below(9)) {
      case 0:
        return text.insert(a, kPieces.at(static_cast<std::size_t>(Below(static_cast<int>(kPieces.size())))));
      case 1:
        return middle.size() < 400 ? text.erase(from, middle.size()) : text;
      case 2:
        return middle.size() < 400 ? text.insert(a, middle) : text;
      case 3:
        return text.substr(0, from) + text.substr(from + middle.size()) + middle;
      case 4:
        return Replaced(text, "\n", Below(2) == 0 ? "\n\n" : "\r\n");
      case 5:
        return Shuffled(text);
      case 6:
        return WithoutSome(text);
      case 7:
        return text.insert(from, Repeated(middle, 100'000));
      default:
        return text.substr(from);
    }
  }

  std::string Shuffled(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
      lines.back() += c;
      if (c == '\n') lines.emplace_back();
    }
    std::shuffle(lines.begin(), lines.end(), random_);
    std::string shuffled;
    for (const std::string& line : lines) shuffled += line;
    return shuffled;
  }

  // Without one code point in 50.
  std::string WithoutSome(const std::string& text) {
    std::string rest;
    bool left_out = false;
    for (const char c : text) {
      const bool starts = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      if (starts) left_out = Below(50) == 0;
      if (!left_out) rest += c;
    }
    return rest;
  }

  // One line as long as that, once in a while: such texts take their time.
  std::string Repeated(const std::string& piece, std::size_t size) {
    std::string line = piece;
    if (Below(20) != 0 || piece.empty()) return line;
    line = Replaced(piece, "\n", " ");
    while (line.size() < size) line += line;
    return line;
  }

  std::mt19937 random_;
};

TEST(ImportLawTest, HoldsForMutations) {
  unsigned seed = 1;
  for (const std::string& file : FilesIn(kTexts, ".txt")) {
    const std::string text = ReadFile(file);
    for (int i = 0; i < 30; ++i) {
      const std::string mutation = Mutator(seed).Mutate(text);
      SCOPED_TRACE(file + ", seed " + std::to_string(seed++));
      ASSERT_NO_FATAL_FAILURE(ExpectLaw(mutation, LanguageOf(file)));
    }
  }
}

std::string Error(const std::string& file) { return std::string(ImportText(file, "de", {}).status().message()); }

TEST(ImportLawTest, RefusesWithAReason) {
  EXPECT_THAT(Error(""), HasSubstr("is empty"));
  EXPECT_THAT(Error(" \n\t\u200B\r\n"), HasSubstr("nothing but white space"));
  EXPECT_THAT(Error("Eins\nGr\xFC\xDF"
                    "e"),
              HasSubstr("line 2, column 3 (byte 7): 0xFC is not UTF-8"));
  EXPECT_THAT(Error("Eins\nGr\xFC\xDF"
                    "e"),
              HasSubstr("save it as plain text in UTF-8"));
  EXPECT_THAT(Error("\xFF\xFE"
                    "a\0"),
              HasSubstr("begins like UTF-16"));
  EXPECT_THAT(Error("Er sagt \x84ja\x93"), HasSubstr("Windows-1252"));
  EXPECT_THAT(Error("Eins\nzw" + std::string(1, '\0') + "ei"),
              HasSubstr("line 2, column 3 (byte 7): the control character U+0000"));
  EXPECT_THAT(Error(std::string("E\0i\0n\0s\0", 8)), HasSubstr("looks like UTF-16"));
  EXPECT_THAT(Error("a\x07"), HasSubstr("U+0007 has no place in a text; take it out"));
  EXPECT_THAT(Error("Er sagt \u0084ja\u0093"), HasSubstr("U+0084 has no place in a text; it was probably a quotation"));
  EXPECT_THAT(
      Error("-\nWer wir sind\nWer wir sindDie Organisation hilft seit 1951 in vielen Ländern der Welt.\nÜber uns\n"
            "Über uns\n- Mitmachen\n- Spenden\n"),
      HasSubstr("there is no release in it"));
}

}  // namespace
}  // namespace communique::releases
