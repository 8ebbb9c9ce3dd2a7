// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "services/contacts/testing/contacts_store.h"
#include "services/contacts/usecases/organizations.h"
#include "services/contacts/usecases/purge.h"
#include "services/platform/errors/error.h"

// Organizations, in a tree of newsrooms: headquarters, a country below it, and another one beside it.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;

class OrganizationsTest : public testing::TestWithParam<const char*> {
 protected:
  OrganizationsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("river", "newsrooms/hq");
    store_.MakeNewsroom("lake", "newsrooms/hq");
  }

  static v1::Organization Named(const std::string& name) {
    v1::Organization organization;
    auto& german = *organization.add_names();
    german.set_locale("de");
    german.set_display_name(name);
    organization.set_country("CH");
    organization.add_mail_domains("example.org");
    return organization;
  }
  static v1::CreateOrganizationRequest Creation(const std::string& newsroom, const std::string& id,
                                                const v1::Organization& organization) {
    v1::CreateOrganizationRequest request;
    request.set_parent("newsrooms/" + newsroom);
    request.set_organization_id(id);
    *request.mutable_organization() = organization;
    return request;
  }
  absl::StatusOr<Written<v1::Organization>> Create(const std::string& newsroom, const std::string& id,
                                                   const v1::Organization& organization) {
    return CreateOrganization(store_.environment(), caller_, Creation(newsroom, id, organization));
  }
  v1::Organization Made(const std::string& newsroom, const std::string& id) {
    const auto made = Create(newsroom, id, Named(id));
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? made->value : v1::Organization();
  }
  absl::StatusOr<Written<v1::Organization>> Update(const v1::Organization& organization,
                                                   const std::vector<std::string>& mask) {
    v1::UpdateOrganizationRequest request;
    *request.mutable_organization() = organization;
    for (const auto& path : mask) request.mutable_update_mask()->add_paths(path);
    return UpdateOrganization(store_.environment(), caller_, request);
  }
  absl::StatusOr<v1::Organization> Get(const std::string& name) {
    v1::GetOrganizationRequest request;
    request.set_name(name);
    return GetOrganization(store_.environment(), caller_, request);
  }
  absl::StatusOr<Written<v1::Organization>> Delete(const v1::Organization& organization) {
    v1::DeleteOrganizationRequest request;
    request.set_name(organization.name());
    request.set_etag(organization.etag());
    return DeleteOrganization(store_.environment(), caller_, request);
  }
  absl::StatusOr<Written<v1::Organization>> Undelete(const v1::Organization& organization) {
    v1::UndeleteOrganizationRequest request;
    request.set_name(organization.name());
    request.set_etag(organization.etag());
    return UndeleteOrganization(store_.environment(), caller_, request);
  }
  std::vector<std::string> Listed(const std::function<void(v1::ListOrganizationsRequest&)>& ask) {
    v1::ListOrganizationsRequest request;
    request.set_parent("newsrooms/river");
    ask(request);
    const auto page = ListOrganizations(store_.environment(), caller_, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> names;
    if (!page.ok()) return names;
    EXPECT_NE(page->watch_token(), "");
    for (const auto& organization : page->organizations()) names.push_back(organization.name());
    return names;
  }

  ContactsStore store_{GetParam()};
  const Caller caller_ = ContactsStore::As("editor");
};

TEST_P(OrganizationsTest, IsMadeAndRead) {
  const auto made = Create("river", "igh", Named("Internationale Gesellschaft für Hilfe"));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->value.name(), "newsrooms/river/organizations/igh");
  EXPECT_GT(made->position, 0);
  EXPECT_NE(made->value.uid(), "");
  const auto read = Get("newsrooms/river/organizations/igh");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), made->value.SerializeAsString());
}

