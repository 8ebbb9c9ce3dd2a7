// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>

#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/processing_basis.pb.h"

// The words of the command line for what is used, on what ground, and why not.
namespace communique::command {

const std::map<std::string, contacts::v1::ProcessingBasis>& Bases();
const std::map<std::string, contacts::v1::Purpose>& Purposes();
const std::map<std::string, contacts::v1::Channel>& Channels();
const std::map<std::string, contacts::v1::ProcessingRecord::Event>& ProcessingEvents();
const std::map<std::string, contacts::v1::Suppression::Reason>& SuppressionReasons();

// The words of a map as a sentence says them: "email, phone or post".
template <typename Value>
std::string Words(const std::map<std::string, Value>& words) {
  std::string sentence;
  std::size_t left = words.size();
  for (const auto& [word, value] : words) {
    sentence += word;
    --left;
    if (left > 0) sentence += left == 1 ? " or " : ", ";
  }
  return sentence;
}

}  // namespace communique::command
