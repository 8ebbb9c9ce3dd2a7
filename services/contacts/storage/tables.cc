// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/tables.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/folded_name.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/search_keys.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using platform::ColumnType;
using platform::FilterField;
using platform::ResourceSchema;
using platform::ResourceTable;
using storage::ContactRecord;
using storage::MergeRecord;

// Bounds of validity that are not set.
constexpr std::int64_t kAlways = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

std::int64_t Micros(const google::protobuf::Timestamp& time) {
  return platform::ToMicros(platform::FromTimestamp(time));
}

// 0: not deleted. Nothing but the name is left of a purged resource: it has no purge_time either.
template <typename Message>
std::int64_t PurgeMicros(const Message& message, bool purged) {
  if (purged) return kPurged;
  return message.has_purge_time() ? Micros(message.purge_time()) : 0;
}

// Filters find what an unspecified value is treated as.
std::int64_t RelationNumber(const v1::Contact& contact) {
  return contact.relation() == v1::Contact::RELATION_UNSPECIFIED ? v1::Contact::RELATION_OWN_STAFF : contact.relation();
}

std::int64_t VisibilityNumber(const v1::Contact& contact) {
  return contact.visibility() == v1::VISIBILITY_UNSPECIFIED ? v1::VISIBILITY_INTERNAL : contact.visibility();
}

std::vector<std::string> Values(const google::protobuf::RepeatedPtrField<std::string>& field) {
  return {field.begin(), field.end()};
}

// The organization of a contact has keys of its own: it is renamed without its contacts.
std::vector<SearchKey> KeysOf(const ContactRecord& record) { return SearchKeysOf(record.contact(), nullptr); }

std::vector<std::string> WordsOf(const std::vector<SearchKey>& keys) {
  std::vector<std::string> words;
  for (const SearchKey& key : keys) {
    if (key.kind == SearchKeyKind::kWord) words.push_back(key.key);
  }
  return words;
}

std::vector<std::string> AddressesOf(const std::vector<SearchKey>& keys) {
  std::vector<std::string> addresses;
  for (const SearchKey& key : keys) {
    if (key.kind != SearchKeyKind::kWord) addresses.push_back(key.key);
  }
  return addresses;
}

