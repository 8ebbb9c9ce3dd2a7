// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/consent_words.h"

namespace communique::command {

using contacts::v1::ProcessingRecord;
using contacts::v1::Suppression;

const std::map<std::string, contacts::v1::ProcessingBasis>& Bases() {
  static const std::map<std::string, contacts::v1::ProcessingBasis> bases = {
      {"consent", contacts::v1::PROCESSING_BASIS_CONSENT},
      {"contract", contacts::v1::PROCESSING_BASIS_CONTRACT},
      {"legal-obligation", contacts::v1::PROCESSING_BASIS_LEGAL_OBLIGATION},
      {"vital-interest", contacts::v1::PROCESSING_BASIS_VITAL_INTEREST},
      {"public-task", contacts::v1::PROCESSING_BASIS_PUBLIC_TASK},
      {"legitimate-interest", contacts::v1::PROCESSING_BASIS_LEGITIMATE_INTEREST},
      {"organization-mandate", contacts::v1::PROCESSING_BASIS_ORGANIZATION_MANDATE}};
  return bases;
}

const std::map<std::string, contacts::v1::Purpose>& Purposes() {
  static const std::map<std::string, contacts::v1::Purpose> purposes = {
      {"media-relations", contacts::v1::PURPOSE_MEDIA_RELATIONS},
      {"press-releases", contacts::v1::PURPOSE_PRESS_RELEASES},
      {"embargoed-releases", contacts::v1::PURPOSE_EMBARGOED_RELEASES},
      {"event-invitations", contacts::v1::PURPOSE_EVENT_INVITATIONS},
      {"newsletters", contacts::v1::PURPOSE_NEWSLETTERS},
      {"surveys", contacts::v1::PURPOSE_SURVEYS},
      {"printing", contacts::v1::PURPOSE_PRINTING}};
  return purposes;
}

const std::map<std::string, contacts::v1::Channel>& Channels() {
  static const std::map<std::string, contacts::v1::Channel> channels = {{"email", contacts::v1::CHANNEL_EMAIL},
                                                                        {"phone", contacts::v1::CHANNEL_PHONE},
                                                                        {"post", contacts::v1::CHANNEL_POST}};
  return channels;
}

const std::map<std::string, ProcessingRecord::Event>& ProcessingEvents() {
  static const std::map<std::string, ProcessingRecord::Event> events = {
      {"granted", ProcessingRecord::EVENT_GRANTED},     {"confirmed", ProcessingRecord::EVENT_CONFIRMED},
      {"withdrawn", ProcessingRecord::EVENT_WITHDRAWN}, {"objected", ProcessingRecord::EVENT_OBJECTED},
      {"declared", ProcessingRecord::EVENT_DECLARED},   {"reviewed", ProcessingRecord::EVENT_REVIEWED}};
  return events;
}

const std::map<std::string, Suppression::Reason>& SuppressionReasons() {
  static const std::map<std::string, Suppression::Reason> reasons = {{"unsubscribed", Suppression::REASON_UNSUBSCRIBED},
                                                                     {"bounced-hard", Suppression::REASON_BOUNCED_HARD},
                                                                     {"complaint", Suppression::REASON_COMPLAINT},
                                                                     {"objected", Suppression::REASON_OBJECTED},
                                                                     {"manual", Suppression::REASON_MANUAL}};
  return reasons;
}

}  // namespace communique::command
