// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/personal_places.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "communique/common/v1/data.pb.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/erase_person.h"
#include "services/releases/domain/text/block_text.h"

namespace communique::releases {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Place = v1::PersonalDataPlace;
using Places = std::vector<Place>;

Place MakePlace(Place::Kind kind, std::string path, std::string text) {
  Place place;
  place.set_kind(kind);
  place.set_path(std::move(path));
  place.set_text(std::move(text));
  return place;
}

std::string LinePath(int line) { return absl::StrCat("content.contact_lines[", line, "]"); }

// Words that people write; not names of resources, keys and languages.
bool HoldsWords(const FieldDescriptor& field) {
  const auto data = field.options().GetExtension(common::v1::data);
  return field.type() == FieldDescriptor::TYPE_STRING &&
         (data == common::v1::DATA_PUBLIC || data == common::v1::DATA_PERSONAL);
}

// Adds each text of `message` in which the person stands.
class TextSearch {
 public:
  TextSearch(const Person& person, Places& places) : person_(person), places_(places) {}

  void Search(const Message& message, const std::string& path) {
    const auto* reflection = message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const bool nested = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      if (!nested && !HoldsWords(*field)) continue;
      const std::string own = path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
      if (!field->is_repeated()) {
        if (nested) {
          Search(reflection->GetMessage(message, field), own);
        } else {
          Look(reflection->GetString(message, field), own);
        }
        continue;
      }
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        const std::string item = absl::StrCat(own, "[", i, "]");
        if (nested) {
          Search(reflection->GetRepeatedMessage(message, field, i), item);
        } else {
          Look(reflection->GetRepeatedString(message, field, i), item);
        }
      }
    }
  }

 private:
  void Look(const std::string& text, const std::string& path) {
    if (person_.StandsIn(text)) places_.push_back(MakePlace(Place::KIND_TEXT, path, text));
  }

  const Person& person_;
  Places& places_;
};

// What an erasure changes in `lines`, which become what it makes of them.
void AddLines(const Person& person, int version, ContactLines& lines, std::set<int>& erased, Places& places) {
  for (int i = 0; i < lines.size(); ++i) {
    ContactLines one;
    *one.Add() = lines.Get(i);
    if (ErasePerson(person, version, one) == 0) continue;
    erased.insert(i);
    places.push_back(MakePlace(Place::KIND_CONTACT_LINE, LinePath(i), ContactLineText(lines.Get(i))));
    *lines.Mutable(i) = one.Get(0);
  }
}

// Web addresses in the contact's own lines that a digest covers as they are: they cannot be erased.
void AddWebAddresses(const Person& person, int version, const v1::ReleaseContent& content, Places& places) {
  if (IsPersonal(v1::ContactSegment::KIND_URL, version)) return;
  for (int i = 0; i < content.contact_lines_size(); ++i) {
    const auto& line = content.contact_lines(i);
    for (int j = 0; IsLineOf(person, line) && j < line.segments_size(); ++j) {
      const auto& segment = line.segments(j);
      if (segment.kind() != v1::ContactSegment::KIND_URL || person.StandsIn(segment.value())) continue;
      places.push_back(
          MakePlace(Place::KIND_TEXT, absl::StrCat(LinePath(i), ".segments[", j, "].value"), segment.value()));
    }
  }
}

}  // namespace

Places PlacesIn(const Person& person, const v1::Release& release, const ContactLines& written) {
  Places places;
  std::set<int> erased;
  v1::Release rest = release;
  AddLines(person, kDigestVersion, *rest.mutable_content()->mutable_contact_lines(), erased, places);
  // A line without words is the one that was written in its place.
  for (const v1::ContactLine& line : written) {
    ContactLines one;
    *one.Add() = line;
    if (ErasePerson(person, kDigestVersion, one) == 0) continue;
    for (int i = 0; i < release.content().contact_lines_size(); ++i) {
      if (release.content().contact_lines(i).part_id() != line.part_id() || !erased.insert(i).second) continue;
      places.push_back(MakePlace(Place::KIND_CONTACT_LINE, LinePath(i), ContactLineText(line)));
    }
  }
  TextSearch(person, places).Search(rest, "");
  return places;
}

Places PlacesIn(const Person& person, const v1::ReleaseRevision& revision) {
  Places places;
  std::set<int> erased;
  v1::ReleaseRevision rest = revision;
  AddLines(person, revision.digest_version(), *rest.mutable_content()->mutable_contact_lines(), erased, places);
  TextSearch(person, places).Search(rest, "");
  AddWebAddresses(person, revision.digest_version(), revision.content(), places);
  return places;
}

Places PlacesIn(const Person& person, int version, const v1::Edition& edition) {
  Places places;
  const auto& lines = edition.content().contact_lines();
  for (int i = 0; i < lines.size(); ++i) {
    v1::ReleaseContent one;
    *one.add_contact_lines() = lines.Get(i);
    if (ErasePersonFromEdition(person, version, edition.locale(), one) == 0) continue;
    places.push_back(MakePlace(Place::KIND_EDITION_LINE, LinePath(i), ContactLineText(lines.Get(i))));
  }
  v1::Edition around = edition;
  around.clear_content();
  TextSearch(person, places).Search(around, "");
  return places;
}

}  // namespace communique::releases
