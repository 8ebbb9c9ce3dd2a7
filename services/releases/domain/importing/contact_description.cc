// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_description.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

using Kind = v1::ContactSegment::Kind;

// A name that a narrow column broke into lines is one name.
std::string OneLine(std::string_view text) {
  text = TrimWhiteSpace(text);
  std::string line;
  bool space = false;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = CodePointAt(text, i);
    if (IsWhiteSpace(point.value)) {
      space = true;
    } else {
      if (space) line += ' ';
      space = false;
      line += text.substr(i, point.size);
    }
    i += point.size;
  }
  return line;
}

}  // namespace

int CountPersons(const v1::ContactLine& line) {
  return static_cast<int>(std::count_if(line.segments().begin(), line.segments().end(), [](const auto& segment) {
    return segment.kind() == v1::ContactSegment::KIND_PERSON;
  }));
}

std::optional<v1::ContactDescription> DescribeContact(const v1::ContactLine& line) {
  if (CountPersons(line) > 1) return std::nullopt;
  v1::ContactDescription description;
  std::string desk;
  for (const v1::ContactSegment& segment : line.segments()) {
    switch (segment.kind()) {
      case v1::ContactSegment::KIND_PERSON:
        description.set_kind(v1::ContactDescription::KIND_PERSON);
        description.set_name(OneLine(segment.value()));
        break;
      case v1::ContactSegment::KIND_ROLE:
        if (description.role().empty()) description.set_role(OneLine(segment.value()));
        break;
      case v1::ContactSegment::KIND_ORGANIZATION:
        description.set_organization_name(OneLine(segment.value()));
        if (desk.empty()) desk = description.organization_name();
        break;
      case v1::ContactSegment::KIND_EMAIL:
        description.add_emails(MailAddress(segment.value()));
        break;
      case v1::ContactSegment::KIND_PHONE:
        description.add_phones(std::string(TrimWhiteSpace(segment.value())));
        break;
      default:
        break;
    }
  }
  if (description.kind() != v1::ContactDescription::KIND_PERSON) {
    description.set_name(desk.empty() ? description.role() : desk);
    if (!description.name().empty()) description.set_kind(v1::ContactDescription::KIND_DESK);
  }
  if (description.name().empty() && description.emails().empty() && description.phones().empty()) return std::nullopt;
  return description;
}

}  // namespace communique::releases
