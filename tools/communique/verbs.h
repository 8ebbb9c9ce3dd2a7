// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>

#include "tools/communique/session.h"

// The verbs, by group. Each function adds its part of the command line to `app` and sets `chosen` when the command line
// asks for one of its verbs.
namespace communique::command {

void AddNewsroomVerbs(CLI::App& app, Verb& chosen);
void AddImportVerb(CLI::App& app, Verb& chosen);
void AddReleaseVerbs(CLI::App& app, Verb& chosen);  // adds the four groups below as `release …`
void AddEditionVerbs(CLI::App& app, Verb& chosen);
void AddOrganizationVerbs(CLI::App& app, Verb& chosen);
void AddContactVerbs(CLI::App& app, Verb& chosen);  // adds the groups below as `contact …`
void AddGroupVerbs(CLI::App& app, Verb& chosen);
void AddSuppressionVerbs(CLI::App& app, Verb& chosen);
void AddErasureVerbs(CLI::App& app, Verb& chosen);
void AddWatchVerb(CLI::App& app, Verb& chosen);

void AddReleaseReadingVerbs(CLI::App& release, Verb& chosen);      // get, list, render
void AddReleaseReviewVerbs(CLI::App& release, Verb& chosen);       // submit, return, approve, delete, undelete
void AddReleasePublicationVerbs(CLI::App& release, Verb& chosen);  // publish, correct, withdraw, reinstate
void AddReleaseEditingVerbs(CLI::App& release, Verb& chosen);      // edit, replace

void AddOrganizationChangeVerbs(CLI::App& organization, Verb& chosen);  // update, delete, undelete

void AddContactCreateVerb(CLI::App& contact, Verb& chosen);
void AddContactUpdateVerb(CLI::App& contact, Verb& chosen);
void AddContactReadingVerbs(CLI::App& contact, Verb& chosen);  // get, list, search, printable
void AddContactUsagesVerb(CLI::App& contact, Verb& chosen);
void AddContactConfirmVerb(CLI::App& contact, Verb& chosen);
void AddContactStateVerbs(CLI::App& contact, Verb& chosen);     // deactivate, reactivate, delete, undelete
void AddContactMergeVerbs(CLI::App& contact, Verb& chosen);     // merge, unmerge
void AddContactErasureVerbs(CLI::App& contact, Verb& chosen);   // data, erase
void AddContactExchangeVerbs(CLI::App& contact, Verb& chosen);  // import, export
void AddContactConsentVerbs(CLI::App& contact, Verb& chosen);   // consent record, consent list, may

}  // namespace communique::command