ResourceSchema<v1::Organization> OrganizationSchema() {
  return {.table = "organizations",
          .type = "organization",
          .columns = {{"name", [](const v1::Organization& organization) { return organization.name(); }},
                      {"kind", [](const v1::Organization& organization) { return std::int64_t{organization.kind()}; }},
                      {"parent_organization",
                       [](const v1::Organization& organization) { return organization.parent_organization(); }},
                      {"country", [](const v1::Organization& organization) { return organization.country(); }},
                      {"purge_us",
                       [](const v1::Organization& organization) {
                         return PurgeMicros(organization, organization.names().empty());
                       }}},
          .child_tables = {{"organization_mail_domains",
                            [](const v1::Organization& organization) { return Values(organization.mail_domains()); }},
                           {"organization_keys",
                            [](const v1::Organization& organization) { return WordsOf(SearchKeysOf(organization)); }}},
          .filter_fields = {{"kind", FilterField::Enum("kind", v1::Organization::Kind_descriptor())},
                            {"parent_organization", FilterField::Text("parent_organization")},
                            {"country", FilterField::Text("country")},
                            {"mail_domains", FilterField::RepeatedText("organization_mail_domains")}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

ResourceSchema<ContactRecord> ContactSchema() {
  return {
      .table = "contacts",
      .type = "contact",
      .columns = {{"name", [](const ContactRecord& record) { return record.contact().name(); }},
                  {"kind", [](const ContactRecord& record) { return std::int64_t{record.contact().kind()}; }},
                  {"relation", [](const ContactRecord& record) { return RelationNumber(record.contact()); }},
                  {"state", [](const ContactRecord& record) { return std::int64_t{record.contact().state()}; }},
                  {"visibility", [](const ContactRecord& record) { return VisibilityNumber(record.contact()); }},
                  {"organization", [](const ContactRecord& record) { return record.contact().organization(); }},
                  {"substitute", [](const ContactRecord& record) { return record.contact().substitute(); }},
                  {"valid_from_us",
                   [](const ContactRecord& record) {
                     const v1::Contact& contact = record.contact();
                     return contact.has_valid_from() ? Micros(contact.valid_from()) : kAlways;
                   }},
                  {"valid_until_us",
                   [](const ContactRecord& record) {
                     const v1::Contact& contact = record.contact();
                     return contact.has_valid_until() ? Micros(contact.valid_until()) : kNever;
                   }},
                  {"purge_us",
                   [](const ContactRecord& record) {
                     return PurgeMicros(record.contact(), record.contact().kind() == v1::Contact::KIND_UNSPECIFIED);
                   }}},
      .child_tables = {{"contact_languages",
                        [](const ContactRecord& record) { return Values(record.contact().languages()); }},
                       {"contact_keys", [](const ContactRecord& record) { return WordsOf(KeysOf(record)); }},
                       {"contact_addresses", [](const ContactRecord& record) { return AddressesOf(KeysOf(record)); }}},
      .filter_fields = {{"kind", FilterField::Enum("kind", v1::Contact::Kind_descriptor())},
                        {"relation", FilterField::Enum("relation", v1::Contact::Relation_descriptor())},
                        {"state", FilterField::Enum("state", v1::Contact::State_descriptor())},
                        {"visibility", FilterField::Enum("visibility", v1::Visibility_descriptor())},
                        {"organization", FilterField::Text("organization")},
                        {"languages", FilterField::RepeatedText("contact_languages")},
                        {"substitute", FilterField::Text("substitute")}},
      .order_fields = {{"name", {"name", ColumnType::kText}}},
      .default_order = "name"};
}

ResourceSchema<MergeRecord> MergeSchema() {
  return {.table = "merges",
          .type = "merge",
          .columns = {{"name", [](const MergeRecord& record) { return record.merge().name(); }},
                      {"contact", [](const MergeRecord& record) { return record.merge().contact(); }},
                      {"undone", [](const MergeRecord& record) { return std::int64_t{record.merge().undone()}; }}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

// Unique only among those that are not deleted.
std::string NameKeyOf(const v1::ContactGroup& group) {
  const bool gone = group.has_delete_time() || group.display_name().empty();
  return gone ? absl::StrCat("-", group.name()) : FoldedName(group.display_name());
}

ResourceSchema<v1::ContactGroup> GroupSchema() {
  return {.table = "contact_groups",
          .type = "group",
          .columns = {{"name", [](const v1::ContactGroup& group) { return group.name(); }},
                      {"name_key", NameKeyOf},
                      {"purge_us",
                       [](const v1::ContactGroup& group) { return PurgeMicros(group, group.display_name().empty()); }}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

ResourceSchema<storage::ImportRecord> ImportSchema() {
  return {.table = "imports",
          .type = "import",
          .columns = {{"name", [](const storage::ImportRecord& record) { return record.name(); }}},
          .order_fields = {{"name", {"name", ColumnType::kText}}},
          .default_order = "name"};
}

ResourceSchema<storage::ErasureRecord> ErasureSchema() {
  return {.table = "erasures",
          .type = "erasure",
          .columns = {{"name", [](const storage::ErasureRecord& record) { return record.erasure().name(); }},
                      {"contact", [](const storage::ErasureRecord& record) { return record.erasure().contact(); }},
                      {"state",
                       [](const storage::ErasureRecord& record) { return std::int64_t{record.erasure().state()}; }},
                      {"next_us", [](const storage::ErasureRecord& record) { return record.claimed_until_us(); }}},
          .filter_fields = {{"contact", FilterField::Text("contact")},
                            {"state", FilterField::Enum("state", v1::Erasure::State_descriptor())}},
          .order_fields = {{"name", {"name", ColumnType::kText}}}};
}

ResourceSchema<v1::ProcessingRecord> ProcessingRecordSchema() {
  using Record = v1::ProcessingRecord;
  return {
      .table = "processing_records",
      .type = "processing record",
      .columns = {{"name", [](const Record& record) { return record.name(); }},
                  {"contact",
                   [](const Record& record) { return ProcessingRecordName::Parse(record.name())->ContactToString(); }},
                  {"purpose", [](const Record& record) { return std::int64_t{record.purpose()}; }},
                  {"event", [](const Record& record) { return std::int64_t{record.event()}; }},
                  {"basis", [](const Record& record) { return std::int64_t{record.basis()}; }},
                  {"event_us", [](const Record& record) { return Micros(record.event_time()); }}},
      .filter_fields = {{"purpose", FilterField::Enum("purpose", v1::Purpose_descriptor())},
                        {"event", FilterField::Enum("event", Record::Event_descriptor())},
                        {"basis", FilterField::Enum("basis", v1::ProcessingBasis_descriptor())},
                        {"event_time", FilterField::Timestamp("event_us")}},
      .order_fields = {{"event_time", {"event_us", ColumnType::kInt}}},
      .default_order = "event_time desc"};
}

ResourceSchema<storage::SuppressionRecord> SuppressionSchema() {
  using Record = storage::SuppressionRecord;
  return {.table = "suppressions",
          .type = "suppression",
          .columns = {{"name", [](const Record& record) { return record.suppression().name(); }},
                      {"channel", [](const Record& record) { return std::int64_t{record.suppression().channel()}; }},
                      {"reason", [](const Record& record) { return std::int64_t{record.suppression().reason()}; }},
                      {"address_mac", [](const Record& record) { return record.address_mac(); }},
                      {"key_id", [](const Record& record) { return record.suppression().key_id(); }}},
          .filter_fields = {{"channel", FilterField::Enum("channel", v1::Channel_descriptor())},
                            {"reason", FilterField::Enum("reason", v1::Suppression::Reason_descriptor())},
                            {"key_id", FilterField::Text("key_id")}},
          .default_order = "create_time desc"};
}

}  // namespace

const ResourceTable<v1::Organization>& OrganizationTable() {
  static const auto* const kTable = new ResourceTable<v1::Organization>(OrganizationSchema());
  return *kTable;
}

const ResourceTable<ContactRecord>& ContactTable() {
  static const auto* const kTable = new ResourceTable<ContactRecord>(ContactSchema());
  return *kTable;
}

const ResourceTable<MergeRecord>& MergeTable() {
  static const auto* const kTable = new ResourceTable<MergeRecord>(MergeSchema());
  return *kTable;
}

const ResourceTable<v1::ContactGroup>& GroupTable() {
  static const auto* const kTable = new ResourceTable<v1::ContactGroup>(GroupSchema());
  return *kTable;
}

const ResourceTable<storage::ImportRecord>& ImportTable() {
  static const auto* const kTable = new ResourceTable<storage::ImportRecord>(ImportSchema());
  return *kTable;
}

const ResourceTable<storage::ErasureRecord>& ErasureTable() {
  static const auto* const kTable = new ResourceTable<storage::ErasureRecord>(ErasureSchema());
  return *kTable;
}

const ResourceTable<v1::ProcessingRecord>& ProcessingRecordTable() {
  static const auto* const kTable = new ResourceTable<v1::ProcessingRecord>(ProcessingRecordSchema());
  return *kTable;
}

const ResourceTable<storage::SuppressionRecord>& SuppressionTable() {
  static const auto* const kTable = new ResourceTable<storage::SuppressionRecord>(SuppressionSchema());
  return *kTable;
}

}  // namespace communique::contacts
