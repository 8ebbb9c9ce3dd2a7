// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/erase_person.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/contact_printing.h"
#include "services/releases/domain/digest.h"

namespace communique::releases {
namespace {

using Segment = v1::ContactSegment;

// Whether a line that refers to nobody prints one of the person's mailboxes or numbers. A page may be that of many.
bool PrintsAddress(const Person& person, int version, const v1::ContactLine& line) {
  return line.contact().empty() &&
         std::any_of(line.segments().begin(), line.segments().end(), [&](const Segment& segment) {
           return segment.kind() != Segment::KIND_URL && IsPersonal(segment.kind(), version) &&
                  person.HasAddress(segment);
         });
}

bool Erase(Segment& segment) {
  if (segment.value().empty()) return false;
  segment.clear_value();
  segment.set_erased(true);
  return true;
}

bool EraseFromLine(const Person& person, int version, v1::ContactLine& line) {
  const bool whole = IsLineOf(person, line);
  if (!whole && !PrintsAddress(person, version, line)) return false;
  bool changed = false;
  for (Segment& segment : *line.mutable_segments()) {
    if (!IsPersonal(segment.kind(), version)) continue;
    const bool named = segment.kind() == Segment::KIND_PERSON && person.IsNamedIn(segment.value());
    if (whole || named || person.HasAddress(segment)) changed = Erase(segment) || changed;
  }
  return changed;
}

}  // namespace

bool IsLineOf(const Person& person, const v1::ContactLine& line) {
  return (line.written_for().empty() ? line.contact() : line.written_for()) == person.contact();
}

int ErasePerson(const Person& person, int version, ContactLines& lines) {
  int changed = 0;
  for (v1::ContactLine& line : lines) {
    if (EraseFromLine(person, version, line)) ++changed;
  }
  return changed;
}

int ErasePersonFromEdition(const Person& person, int version, const std::string& locale, v1::ReleaseContent& shown) {
  ContactLines kept;
  int changed = 0;
  for (v1::ContactLine& line : *shown.mutable_contact_lines()) {
    if (line.contact() == person.contact()) {
      ++changed;
      continue;
    }
    if (line.contact().empty() && EraseFromLine(person, version, line)) ++changed;
    *kept.Add() = std::move(line);
  }
  shown.mutable_contact_lines()->Swap(&kept);
  if (changed > 0) CloseGaps(locale, shown);
  return changed;
}

bool ErasePerson(const Person& person, internal::PrintedLine& printed) {
  bool changed = false;
  for (auto& period : *printed.mutable_periods()) {
    if (period.contact() != person.contact()) continue;
    internal::PrintedLine::Period nobody;
    if (period.has_start()) *nobody.mutable_start() = period.start();
    period = std::move(nobody);
    changed = true;
  }
  if (printed.contact() == person.contact() && !printed.vouched_values().empty()) {
    printed.clear_vouched_values();
    changed = true;
  }
  return changed;
}

void KeepMarks(const ContactLines& before, ContactLines& after) {
  for (v1::ContactLine& line : after) {
    const auto same = std::find_if(before.begin(), before.end(), [&](const v1::ContactLine& candidate) {
      return candidate.part_id() == line.part_id();
    });
    if (same == before.end()) continue;
    for (int i = 0; i < std::min(line.segments_size(), same->segments_size()); ++i) {
      Segment& segment = *line.mutable_segments(i);
      const bool still = segment.value().empty() && segment.kind() == same->segments(i).kind();
      segment.set_erased(still && same->segments(i).erased());
    }
  }
}

}  // namespace communique::releases
