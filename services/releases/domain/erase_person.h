// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/contact_printing.pb.h"
#include "services/releases/domain/person.h"

// Erasing a person from contact lines. A line that is the contact's loses all its personal pieces; one that refers to
// nobody and prints a mailbox or number of the person loses those, the person's name and web addresses. Such a piece
// keeps its place, empty and marked, so that the digest verifies (digest.h). Lines of other contacts are theirs. Pure
// functions, from any thread.
namespace communique::releases {

using ContactLines = google::protobuf::RepeatedPtrField<v1::ContactLine>;

// Whether a signed or working line is the contact's: it was written for it, or refers to it and was written for nobody.
bool IsLineOf(const Person& person, const v1::ContactLine& line);

// Erases the person from signed or working lines, as far as a digest of `version` lets it. How many lines have changed:
// the second time, none.
int ErasePerson(const Person& person, int version, ContactLines& lines);

// Erases the person from the lines of an edition: those that show the contact go, of the others it becomes what an
// edition shows of a text that was signed with a digest of `version` and erased (CloseGaps). How many lines have
// changed.
int ErasePersonFromEdition(const Person& person, int version, const std::string& locale, v1::ReleaseContent& shown);

// Erases the person from what an edition shows for one of its lines: where that was the contact, nobody is shown until
// it is known who is instead. Whether it has changed.
bool ErasePerson(const Person& person, internal::PrintedLine& printed);

// Marks empty pieces of `after` as erased where `before`, the same text before somebody saved it, has them so: callers
// cannot send the mark.
void KeepMarks(const ContactLines& before, ContactLines& after);

}  // namespace communique::releases
