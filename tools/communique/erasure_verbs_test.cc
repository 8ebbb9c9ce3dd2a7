// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/erasure_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::Erasure;
using contacts::v1::ErasurePlace;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kDigest[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

class ErasureVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    contacts::v1::Contact contact;
    contact.set_name("newsrooms/igh-de/contacts/k4");
    contact.set_etag("\"3\"");
    server_.Answer("GetContact", contact);
    erasure_.set_name("newsrooms/igh-de/erasures/c1");
    erasure_.set_contact(contact.name());
    erasure_.add_merged_contacts("newsrooms/igh-de/contacts/k5");
    erasure_.set_state(Erasure::STATE_RUNNING);
    erasure_.set_reason(Erasure::REASON_REQUESTED);
    erasure_.mutable_create_time()->set_seconds(1'800'000'000);
    auto& own = *erasure_.add_receipts();
    own.set_service("contacts");
    own.set_erased_count(11);
    own.mutable_done_time()->set_seconds(1'800'000'001);
    auto& releases = *erasure_.add_receipts();
    releases.set_service("releases");
    releases.set_erased_count(2);
    releases.set_left_count(1);
    releases.set_last_error("PEER_UNAVAILABLE");
    auto& text = *erasure_.add_texts();
    text.set_resource("newsrooms/igh-de/releases/r1");
    text.set_path("content.lead");
  }

  static void AddPlace(Erasure& erasure, ErasurePlace::Action action, const std::string& path,
                       const std::string& why = "") {
    auto& place = *erasure.mutable_plan()->add_places();
    place.set_service("contacts");
    place.set_resource("newsrooms/igh-de/contacts/k4");
    place.set_path(path);
    place.set_action(action);
    place.set_why(why);
  }

  template <typename Request>
  std::string Sent(const std::string& method) {
    auto request = LastRequest<Request>(method);
    if constexpr (requires { request.clear_request_id(); }) request.clear_request_id();
    return request.ShortDebugString();
  }

  Erasure erasure_;
};

constexpr char kShown[] =
    "newsrooms/igh-de/erasures/c1\n"
    "  Contact  newsrooms/igh-de/contacts/k4\n"
    "  With     newsrooms/igh-de/contacts/k5\n"
    "  State    RUNNING\n"
    "  Reason   REQUESTED\n"
    "  Begun    2027-01-15 08:00:00 UTC\n"
    "  contacts  11 erased  0 left to an editor  done 2027-01-15 08:00:01 UTC\n"
    "  releases  2 erased   1 left to an editor  not yet: PEER_UNAVAILABLE\n"
    "  For an editor to decide:\n"
    "    newsrooms/igh-de/releases/r1  content.lead\n";

TEST_F(ErasureVerbsTest, EraseActsOnTheVersionThereIs) {
  server_.Answer("EraseContact", erasure_);
  const Result result =
      Run({"contact", "erase", "igh-de/k4", "--reason", "requested", "--identity-verified", "--plan", kDigest});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out, kShown);
  EXPECT_EQ(Sent<contacts::v1::EraseContactRequest>("EraseContact"),
            std::string("name: \"newsrooms/igh-de/contacts/k4\" etag: \"\\\"3\\\"\" identity_verified: true reason: "
                        "REASON_REQUESTED plan: \"") +
                kDigest + "\"");
  EXPECT_THAT(LastRequest<contacts::v1::EraseContactRequest>("EraseContact").request_id(), ::testing::SizeIs(36));
  Run({"contact", "erase", "igh-de/k4", "--reason", "retention", "--etag", "\"7\""});
  EXPECT_EQ(Sent<contacts::v1::EraseContactRequest>("EraseContact"),
            "name: \"newsrooms/igh-de/contacts/k4\" etag: \"\\\"7\\\"\" reason: REASON_RETENTION");
}

TEST_F(ErasureVerbsTest, ThePlanIsShown) {
  Erasure planned;
  AddPlace(planned, ErasurePlace::ACTION_KEPT, "contact.name", "so that nobody gets it again");
  AddPlace(planned, ErasurePlace::ACTION_ERASED, "contact.note");
  AddPlace(planned, ErasurePlace::ACTION_LEFT_TO_EDITOR, "content.lead");
  planned.mutable_plan()->set_digest(kDigest);
  planned.mutable_plan()->set_places_left_out(2);
  server_.Answer("EraseContact", planned);
  const Result result = Run({"contact", "erase", "igh-de/k4", "--reason", "objected", "--validate-only"});
  EXPECT_EQ(result.out,
            std::string("Nothing was changed. It would be so:\n"
                        "KEPT            newsrooms/igh-de/contacts/k4  contact.name  so that nobody gets it again\n"
                        "ERASED          newsrooms/igh-de/contacts/k4  contact.note\n"
                        "LEFT_TO_EDITOR  newsrooms/igh-de/contacts/k4  content.lead\n"
                        "and 2 more places\n"
                        "1 erased, 1 kept, 1 left to an editor\n"
                        "--plan ") +
                kDigest + "\n");
  EXPECT_TRUE(LastRequest<contacts::v1::EraseContactRequest>("EraseContact").validate_only());
}

TEST_F(ErasureVerbsTest, AReasonIsNeeded) {
  EXPECT_EQ(Run({"contact", "erase", "igh-de/k4"}).code, kExitUsage);
  EXPECT_EQ(Run({"contact", "erase", "igh-de/k4", "--reason", "whim"}).code, kExitUsage);
  EXPECT_THAT(Methods(), ElementsAre());
}

TEST_F(ErasureVerbsTest, GetAndListTellHowFarItIs) {
  server_.Answer("GetErasure", erasure_);
  EXPECT_EQ(Run({"erasure", "get", "igh-de/c1"}).out, kShown);
  EXPECT_EQ(LastRequest<contacts::v1::GetErasureRequest>("GetErasure").name(), "newsrooms/igh-de/erasures/c1");
  contacts::v1::ListErasuresResponse list;
  *list.add_erasures() = erasure_;
  server_.Answer("ListErasures", list);
  EXPECT_EQ(Run({"erasure", "list", "--newsroom", "igh-de", "--filter", "state = STATE_RUNNING"}).out,
            "newsrooms/igh-de/erasures/c1  RUNNING  2027-01-15 08:00:00 UTC  newsrooms/igh-de/contacts/k4\n");
  EXPECT_EQ(LastRequest<contacts::v1::ListErasuresRequest>("ListErasures").filter(), "state = STATE_RUNNING");
}

TEST_F(ErasureVerbsTest, DataIsAllOfIt) {
  contacts::v1::ExportPersonalDataResponse page;
  auto& record = *page.add_records();
  record.set_service("contacts");
  record.set_kind("contact");
  record.set_resource("newsrooms/igh-de/contacts/k4");
  record.set_json("{\"contact\":{}}");
  server_.Answer("ExportPersonalData", page);
  const Result result = Run({"contact", "data", "igh-de/k4", "--identity-verified"});
  EXPECT_EQ(result.out, "contacts contact newsrooms/igh-de/contacts/k4\n{\"contact\":{}}\n");
  EXPECT_EQ(Sent<contacts::v1::ExportPersonalDataRequest>("ExportPersonalData"),
            "contact: \"newsrooms/igh-de/contacts/k4\" identity_verified: true page_size: 1000");
  EXPECT_THAT(Run({"contact", "data", "igh-de/k4", "--output", "jsonl"}).out,
              HasSubstr("\"resource\":\"newsrooms/igh-de/contacts/k4\""));
}

}  // namespace
}  // namespace communique::command
