// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/role_mailbox.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "services/contacts/domain/text/code_points.h"

namespace communique::contacts {
namespace {

// "Comunicación" and "comunicacion" are one.
std::string Fold(std::string_view text) {
  std::u32string plain;
  for (const char32_t c : ToCodePoints(Nfd(NfkcCaseFold(text)))) {
    if (u_charType(static_cast<UChar32>(c)) != U_NON_SPACING_MARK) plain.push_back(c);
  }
  return ToUtf8(plain);
}

}  // namespace

const std::vector<std::string>& RoleMailboxes::UsualPatterns() {
  static const std::vector<std::string> patterns = {
      // RFC 2142
      "abuse", "ftp", "hostmaster", "info", "marketing", "news", "noc", "postmaster", "sales", "security", "support",
      "usenet", "uucp", "webmaster", "www",
      // the press office
      "media", "media-*", "media.*", "mediarelations", "newsroom", "newsroom-*", "pr", "pr-*", "press", "press-*",
      "press.*", "presse", "presse-*", "presse.*", "pressestelle", "pressoffice", "prensa", "prensa-*", "prensa.*",
      "imprensa", "stampa", "ufficiostampa", "basin", "medien", "medias", "medios", "spokesperson", "porte-parole",
      "porteparole", "пресса", "пресс-*", "press_*", "presse_*", "media_*", "إعلام", "新闻", "広報",
      // the editorial office
      "desk", "desk-*", "editor", "editorial", "editors", "newsdesk", "redaccion", "redacao", "redactie", "redaction",
      "redaktion", "redazione", "redakcja", "редакция",
      // the house
      "admin", "administration", "comms", "communication", "communications", "comunicacion", "comunicacao",
      "comunicazione", "kommunikation", "contact", "contacto", "contatto", "kontakt", "office", "office-*", "hello",
      "hq", "jobs", "hr", "mail", "email", "no-reply", "noreply", "secretariat", "sekretariat", "service", "team",
      "inquiries", "enquiries", "events"};
  return patterns;
}

RoleMailboxes::RoleMailboxes(const std::vector<std::string>& patterns) {
  for (const std::string_view pattern : patterns) {
    if (!pattern.ends_with('*')) {
      whole_.insert(Fold(pattern));
    } else if (pattern.size() > 1) {
      beginnings_.push_back(Fold(pattern.substr(0, pattern.size() - 1)));
    }
  }
}

bool RoleMailboxes::Contains(std::string_view local_part) const {
  if (const std::size_t tag = local_part.find('+', 1); tag != std::string_view::npos) {
    local_part = local_part.substr(0, tag);
  }
  const std::string folded = Fold(local_part);
  return whole_.contains(folded) || std::any_of(beginnings_.begin(), beginnings_.end(),
                                                [&](const std::string& begin) { return folded.starts_with(begin); });
}

}  // namespace communique::contacts
