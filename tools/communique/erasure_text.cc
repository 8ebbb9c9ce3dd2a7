// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/erasure_text.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::Erasure;
using contacts::v1::ErasurePlace;
using contacts::v1::ErasureReceipt;

std::string ProgressWords(const ErasureReceipt& receipt) {
  if (receipt.has_done_time()) return absl::StrCat("done ", TimeWords(receipt.done_time()));
  return receipt.last_error().empty() ? "not yet" : absl::StrCat("not yet: ", receipt.last_error());
}

}  // namespace

void PrintErasure(std::ostream& out, const Erasure& erasure) {
  out << Printable(erasure.name()) << '\n';
  Table table(2);
  table.Add({"Contact", erasure.contact()});
  for (const auto& merged : erasure.merged_contacts()) table.Add({"With", merged});
  table.Add({"State", EnumWords(erasure.state())});
  table.Add({"Reason", EnumWords(erasure.reason())});
  table.Add({"Begun", TimeWords(erasure.create_time())});
  if (erasure.has_done_time()) table.Add({"Done", TimeWords(erasure.done_time())});
  table.Print(out);
  Table receipts(2);
  for (const auto& receipt : erasure.receipts()) {
    receipts.Add({receipt.service(), absl::StrCat(receipt.erased_count(), " erased"),
                  absl::StrCat(receipt.left_count(), " left to an editor"), ProgressWords(receipt)});
  }
  receipts.Print(out);
  if (erasure.texts().empty()) return;
  out << "  For an editor to decide:\n";
  Table texts(4);
  for (const auto& text : erasure.texts()) texts.Add({text.resource(), text.path()});
  texts.Print(out);
}

void PrintPlan(std::ostream& out, const contacts::v1::ErasurePlan& plan) {
  std::map<ErasurePlace::Action, int> counts;
  Table table;
  for (const auto& place : plan.places()) {
    ++counts[place.action()];
    table.Add({EnumWords(place.action()), place.resource(), place.path(), place.why()});
  }
  table.Print(out);
  if (plan.places_left_out() > 0) out << "and " << CountWords(plan.places_left_out(), "more place") << '\n';
  out << counts[ErasurePlace::ACTION_ERASED] << " erased, " << counts[ErasurePlace::ACTION_KEPT] << " kept, "
      << counts[ErasurePlace::ACTION_LEFT_TO_EDITOR] << " left to an editor\n"
      << "--plan " << plan.digest() << '\n';
}

}  // namespace communique::command
