// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/import_text.h"

// What becomes of a file's contact lines by what the contacts service knows. Nothing here changes a piece of a line: a
// line is only told which contact it means, so that the file is still given back byte for byte. Pure, from any thread.
namespace communique::releases {

// How a contact has an address that a line prints.
enum class AddressStanding {
  kPublic,
  kNotPublic,  // has it, but not for everybody
  kMissing,    // does not have it, as far as may be told
};

// What is known of an address of a description.
struct KnownAddress {
  bool usable = false;        // a contact can have it
  bool role_mailbox = false;  // a desk's, and no person's
  std::string desk;           // the desk that has it, where one is known
  // With the first guess.
  AddressStanding standing = AddressStanding::kMissing;
};

// What is known of a description.
struct ContactAnswer {
  std::vector<v1::ContactGuess> guesses;  // the best first
  std::string organization;               // as in ContactDescription
  std::vector<KnownAddress> emails;       // in the order of the description's
  std::vector<KnownAddress> phones;       // likewise
};

// A line that the contacts service is asked about.
struct AskedLine {
  int index = 0;  // in content.contact_lines
  v1::ContactDescription description;
};

// The lines that print somebody, at most `max`.
std::vector<AskedLine> LinesToAsk(const v1::ReleaseContent& content, int max = 50);

// The service was not there: every line stands alone, and a finding says `why`.
void ReportNotAsked(std::string_view why, ImportResult& result);

// Fills report.contacts, one entry a line, tells the lines that mean a contact for certain which one, and adds what a
// person should look at. `answers` are those to `asked`, in its order.
void ReportContacts(std::span<const AskedLine> asked, std::span<const ContactAnswer> answers, ImportResult& result);

// The contact that the entry `index` of report.contacts proposes was made as `contact`, or could not be, for the reason
// `why`: the line refers to it, or stands alone.
void ReportCreated(int index, const std::string& contact, ImportResult& result);
void ReportNotCreated(int index, std::string_view why, ImportResult& result);

}  // namespace communique::releases
