// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

// Which fields an update changes: those that the command line and its file give, and those that --clear takes away.
namespace communique::command {

// What --clear knows: the option of a field without its dashes ("time-zone"), and the field ("time_zone").
using ClearableFields = std::map<std::string, std::string>;

void AddClear(CLI::App& app, std::vector<std::string>& words, const ClearableFields& clearable);

// Takes what --clear says out of `message`, where a file may have put it, and names it in `mask`. A usage error for a
// field that an option of `app` gives.
absl::Status ClearFields(const CLI::App& app, const std::vector<std::string>& words, const ClearableFields& clearable,
                         google::protobuf::Message& message, google::protobuf::FieldMask& mask);

// Names a field, once.
void NameField(const std::string& field, google::protobuf::FieldMask& mask);

// Names the fields that are set in `message`, but for its name and etag, which say what is changed. What only the
// server sets, it passes over.
void NameSetFields(const google::protobuf::Message& message, google::protobuf::FieldMask& mask);

}  // namespace communique::command
