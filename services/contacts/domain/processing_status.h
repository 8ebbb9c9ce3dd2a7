// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "communique/contacts/v1/consent.pb.h"

// Whether there is a ground on which a person's data may be used: THE place that decides it, from what has happened.
// Pure functions, from any thread.
namespace communique::contacts {

// A contact that went into another one.
struct MergedAway {
  std::string contact;
  std::string into;
  absl::Time when;
};

// What has happened to the grounds of one person, in any order.
struct ProcessingHistory {
  // Of the contact that is left and of those that went into it, and into those.
  std::vector<v1::ProcessingRecord> records;
  // How those came together.
  std::vector<MergedAway> merges;
};

enum class Standing { kPermitted, kNoBasis, kNotConfirmed, kWithdrawn, kObjected, kExpired };

struct ProcessingStatus {
  Standing standing = Standing::kNoBasis;
  // What it rests on: the ground that holds, or what ended or would end it; nothing for kNoBasis.
  std::optional<v1::ProcessingRecord> record;
  // Of kPermitted: when it ends by itself; unset: not by itself.
  std::optional<absl::Time> valid_until;
};

// The standing at `at`, as far as the records tell that happened until then, for a purpose by a channel
// (CHANNEL_UNSPECIFIED for what has none).
//
// A ground is a GRANTED, DECLARED or REVIEWED record for the purpose, and for the channel or all of them.
//   - A refusal (WITHDRAWN, OBJECTED, or what this version does not know) for the purpose or all of them, and for the
//   channel
//     or all of them, ends all grounds of the same time and before, and all later ones but GRANTED: who has once said
//     no is written to after a newer yes only.
//   - Of contacts that were merged, that yes must be of the same contact as the no, or recorded for the one that it
//   went
//     into after it did: nobody knew before that they are one person.
//   - With `double_opt_in`, a GRANTED counts, against a refusal as well, only with a CONFIRMED for the same purpose and
//     channel at its time or later.
//   - Of the grounds that are left, the newest of each basis says until when that basis holds; at the same time, the
//   one
//     that ends first. One basis that holds is enough.
ProcessingStatus StatusOf(const ProcessingHistory& history, v1::Purpose purpose, v1::Channel channel, absl::Time at,
                          bool double_opt_in);

// Whether a record of this event can be a ground.
bool IsGround(v1::ProcessingRecord::Event event);
// Whether it is a refusal: also what this version does not know.
bool IsRefusal(v1::ProcessingRecord::Event event);

}  // namespace communique::contacts
