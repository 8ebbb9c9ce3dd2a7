// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace communique::releases {

// One thing that happens in a random history of a newsroom. A history is a list of these, and means the same whenever
// and in whatever part it is played: releases and people are numbers, times are minutes from its beginning.
struct Command {
  enum class Act {
    kCreate,          // with text n
    kWrite,           // headline n
    kWriteBlock,      // paragraph n
    kSetLanguage,     // 0 German, 1 English
    kSetTopics,       // those whose bits are in n
    kSetPublishTime,  // minute n; 0: none
    kSetEmbargo,      // until minute n; 0: none; -1: without an end
    kSubmit,
    kReturn,
    kApprove,  // 0: what is there; 1: the latest revision by name; 2: the first one by name
    kPublish,  // at minute n; 0: as the release says
    kCorrect,  // with notice n
    kWithdraw,
    kReinstate,
    kDelete,
    kUndelete,
    kSetAbout,  // 0: no about text; from the boilerplate: 1 the newest, 2 the first one, 3 one that is not there
    kWriteBoilerplate,  // the newsroom's only one, with words n; for no release
    kWait,              // until minute n, and `shift`
    kAnnounce,          // what has begun is told to the public feed
  };

  Act act = Act::kAnnounce;
  int release = 0;
  int who = 0;
  int n = 0;
  absl::Duration shift = absl::ZeroDuration();

  // kWithdraw, kReinstate, kPublish, kCorrect: names a language. Withdraws or reinstates that alone.
  bool one_language = false;
  // The language it names is the other one.
  bool wrong_language = false;
  // kWithdraw: how, and for which release.
  enum class How { kNotice, kRedirect, kGone };
  How how = How::kNotice;
  int replacement = 0;

  // Says that it has seen another version than there is.
  bool stale = false;
  // Is tried with validate_only first.
  bool tried = false;
  // Is sent twice under one request_id.
  bool repeated = false;
};

// What happens to the newsroom and no release of it.
inline bool ConcernsAll(const Command& command) {
  return command.act == Command::Act::kWait || command.act == Command::Act::kAnnounce ||
         command.act == Command::Act::kWriteBoilerplate;
}

// "Publish(r1, at +5min)".
std::string ToString(const Command& command);
// One per line.
std::string ToString(const std::vector<Command>& history);

inline std::string LanguageOf(int n) { return n % 2 == 0 ? "de" : "en"; }

// What a boilerplate says in a language when it was written with words n; nothing where it has no text. Only every
// other one is translated.
inline std::string BoilerplateWords(int n, const std::string& language) {
  return language == "de" || n % 2 == 1 ? absl::StrCat("Baustein ", n, " ", language) : "";
}

// The instant of a minute of a history.
inline absl::Time MinuteOf(absl::Time start, int minute) { return start + absl::Minutes(minute); }

}  // namespace communique::releases
