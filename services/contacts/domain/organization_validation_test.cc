// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/organization_validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using testing::HasSubstr;

v1::Organization Good() {
  v1::Organization organization;
  organization.set_name("newsrooms/geneva/organizations/igh");
  auto* name = organization.add_names();
  name->set_locale("de");
  name->set_display_name("Internationale Gesellschaft für Hilfe");
  name->set_acronym("IGH");
  organization.add_names()->set_locale("zh-Hant");
  organization.mutable_names(1)->set_display_name("國際援助協會");
  organization.set_kind(v1::Organization::KIND_NON_GOVERNMENTAL);
  organization.set_parent_organization("newsrooms/geneva/organizations/un");
  organization.set_country("CH");
  organization.add_mail_domains("example.org");
  organization.set_website("https://example.org/");
  return organization;
}

TEST(OrganizationValidationTest, TakesGoodOnes) {
  EXPECT_TRUE(ValidateOrganization(Good()).ok()) << ValidateOrganization(Good());
  v1::Organization small;
  small.add_names()->set_locale("en");
  small.mutable_names(0)->set_display_name("4711");
  EXPECT_TRUE(ValidateOrganization(small).ok()) << ValidateOrganization(small);
  small.mutable_names(0)->set_display_name("AT&T");
  EXPECT_TRUE(ValidateOrganization(small).ok()) << ValidateOrganization(small);
}

TEST(OrganizationValidationTest, NormalizesLanguagesAndDomains) {
  v1::Organization organization = Good();
  organization.mutable_names(1)->set_locale("ZH-hant");
  organization.set_mail_domains(0, "Straße.Example");
  NormalizeOrganization(organization);
  EXPECT_EQ(organization.names(1).locale(), "zh-Hant");
  EXPECT_EQ(organization.mail_domains(0), "xn--strae-oqa.example");
  EXPECT_TRUE(ValidateOrganization(organization).ok()) << ValidateOrganization(organization);
}

struct Row {
  const char* what;
  std::function<void(v1::Organization&)> change;
  const char* field;
  const char* says;
};

TEST(OrganizationValidationTest, SaysWhatIsWrongAndWhatWouldBeRight) {
  using O = v1::Organization;
  const Row rows[] = {
      {"no name", [](O& o) { o.clear_names(); }, "names", "at least one language"},
      {"too many names",
       [](O& o) {
         while (o.names_size() < 51) *o.add_names() = o.names(0);
       },
       "names", "at most 50"},
      {"no language", [](O& o) { o.mutable_names(0)->clear_locale(); }, "names[0].locale", "language"},
      {"a language twice", [](O& o) { o.mutable_names(1)->set_locale("de"); }, "names[1].locale", "twice"},
      {"an unknown language", [](O& o) { o.mutable_names(0)->set_locale("in German"); }, "names[0].locale", ""},
      {"an empty name", [](O& o) { o.mutable_names(0)->set_display_name(" "); }, "names[0].display_name",
       "must not be empty (NAME_EMPTY)"},
      {"a long name", [](O& o) { o.mutable_names(0)->set_display_name(std::string(301, 'a')); },
       "names[0].display_name", "has 301 characters; at most 300 are allowed (NAME_TOO_LONG"},
      {"two lines", [](O& o) { o.mutable_names(0)->set_display_name("a\nb"); }, "names[0].display_name",
       "must be one line (NAME_LINE_BREAK, character 2)"},
      {"an override", [](O& o) { o.mutable_names(0)->set_display_name("a\u202Eb"); }, "names[0].display_name",
       "holds U+202E, which nobody sees; take it out (NAME_INVISIBLE, character 2)"},
      {"markup", [](O& o) { o.mutable_names(0)->set_display_name("<b>a</b>"); }, "names[0].display_name",
       "(NAME_MARKUP, character 1)"},
      {"a long acronym", [](O& o) { o.mutable_names(0)->set_acronym(std::string(51, 'a')); }, "names[0].acronym",
       "at most 50"},
      {"an unknown kind", [](O& o) { o.set_kind(static_cast<O::Kind>(99)); }, "kind", "99"},
      {"a parent that is none", [](O& o) { o.set_parent_organization("newsrooms/geneva/contacts/a"); },
       "parent_organization", "newsrooms/{newsroom}/organizations/{organization}"},
      {"itself above", [](O& o) { o.set_parent_organization(o.name()); }, "parent_organization", "itself"},
      {"a country in small letters", [](O& o) { o.set_country("ch"); }, "country", "write \"CH\" (COUNTRY_UNKNOWN)"},
      {"a country's name", [](O& o) { o.set_country("Schweiz"); }, "country", "ISO 3166-1"},
      {"a domain with an underscore", [](O& o) { o.set_mail_domains(0, "a_b.example"); }, "mail_domains[0]",
       "(EMAIL_DOMAIN_UNDERSCORE, character 2)"},
      {"an address for a domain", [](O& o) { o.set_mail_domains(0, "@example.org"); }, "mail_domains[0]", "EMAIL_"},
      {"a bad A-label", [](O& o) { o.set_mail_domains(0, "xn--a.de"); }, "mail_domains[0]", "EMAIL_DOMAIN_A_LABEL"},
      {"a domain twice", [](O& o) { o.add_mail_domains("example.org"); }, "mail_domains[1]", "twice"},
      {"a domain not normalized", [](O& o) { o.set_mail_domains(0, "Example.org"); }, "mail_domains[0]",
       "write \"example.org\""},
      {"too many domains",
       [](O& o) {
         for (int i = 0; i < 20; ++i) o.add_mail_domains("d" + std::to_string(i) + ".example");
       },
       "mail_domains", "at most 20"},
      {"a site without a scheme", [](O& o) { o.set_website("example.org"); }, "website", "https, http"},
      {"a script for a site", [](O& o) { o.set_website("javascript:alert(1)"); }, "website", "https, http"},
      {"a logo", [](O& o) { o.set_logo("newsrooms/geneva/assets/logo"); }, "logo", "must be empty for now"},
  };
  for (const Row& row : rows) {
    v1::Organization organization = Good();
    row.change(organization);
    const absl::Status status = ValidateOrganization(organization);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.what;
    EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(row.field) + ": ")) << row.what;
    EXPECT_THAT(std::string(status.message()), HasSubstr(row.says)) << row.what;
  }
}

TEST(OrganizationValidationTest, SaysAllAtOnce) {
  v1::Organization organization = Good();
  organization.mutable_names(0)->clear_display_name();
  organization.set_country("YU");
  organization.set_website("x");
  const std::string message(ValidateOrganization(organization).message());
  for (const char* field : {"names[0].display_name: ", "country: ", "website: "})
    EXPECT_THAT(message, HasSubstr(field));
}

TEST(OrganizationValidationTest, LimitsAreTheInstallations) {
  OrganizationLimits limits;
  limits.names = 1;
  limits.acronym_characters = 2;
  const std::string message(ValidateOrganization(Good(), limits).message());
  EXPECT_THAT(message, HasSubstr("names: has 2 entries; at most 1 are allowed"));
  EXPECT_THAT(message, HasSubstr("names[0].acronym: has 3 characters; at most 2 are allowed"));
}

}  // namespace
}  // namespace communique::contacts