TEST_P(OrganizationsTest, AnIdIsTakenForGood) {
  const auto made = Made("river", "igh");
  EXPECT_EQ(ReasonOf(Create("river", "igh", Named("Zweite")).status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  ASSERT_TRUE(Delete(made).ok());
  EXPECT_EQ(ReasonOf(Create("river", "igh", Named("Zweite")).status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_TRUE(Create("lake", "igh", Named("Anderswo")).ok());
}

TEST_P(OrganizationsTest, AnIdIsMadeWhenNoneIsGiven) {
  const auto first = Create("river", "", Named("Erste"));
  const auto second = Create("river", "", Named("Zweite"));
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_NE(first->value.name(), second->value.name());
  EXPECT_TRUE(Get(first->value.name()).ok());
}

TEST_P(OrganizationsTest, EveryWrongFieldIsNamedAtOnce) {
  v1::Organization organization = Named("");
  organization.set_country("Schweiz");
  organization.set_website("ftp://example.org");
  const auto refused = Create("river", "igh", organization);
  const std::string message(refused.status().message());
  EXPECT_THAT(message, HasSubstr("organization.names[0].display_name"));
  EXPECT_THAT(message, HasSubstr("organization.country"));
  EXPECT_THAT(message, HasSubstr("organization.website"));
}

TEST_P(OrganizationsTest, ALogoIsNotTakenYet) {
  v1::Organization organization = Named("IGH");
  organization.set_logo("newsrooms/river/assets/logo");
  EXPECT_EQ(ReasonOf(Create("river", "igh", organization).status()), Reason::ERROR_REASON_FIELD_NOT_SUPPORTED);
}

TEST_P(OrganizationsTest, ANewsroomThatNobodyKnowsHasNone) {
  EXPECT_EQ(ReasonOf(Create("desert", "igh", Named("IGH")).status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get("newsrooms/desert/organizations/igh").status()), Reason::ERROR_REASON_NOT_FOUND);
}

TEST_P(OrganizationsTest, ChangesWhatIsNamedForWhoHasSeenIt) {
  v1::Organization made = Made("river", "igh");
  v1::Organization change = made;
  change.set_country("DE");
  change.mutable_names(0)->set_display_name("not asked for");
  const auto updated = Update(change, {"country"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->value.country(), "DE");
  EXPECT_EQ(updated->value.names(0).display_name(), "igh");

  const auto stale = Update(change, {"country"});
  EXPECT_EQ(ReasonOf(stale.status()), Reason::ERROR_REASON_ETAG_MISMATCH);
  EXPECT_EQ(platform::ErrorMetadataValue(stale.status(), "etag"), updated->value.etag());
  change.clear_etag();
  EXPECT_EQ(ReasonOf(Update(change, {"country"}).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  EXPECT_EQ(Get(made.name())->country(), "DE");
}

TEST_P(OrganizationsTest, TheSameAgainWritesNothing) {
  const auto made = Made("river", "igh");
  const auto again = Update(made, {"*"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->value.etag(), made.etag());
  EXPECT_EQ(again->position, 0);
}

TEST_P(OrganizationsTest, ARepeatedRequestAnswersAsTheFirstTime) {
  auto request = Creation("river", "", Named("IGH"));
  request.set_request_id("5d7a6e0e-6f5c-4c6d-9a55-5f3c3f0d0f11");
  const auto first = CreateOrganization(store_.environment(), caller_, request);
  const auto second = CreateOrganization(store_.environment(), caller_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->value.name(), first->value.name());
  EXPECT_THAT(Listed([](auto&) {}), ElementsAre(first->value.name()));
}

TEST_P(OrganizationsTest, ValidatingChangesNothing) {
  auto request = Creation("river", "igh", Named("IGH"));
  request.set_validate_only(true);
  EXPECT_TRUE(CreateOrganization(store_.environment(), caller_, request).ok());
  EXPECT_EQ(ReasonOf(Get("newsrooms/river/organizations/igh").status()), Reason::ERROR_REASON_NOT_FOUND);
}

TEST_P(OrganizationsTest, BelongsToOneOfItsNewsroomOrAbove) {
  const auto above = Made("hq", "federation");
  Made("lake", "neighbour");
  v1::Organization organization = Named("IGH");
  organization.set_parent_organization(above.name());
  EXPECT_TRUE(Create("river", "igh", organization).ok());
  organization.set_parent_organization("newsrooms/lake/organizations/neighbour");
  EXPECT_EQ(ReasonOf(Create("river", "other", organization).status()), Reason::ERROR_REASON_FIELD_INVALID);
  organization.set_parent_organization("newsrooms/hq/organizations/missing");
  EXPECT_EQ(ReasonOf(Create("river", "other", organization).status()), Reason::ERROR_REASON_NOT_FOUND);
}

TEST_P(OrganizationsTest, IsNeverAboveItself) {
  v1::Organization a = Made("river", "a");
  v1::Organization b = Made("river", "b");
  b.set_parent_organization(a.name());
  ASSERT_TRUE(Update(b, {"parent_organization"}).ok());
  a.set_parent_organization(b.name());
  EXPECT_EQ(ReasonOf(Update(a, {"parent_organization"}).status()), Reason::ERROR_REASON_PARENT_CYCLE);
}

TEST_P(OrganizationsTest, TwoWhoMakeACircleTogetherDoNot) {
  v1::Organization a = Made("river", "a");
  v1::Organization b = Made("river", "b");
  a.set_parent_organization(b.name());
  b.set_parent_organization(a.name());
  bool done_a = false;
  bool done_b = false;
  std::thread other([&] { done_a = Update(a, {"parent_organization"}).ok(); });
  done_b = Update(b, {"parent_organization"}).ok();
  other.join();
  EXPECT_TRUE(done_a != done_b) << done_a << done_b;
}

TEST_P(OrganizationsTest, IsDeletedTakenBackAndPurged) {
  const auto made = Made("river", "igh");
  const auto deleted = Delete(made);
  ASSERT_TRUE(deleted.ok()) << deleted.status();
  EXPECT_TRUE(deleted->value.has_delete_time());
  EXPECT_EQ(deleted->value.purge_time().seconds() - deleted->value.delete_time().seconds(), 30 * 24 * 3600);
  EXPECT_THAT(Listed([](auto&) {}), ElementsAre());
  EXPECT_THAT(Listed([](auto& request) { request.set_show_deleted(true); }), ElementsAre(made.name()));
  EXPECT_EQ(ReasonOf(Delete(deleted->value).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  v1::Organization change = deleted->value;
  change.set_country("FR");
  EXPECT_EQ(ReasonOf(Update(change, {"country"}).status()), Reason::ERROR_REASON_STATE_CONFLICT);

  const auto back = Undelete(deleted->value);
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_FALSE(back->value.has_delete_time());
  EXPECT_EQ(ReasonOf(Undelete(back->value).status()), Reason::ERROR_REASON_STATE_CONFLICT);

  ASSERT_TRUE(Delete(back->value).ok());
  store_.clock().Advance(absl::Hours(30 * 24));
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_EQ(ReasonOf(Get(made.name()).status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(Listed([](auto& request) { request.set_show_deleted(true); }), ElementsAre());
  EXPECT_EQ(ReasonOf(Create("river", "igh", Named("IGH")).status()), Reason::ERROR_REASON_ALREADY_EXISTS);
}

TEST_P(OrganizationsTest, ComesBackOnlyBelowWhatIsThere) {
  const auto above = Made("river", "federation");
  v1::Organization organization = Named("IGH");
  organization.set_parent_organization(above.name());
  const auto made = Create("river", "igh", organization);
  ASSERT_TRUE(made.ok()) << made.status();
  const auto deleted = Delete(made->value);
  ASSERT_TRUE(deleted.ok()) << deleted.status();
  ASSERT_TRUE(Delete(above).ok());
  EXPECT_EQ(ReasonOf(Undelete(deleted->value).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
  store_.clock().Advance(absl::Hours(30 * 24));
  EXPECT_EQ(ReasonOf(Undelete(deleted->value).status()), Reason::ERROR_REASON_NOT_FOUND) << "its time has come";
}

TEST_P(OrganizationsTest, IsKeptWhileOthersBelongToIt) {
  const auto above = Made("hq", "federation");
  v1::Organization organization = Named("IGH");
  organization.set_parent_organization(above.name());
  ASSERT_TRUE(Create("river", "igh", organization).ok());
  const auto refused = Delete(above);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_IN_USE);
  EXPECT_EQ(platform::ErrorMetadataValue(refused.status(), "count"), "1");
}

TEST_P(OrganizationsTest, IsListedByWhatItIsAndWithThoseAbove) {
  Made("hq", "federation");
  Made("lake", "neighbour");
  v1::Organization ministry = Named("Ministerium");
  ministry.set_kind(v1::Organization::KIND_GOVERNMENT);
  ministry.set_country("DE");
  ASSERT_TRUE(Create("river", "ministry", ministry).ok());
  Made("river", "igh");
  EXPECT_THAT(Listed([](auto&) {}),
              ElementsAre("newsrooms/river/organizations/igh", "newsrooms/river/organizations/ministry"));
  EXPECT_THAT(Listed([](auto& request) { request.set_filter("kind = GOVERNMENT AND country = \"DE\""); }),
              ElementsAre("newsrooms/river/organizations/ministry"));
  EXPECT_THAT(Listed([](auto& request) { request.set_filter("mail_domains:\"example.org\""); }),
              ElementsAre("newsrooms/river/organizations/igh", "newsrooms/river/organizations/ministry"));
  EXPECT_THAT(Listed([](auto& request) { request.set_include_ancestors(true); }),
              ElementsAre("newsrooms/hq/organizations/federation", "newsrooms/river/organizations/igh",
                          "newsrooms/river/organizations/ministry"));
}

TEST_P(OrganizationsTest, AListGoesOnWhereItEnded) {
  Made("hq", "federation");
  for (const char* id : {"a", "b", "c"}) Made("river", id);
  v1::ListOrganizationsRequest request;
  request.set_parent("newsrooms/river");
  request.set_include_ancestors(true);
  request.set_page_size(2);
  const auto first = ListOrganizations(store_.environment(), caller_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  request.set_page_token(first->next_page_token());
  const auto second = ListOrganizations(store_.environment(), caller_, request);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->organizations_size(), 2);
  EXPECT_EQ(second->organizations(1).name(), "newsrooms/river/organizations/c");
  EXPECT_EQ(second->next_page_token(), "");
  request.set_include_ancestors(false);
  EXPECT_EQ(ReasonOf(ListOrganizations(store_.environment(), caller_, request).status()),
            Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
}

TEST_P(OrganizationsTest, SeveralAreReadInTheOrderAskedForOrNone) {
  Made("river", "a");
  Made("river", "b");
  v1::BatchGetOrganizationsRequest request;
  request.set_parent("newsrooms/river");
  request.add_names("newsrooms/river/organizations/b");
  request.add_names("newsrooms/river/organizations/a");
  const auto both = BatchGetOrganizations(store_.environment(), caller_, request);
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(both->organizations(0).name(), "newsrooms/river/organizations/b");
  EXPECT_EQ(both->organizations(1).name(), "newsrooms/river/organizations/a");
  request.add_names("newsrooms/river/organizations/missing");
  const auto missing = BatchGetOrganizations(store_.environment(), caller_, request);
  EXPECT_EQ(ReasonOf(missing.status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("organizations/missing"));
  request.set_names(2, "newsrooms/lake/organizations/c");
  EXPECT_EQ(ReasonOf(BatchGetOrganizations(store_.environment(), caller_, request).status()),
            Reason::ERROR_REASON_FIELD_INVALID);
}

INSTANTIATE_TEST_SUITE_P(Engines, OrganizationsTest, testing::ValuesIn(platform::TestDatabase::kEngines));

}  // namespace
}  // namespace communique::contacts
