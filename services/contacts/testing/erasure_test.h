// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/contacts/testing/erasure_driver.h"
#include "services/platform/testing/table_dump.h"

namespace communique::contacts {

// A store with the newsroom "relief", somebody who keeps its contacts, and somebody who erases them.
class ErasureTest : public testing::TestWithParam<const char*> {
 protected:
  static constexpr char kUuid[] = "5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11";
  static constexpr char kRelease[] = "newsrooms/relief/releases/r1";

  ErasureTest() { store_.MakeNewsroom("relief"); }

  // All that the tables hold, whatever their columns are.
  std::string Stored() {
    std::string stored;
    for (const platform::TableCell& cell : platform::DumpTables(store_.db())) {
      absl::StrAppend(&stored, cell.value, "\n");
    }
    return stored;
  }

  v1::Contact Milena() { return driver_.Make("milena", ContactDriver::FullPerson("Milena Quux")); }
  v1::Contact Desk() { return driver_.Make("desk", ContactDriver::Desk("Pressestelle")); }
  // One whom another stands in for.
  v1::Contact MilenaWithDesk() {
    const v1::Contact desk = Desk();
    return ContactDriver::Expect(driver_.SetSubstitute(Milena(), desk.name()));
  }

  // What a plan does to each place, one line each.
  static std::string Actions(const v1::ErasurePlan& plan) {
    std::string text;
    for (const v1::ErasurePlace& place : plan.places()) {
      absl::StrAppend(&text, place.service(), " ", place.resource(), " ", place.path(), " ",
                      v1::ErasurePlace::Action_Name(place.action()), "\n");
    }
    return text;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ErasureDriver officer_{store_};
};

}  // namespace communique::contacts
