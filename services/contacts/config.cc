// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/config.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/assembly/call_settings.h"
#include "services/platform/assembly/watch.h"
#include "services/platform/following/follower_settings.h"
#include "services/platform/peers/peer_settings.h"
#include "services/platform/server/server_settings.h"

namespace communique::contacts {

Environment Config::MakeEnvironment(platform::StoreAccess access, UsageSource& usages,
                                    PersonalDataSource& personal_data, SuppressionKeys keys) const {
  return {std::move(access), limits,         rules(), organization_limits, &usages, group_limits,
          exchange_limits,   &personal_data, erasure, erasure_limits,      consent, std::move(keys)};
}

void BindConfig(platform::Settings& settings, Config& config) {
  config.log.service = "contacts";
  config.server.listen_internal = "127.0.0.1:7411";
  config.server.ops_grpc = "127.0.0.1:7412";
  config.server.ops_http = "127.0.0.1:7413";
  config.releases.address = "127.0.0.1:7401";
  platform::BindServer(settings, config.server);
  platform::BindAuth(settings, config.auth, config.server);
  platform::BindLog(settings, config.log);
  platform::BindCalls(settings, config.calls);
  platform::BindStore(settings, "contacts.db", config.store);
  platform::BindWatch(settings, config.watch);
  platform::BindPeer(settings, "releases", config.releases);
  platform::BindFollower(settings, config.follow);

  config.db_read.threads = 4;
  config.cpu.threads = 2;
  platform::BindExecutor(settings, "db_read", "db-read", "reading from the database", config.db_read);
  platform::BindExecutor(settings, "db_write", "db-write", "writing to the database", config.db_write);
  platform::BindExecutor(settings, "cpu", "cpu", "reading files of contacts", config.cpu);
  // They do nothing but wait, so that one who waits for a service that hangs does not hold up others.
  config.peer_calls.threads = 32;
  platform::BindExecutor(settings, "peer_calls", "peer-calls", "asking other services", config.peer_calls);

  ContactLimits& contact = config.contact_limits;
  settings.Bind("limits.contact.names", &contact.person_names, {1, 100},
                "Names of a person, in scripts and languages.");
  settings.Bind("limits.contact.desk_names", &contact.desk_names, {1, 100}, "Names of a desk, by language.");
  settings.Bind("limits.contact.role_titles", &contact.role_titles, {1, 100}, "Role titles of a contact, by language.");
  settings.Bind("limits.contact.emails", &contact.emails, {1, 100}, "Mailboxes of a contact.");
  settings.Bind("limits.contact.phones", &contact.phones, {1, 100}, "Telephone numbers of a contact.");
  settings.Bind("limits.contact.web_addresses", &contact.web_addresses, {1, 100}, "Web addresses of a contact.");
  settings.Bind("limits.contact.languages", &contact.languages, {1, 100}, "Languages that a contact answers in.");
  settings.Bind("limits.contact.name_characters", &contact.name_characters, {50, 1000},
                "Characters of a person's or desk's name.");
  settings.Bind("limits.contact.honorific_characters", &contact.honorific_characters, {10, 500},
                "Characters of an honorific.");
  settings.Bind("limits.contact.title_characters", &contact.title_characters, {50, 1000},
                "Characters of a role's title.");
  settings.Bind("limits.contact.source_characters", &contact.source_characters, {50, 5000},
                "Characters that say where a contact's data came from.");
  settings.Bind("limits.contact.note_characters", &contact.note_characters, {100, 50'000},
                "Characters of the note about a contact.");
  OrganizationLimits& organization = config.organization_limits;
  settings.Bind("limits.organization.names", &organization.names, {1, 500}, "Names of an organization, by language.");
  settings.Bind("limits.organization.name_characters", &organization.name_characters, {50, 1000},
                "Characters of an organization's name.");
  settings.Bind("limits.organization.acronym_characters", &organization.acronym_characters, {10, 200},
                "Characters of an organization's short form.");
  settings.Bind("limits.organization.mail_domains", &organization.mail_domains, {1, 200},
                "Mail domains of an organization.");
  GroupLimits& group = config.group_limits;
  settings.Bind("limits.group.name_characters", &group.name_characters, {50, 1000}, "Characters of a group's name.");
  settings.Bind("limits.group.description_characters", &group.description_characters, {100, 20'000},
                "Characters of a group's description.");
  settings.Bind("limits.group.changes", &group.changes, {1, 20'000},
                "Contacts that one call adds to a group, and as many that it removes.");
  settings.Bind("limits.group.members", &group.members, {1, 1'000'000}, "Members of a group.");
  ExchangeLimits& exchange = config.exchange_limits;
  settings.BindBytes("limits.exchange.file_bytes", &exchange.file_bytes, {1 << 10, 31 << 20},
                     "Bytes of a file of contacts, imported or exported. Keep rpc.max_request_bytes and "
                     "rpc.max_reply_bytes 64 KiB above it; gRPC clients take answers of 4 MiB unless they are told "
                     "otherwise.");
  settings.Bind("limits.exchange.cards", &exchange.cards, {1, 100'000}, "Contacts in a file.");
  settings.BindBytes("limits.exchange.line_bytes", &exchange.line_bytes, {1 << 10, 31 << 20},
                     "Bytes of a line of a vCard with those that continue it, or of a row of a CSV file.");
  settings.BindBytes("limits.exchange.photo_bytes", &exchange.photo_bytes, {0, 31 << 20},
                     "Bytes of a picture, key or sound in an imported card, none of which is taken over.");
  settings.Bind("limits.exchange.nested_cards", &exchange.nested_cards, {0, 100},
                "How deep cards may stand in cards (AGENT) of an imported file. They are not taken over.");
  settings.Bind("limits.exchange.properties", &exchange.properties, {10, 100'000},
                "Properties of a card in an imported file, or columns of a CSV file.");
  settings.Bind(
      "limits.exchange.values", &exchange.values, {1000, 10'000'000},
      "Properties of all cards in an imported file, or cells of a CSV file with something in. A million takes "
      "about half a gigabyte of memory while the file is imported.");
  settings.Bind("limits.exchange.cards_at_once", &exchange.cards_at_once, {1, 5000},
                "Imported contacts that are stored in one transaction. Others do not write meanwhile.");
  settings.BindBytes("limits.exchange.report_bytes", &exchange.report_bytes, {1 << 10, 16 << 20},
                     "Bytes of the names and findings in an import's report. Beyond them, why a card is refused is "
                     "still said, in brief. rpc.max_reply_bytes must hold them and 256 bytes for each of "
                     "limits.exchange.cards.");
  settings.Bind("limits.exchange.names", &exchange.names, {1, 10'000}, "Names in a request to export contacts.");
  // Of a request or answer, around the file in it.
  static constexpr std::size_t kAround = 64 * 1024;
  settings.Check("limits.exchange.file_bytes", [&config]() -> std::string {
    const std::size_t needed = config.exchange_limits.file_bytes + kAround;
    if (needed > config.calls.max_request_bytes) {
      return "must be at least 64 KiB below rpc.max_request_bytes, which bounds the request that holds the file";
    }
    if (needed <= config.calls.max_reply_bytes) return "";
    return "must be at least 64 KiB below rpc.max_reply_bytes, which bounds the answer that holds an exported file";
  });
  settings.Check("limits.exchange.report_bytes", [&config]() -> std::string {
    const ExchangeLimits& limits = config.exchange_limits;
    const std::size_t needed =
        limits.report_bytes + static_cast<std::size_t>(limits.cards) * ExchangeLimits::kCardBytes + kAround;
    if (needed <= config.calls.max_reply_bytes) return "";
    return absl::StrCat("with 256 bytes for each of limits.exchange.cards and 64 KiB around them it makes ", needed,
                        " bytes, more than rpc.max_reply_bytes: contacts would be stored and their report lost");
  });
  ErasureLimits& erasure = config.erasure_limits;
  settings.Bind("limits.erasure.plan_places", &erasure.plan_places, {100, 20'000},
                "Places that the plan of an erasure names. It says how many there are besides.");
  settings.Bind("limits.erasure.text_places", &erasure.text_places, {10, 10'000},
                "Places in texts, left to an editor, that an erasure keeps. Its receipts say how many there are.");
  settings.Bind("limits.consent.checks", &config.consent.checks, {1, 1000},
                "Questions whether somebody may be written to in one call.");
  settings.Bind("limits.consent.evidence_characters", &config.consent.evidence_characters, {100, 20'000},
                "Characters of what shows that somebody has agreed.");
  ErasureTimes& times = config.erasure;
  settings.Bind("erasure.wait", &times.wait, {absl::ZeroDuration(), absl::Minutes(5)},
                "How long the call that erases a person waits for other services and for the files to be cleaned. It "
                "goes on without the call.");
  settings.Bind("erasure.claim", &times.claim, {absl::Seconds(1), absl::Minutes(10)},
                "How long a replica has an erasure for itself after each step: when it ends in the middle, another one "
                "goes on after that. Twice as long as a step may take.");
  settings.Bind(
      "erasure.retry_interval", &times.retry_interval, {absl::Milliseconds(100), absl::Minutes(10)},
      "How long after a failure an erasure is tried again, and how often it is looked for unfinished ones. After each "
      "failure to clean the files twice as long as before, up to ten minutes.");
  settings.Bind(
      "consent.double_opt_in", &config.consent.double_opt_in,
      "Whether a consent counts only when the person has confirmed it from the mailbox or number itself. Those "
      "that were given before do not count any more either, unless they were confirmed.");
  settings.Bind(
      "suppression.key_file", &config.suppression_keys.key_file,
      "The file of the secret keys under which the addresses of those who are not to be written to are hashed: "
      "hexadecimal digits, 64 or more, a key in each line, the one for new ones first. Readable by its owner "
      "and group alone. Empty: beside the SQLite file, made when there is none; PostgreSQL needs one. Keep a "
      "copy of it.");
  settings.Bind("suppression.accept_lost_keys", &config.suppression_keys.accept_lost_keys,
                "Whether to start although the database has suppressions under keys that are not in the file: whoever "
                "asked not to be written to is not recognised any more.");
  settings.Bind("mail.allow_single_label_domain", &config.email.allow_single_label_domain,
                "Whether \"name@host\" is a mail address: for installations inside one network.");
  settings.Bind(
      "mail.role_mailboxes", &config.role_mailboxes,
      "Which mailboxes belong to desks and not to persons: the part before the @, whole or with a * at its end.");
  settings.Bind("retention.deleted", &config.limits.kept_after_deletion, {absl::Hours(1), absl::Hours(24 * 3650)},
                "How long a deleted contact or organization can be taken back.");
}

}  // namespace communique::contacts
