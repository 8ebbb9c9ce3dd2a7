// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/verbs.h"

namespace communique::command {

void AddContactVerbs(CLI::App& app, Verb& chosen) {
  auto* contact = app.add_subcommand("contact", "Persons and desks the press may ask")->require_subcommand(1);
  AddContactCreateVerb(*contact, chosen);
  AddContactUpdateVerb(*contact, chosen);
  AddContactReadingVerbs(*contact, chosen);
  AddContactUsagesVerb(*contact, chosen);
  AddContactConfirmVerb(*contact, chosen);
  AddContactStateVerbs(*contact, chosen);
  AddContactMergeVerbs(*contact, chosen);
  AddContactExchangeVerbs(*contact, chosen);
  AddContactConsentVerbs(*contact, chosen);
  AddContactErasureVerbs(*contact, chosen);
}

}  // namespace communique::command
