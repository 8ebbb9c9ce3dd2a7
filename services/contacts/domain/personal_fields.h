// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact.pb.h"
#include "google/protobuf/field_mask.pb.h"

// Which fields of a contact an answer has. What is personal is what the contract says is: fields with
// (communique.common.v1.data) = DATA_PERSONAL, found in the descriptors, so that no list has to be kept.
namespace communique::contacts {

// Whether the field itself, or any below it, is personal.
bool IsPersonal(const google::protobuf::FieldDescriptor& field);
bool HoldsPersonal(const google::protobuf::FieldDescriptor& field);

// A read_mask (AIP-157) of contacts. Immutable, for all threads.
class ContactReadMask {
 public:
  // Everything that is not personal, and of names the display_name. An entry that would lose what makes it one (a
  // mailbox without its address: its personal required field) is left out, not shown empty.
  ContactReadMask();

  // Empty: as above. Else the fields that are named, as paths in Contact, also below repeated fields
  // ("person_names.phonetic"); "*" alone means all. INVALID_ARGUMENT naming `read_mask` for a path that is not there.
  static absl::StatusOr<ContactReadMask> Parse(const google::protobuf::FieldMask& read_mask);

  // Whether it shows more of a person than the display_name: then the caller needs PERMISSION_READ_PERSONAL.
  bool asks_for_personal() const { return personal_; }

  // Removes from `contact` what is not asked for. Fields of later versions go as well, unless what holds them was asked
  // for whole with all that is personal in it.
  void Apply(v1::Contact& contact) const;

 private:
  struct Node {
    bool whole = false;  // with all below it
    std::map<int, Node> fields;
  };

  static void KeepImpersonal(const google::protobuf::Descriptor& type, Node& node);
  static void KeepOnly(const Node& node, google::protobuf::Message& message);

  Node root_;
  bool personal_ = false;
};

}  // namespace communique::contacts
