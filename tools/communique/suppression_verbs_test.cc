// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/consent_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::Suppression;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SuppressionVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    suppression_.set_name("newsrooms/igh-de/suppressions/s1");
    suppression_.set_channel(contacts::v1::CHANNEL_EMAIL);
    suppression_.set_reason(Suppression::REASON_BOUNCED_HARD);
    suppression_.mutable_create_time()->set_seconds(1'792'137'600);
    suppression_.set_creator("anna");
  }

  template <typename Request>
  std::string Sent(const std::string& method) {
    auto request = LastRequest<Request>(method);
    request.clear_request_id();
    return request.ShortDebugString();
  }

  Suppression suppression_;
};

TEST_F(SuppressionVerbsTest, AddSuppressesAnAddress) {
  server_.Answer("CreateSuppression", suppression_);
  const Result result = Run({"suppression", "add", "--newsroom", "igh-de", "--email", "a@example.org", "--reason",
                             "bounced-hard", "--validate-only"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out,
            "Nothing was changed. It would be so:\n"
            "newsrooms/igh-de/suppressions/s1  EMAIL  BOUNCED_HARD  2026-10-16 08:00:00 UTC by anna\n");
  EXPECT_EQ(Sent<contacts::v1::CreateSuppressionRequest>("CreateSuppression"),
            "parent: \"newsrooms/igh-de\" address { email: \"a@example.org\" } suppression { reason: "
            "REASON_BOUNCED_HARD } validate_only: true");
  Run({"suppression", "add", "--newsroom", "igh-de", "--phone", "+41 22 555 01 00", "--reason", "manual"});
  EXPECT_THAT(Sent<contacts::v1::CreateSuppressionRequest>("CreateSuppression"),
              HasSubstr("address { phone: \"+41 22 555 01 00\" }"));
}

TEST_F(SuppressionVerbsTest, AddSuppressesAContact) {
  contacts::v1::SuppressContactResponse made;
  *made.add_suppressions() = suppression_;
  server_.Answer("SuppressContact", made);
  EXPECT_THAT(Run({"suppression", "add", "--contact", "igh-de/k4", "--channel", "email", "--reason", "objected"}).out,
              StartsWith("newsrooms/igh-de/suppressions/s1  "));
  EXPECT_EQ(Sent<contacts::v1::SuppressContactRequest>("SuppressContact"),
            "contact: \"newsrooms/igh-de/contacts/k4\" channel: CHANNEL_EMAIL reason: REASON_OBJECTED");
}

TEST_F(SuppressionVerbsTest, AddAsksForOneThing) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"--newsroom", "igh-de"},
           {"--email", "a@example.org"},
           {"--newsroom", "igh-de", "--email", "a@example.org", "--phone", "+41 22 555 01 00"},
           {"--contact", "igh-de/k4", "--email", "a@example.org"},
           {"--newsroom", "igh-de", "--email", "a@example.org", "--channel", "email"}}) {
    std::vector<std::string> all = {"suppression", "add", "--reason", "manual"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    EXPECT_EQ(Run(all).code, kExitUsage) << testing::PrintToString(arguments);
  }
  EXPECT_EQ(Run({"suppression", "add", "--newsroom", "igh-de", "--email", "a@example.org", "--reason", "erased"}).code,
            kExitUsage);
}

TEST_F(SuppressionVerbsTest, ListAndLookupShowWhyAndWho) {
  contacts::v1::ListSuppressionsResponse list;
  *list.add_suppressions() = suppression_;
  suppression_.mutable_lift_time()->set_seconds(1'792'137'601);
  suppression_.set_lifter("boris");
  *list.add_suppressions() = suppression_;
  server_.Answer("ListSuppressions", list);
  EXPECT_EQ(Run({"suppression", "list", "--newsroom", "igh-de", "--show-lifted"}).out,
            "newsrooms/igh-de/suppressions/s1  EMAIL  BOUNCED_HARD  2026-10-16 08:00:00 UTC by anna\n"
            "newsrooms/igh-de/suppressions/s1  EMAIL  BOUNCED_HARD  2026-10-16 08:00:00 UTC by anna  lifted 2026-10-16 "
            "08:00:01 UTC by boris\n");
  EXPECT_THAT(LastRequest<contacts::v1::ListSuppressionsRequest>("ListSuppressions").ShortDebugString(),
              HasSubstr("show_lifted: true"));
}

TEST_F(SuppressionVerbsTest, LookupSaysWhatSuppressesAnAddress) {
  server_.Answer("LookupSuppressions", contacts::v1::LookupSuppressionsResponse());
  EXPECT_EQ(Run({"suppression", "lookup", "--newsroom", "igh-de", "--email", "a@example.org"}).out,
            "Nothing suppresses it.\n");
  EXPECT_EQ(LastRequest<contacts::v1::LookupSuppressionsRequest>("LookupSuppressions").ShortDebugString(),
            "parent: \"newsrooms/igh-de\" address { email: \"a@example.org\" }");
  EXPECT_EQ(Run({"suppression", "lookup", "--newsroom", "igh-de"}).code, kExitUsage);
}

TEST_F(SuppressionVerbsTest, LiftNamesIt) {
  server_.Answer("DeleteSuppression", suppression_);
  EXPECT_EQ(Run({"suppression", "lift", "igh-de/s1"}).code, kExitOk);
  EXPECT_EQ(Sent<contacts::v1::DeleteSuppressionRequest>("DeleteSuppression"),
            "name: \"newsrooms/igh-de/suppressions/s1\"");
}

}  // namespace
}  // namespace communique::command
