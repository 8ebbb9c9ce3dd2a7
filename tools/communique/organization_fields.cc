// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/organization_fields.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "tools/communique/arguments.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

using contacts::v1::Organization;

const std::map<std::string, Organization::Kind>& Kinds() {
  static const std::map<std::string, Organization::Kind> kinds = {
      {"intergovernmental", Organization::KIND_INTERGOVERNMENTAL},
      {"government", Organization::KIND_GOVERNMENT},
      {"non-governmental", Organization::KIND_NON_GOVERNMENTAL},
      {"media", Organization::KIND_MEDIA},
      {"academic", Organization::KIND_ACADEMIC},
      {"business", Organization::KIND_BUSINESS}};
  return kinds;
}

// The names of the command line take the place of the file's.
absl::Status SetNames(const OrganizationFields& fields, Organization& organization) {
  if (!fields.names.empty()) organization.clear_names();
  for (const auto& text : fields.names) {
    auto name = TextInLanguage(text, fields.language);
    if (name.locale().empty()) return NoLanguage("--name", text);
    auto* added = organization.add_names();
    added->set_locale(name.locale());
    added->set_display_name(name.text());
  }
  for (const auto& text : fields.acronyms) {
    const auto acronym = TextInLanguage(text, fields.language);
    if (acronym.locale().empty()) return NoLanguage("--acronym", text);
    bool found = false;
    for (auto& name : *organization.mutable_names()) {
      if (name.locale() != acronym.locale()) continue;
      name.set_acronym(acronym.text());
      found = true;
    }
    if (!found)
      return UsageError(
          absl::StrCat("--acronym ", text, ": there is no name in ", acronym.locale(), "; give one with --name"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddOrganizationFields(CLI::App& app, OrganizationFields& fields) {
  AddTexts(app, "--name", fields.names, "What it is called, in --language, or LANGUAGE=TEXT for each language");
  AddTexts(app, "--acronym", fields.acronyms, "Its short form, likewise");
  app.add_option("--language", fields.language, "The language of names that say none (BCP 47)");
  app.add_option("--kind", fields.kind, "intergovernmental, government, non-governmental, media, academic or business")
      ->check(CLI::IsMember(Kinds()));
  app.add_option("--parent", fields.parent, "The organization it is a part of")->transform(OrganizationName());
  app.add_option("--country", fields.country,
                 "Its seat, two letters; numbers of its contacts without + are read as of there");
  AddRepeated(app, "--mail-domain", fields.mail_domains, "Domains of its mailboxes");
  app.add_option("--website", fields.website, "Its site");
}

absl::Status SetOrganizationFields(const OrganizationFields& fields, Organization& organization) {
  if (const auto status = SetNames(fields, organization); !status.ok()) return status;
  const auto set = [](const std::string& value, std::string* field) {
    if (!value.empty()) *field = value;
  };
  if (!fields.kind.empty()) organization.set_kind(Kinds().at(fields.kind));
  set(fields.parent, organization.mutable_parent_organization());
  set(fields.country, organization.mutable_country());
  set(fields.website, organization.mutable_website());
  if (!fields.mail_domains.empty()) {
    organization.mutable_mail_domains()->Assign(fields.mail_domains.begin(), fields.mail_domains.end());
  }
  return absl::OkStatus();
}

}  // namespace communique::command
