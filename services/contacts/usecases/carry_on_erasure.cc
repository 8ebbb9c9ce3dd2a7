// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/carry_on_erasure.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/time/clock.h"
#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/usecases/personal_data_source.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::RowLock;
using platform::Session;
using storage::ErasureRecord;
using storage::ErasureStep;
using Place = v1::ErasurePlace;

// As whom the rows are written: nobody has asked just now.
constexpr char kActor[] = "erasure";

v1::ErasureReceipt& ReceiptOf(v1::Erasure& erasure, std::string_view service) {
  for (auto& receipt : *erasure.mutable_receipts()) {
    if (receipt.service() == service) return receipt;
  }
  auto& receipt = *erasure.add_receipts();
  receipt.set_service(std::string(service));
  return receipt;
}

// One erasure in the hands of one replica.
class Saga {
 public:
  Saga(const Environment& environment, std::string newsroom_uid, std::string name, absl::Time until,
       const std::stop_token& stop)
      : environment_(environment),
        newsroom_uid_(std::move(newsroom_uid)),
        name_(std::move(name)),
        until_(until),
        stop_(stop) {}

  absl::Status Run() {
    if (auto status = Read(); !status.ok()) return status;
    while (record_.erasure().state() == v1::Erasure::STATE_RUNNING) {
      if (stop_.stop_requested() || absl::Now() >= until_) return GiveBack();
      const bool asking = record_.steps_size() > 0;
      if (auto status = asking ? Ask() : Clean(); !status.ok()) {
        return Fail(asking ? kReleasesService : kContactsService, status);
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Read() {
    return environment_.database.Read(until_, [&](Session& session) {
      auto found = FindErasure(session, newsroom_uid_, name_);
      if (found.ok()) record_ = *std::move(found);
      return found.status();
    });
  }

  // Changes what is stored as it was read last, and has it for itself for `claim` from now on. ABORTED when another
  // replica has changed it meanwhile: that one goes on with it.
  absl::Status Store(absl::Time deadline, absl::Duration claim, const std::function<void(ErasureRecord&)>& change) {
    ErasureRecord stored;
    const absl::Status status = environment_.database.Write(deadline, [&](Session& session) -> absl::Status {
      stored = record_;
      change(stored);
      const absl::Time now = platform::ToStoredPrecision(environment_.clock.Now());
      stored.set_claimed_until_us(platform::ToMicros(now + claim));
      return UpdateErasure(session, newsroom_uid_, {kActor, "", now}, stored);
    });
    if (status.ok()) record_ = std::move(stored);
    return status;
  }
  absl::Status Store(const std::function<void(ErasureRecord&)>& change) {
    return Store(until_, environment_.erasure.claim, change);
  }

  // Another one may take it at once.
  absl::Status GiveBack() {
    return Store(absl::Now() + absl::Seconds(5), absl::ZeroDuration(), [](ErasureRecord&) {});
  }

  absl::Status Fail(std::string_view service, const absl::Status& status) {
    if (absl::IsCancelled(status) || absl::Now() >= until_) return GiveBack();
    const std::string reason = platform::ReasonName(platform::ReasonOf(status));
    // What cannot be stored now is stored the next time; nobody else has it until the claim has run out.
    Store(absl::Now() + absl::Seconds(5), RetryAfter(), [&](ErasureRecord& record) {
      ReceiptOf(*record.mutable_erasure(), service).set_last_error(reason);
      if (record.steps_size() == 0) record.set_failed_cleanings(record.failed_cleanings() + 1);
    }).IgnoreError();
    return status;
  }

  // A service that is away may be asked again soon. To clean writes the whole file, and a disk does not get room by
  // trying.
  absl::Duration RetryAfter() const {
    absl::Duration after = environment_.erasure.retry_interval;
    for (int i = 0; i < record_.failed_cleanings() && after < kLongestPause; ++i) after *= 2;
    return std::min(after, std::max(environment_.erasure.retry_interval, kLongestPause));
  }

  PersonalDataSource::Call MakeCall() const {
    return {std::min(until_, absl::Now() + environment_.erasure.claim / 2), "", stop_};
  }

  absl::Status Ask() { return record_.steps(0).list() ? ListStep() : EraseStep(); }

  absl::Status ListStep() {
    const ErasureStep& step = record_.steps(0);
    releases::v1::ListPersonalDataRequest request;
    request.set_contact(step.contact());
    *request.mutable_values() = step.values();
    request.set_page_size(kPageSize);
    request.set_page_token(step.page_token());
    const auto answer = environment_.personal_data->List(request, MakeCall());
    if (!answer.ok()) return answer.status();
    return Store([&](ErasureRecord& record) {
      for (const auto& place : answer->places()) AddText(PlaceOf(place), *record.mutable_erasure());
      GoOn(answer->next_page_token(), record);
    });
  }

  absl::Status EraseStep() {
    const ErasureStep& step = record_.steps(0);
    releases::v1::ErasePersonalDataRequest request;
    request.set_contact(step.contact());
    *request.mutable_values() = step.values();
    request.set_erasure(name_);
    request.set_page_token(step.page_token());
    const auto answer = environment_.personal_data->Erase(request, MakeCall());
    if (!answer.ok()) return answer.status();
    return Store([&](ErasureRecord& record) {
      auto& receipt = ReceiptOf(*record.mutable_erasure(), kReleasesService);
      receipt.set_erased_count(receipt.erased_count() + answer->contact_lines() + answer->edition_lines());
      receipt.set_resource_count(receipt.resource_count() + answer->releases());
      GoOn(answer->next_page_token(), record);
    });
  }

  // Counts a place in a text that was not seen before, and keeps it while there is room.
  void AddText(const Place& place, v1::Erasure& erasure) const {
    if (place.action() != Place::ACTION_LEFT_TO_EDITOR) return;
    const bool seen = std::any_of(erasure.texts().begin(), erasure.texts().end(), [&](const Place& text) {
      return text.resource() == place.resource() && text.path() == place.path();
    });
    if (seen) return;
    auto& receipt = ReceiptOf(erasure, kReleasesService);
    receipt.set_left_count(receipt.left_count() + 1);
    if (erasure.texts_size() < environment_.erasure_limits.text_places) *erasure.add_texts() = place;
  }

  // The first step is done, or at its next page.
  void GoOn(const std::string& next_page_token, ErasureRecord& record) const {
    auto& receipt = ReceiptOf(*record.mutable_erasure(), kReleasesService);
    receipt.clear_last_error();
    if (!next_page_token.empty()) {
      record.mutable_steps(0)->set_page_token(next_page_token);
      return;
    }
    record.mutable_steps()->DeleteSubrange(0, 1);
    if (record.steps_size() == 0) *receipt.mutable_done_time() = platform::ToTimestamp(environment_.clock.Now());
  }

  // Last, when nothing of the person is in any row any more.
  absl::Status Clean() {
    // Large files take longer than a question may: nobody else begins with them meanwhile.
    const absl::Duration left = std::max(until_ - absl::Now(), environment_.erasure.claim);
    if (auto status = Store(until_, left, [](ErasureRecord&) {}); !status.ok()) return status;
    if (auto status = ScrubErased(environment_.database, until_); !status.ok()) return status;
    return Store([&](ErasureRecord& record) {
      const auto now = platform::ToTimestamp(platform::ToStoredPrecision(environment_.clock.Now()));
      auto& receipt = ReceiptOf(*record.mutable_erasure(), kContactsService);
      receipt.clear_last_error();
      *receipt.mutable_done_time() = now;
      record.mutable_erasure()->set_state(v1::Erasure::STATE_DONE);
      *record.mutable_erasure()->mutable_done_time() = now;
    });
  }

  static constexpr int kPageSize = 1000;
  static constexpr absl::Duration kLongestPause = absl::Minutes(10);

  const Environment& environment_;
  const std::string newsroom_uid_;
  const std::string name_;
  const absl::Time until_;
  const std::stop_token& stop_;
  ErasureRecord record_;
};

// Takes the next one that is due. Nearly always there is none: that is seen without keeping anybody from writing.
absl::Status ClaimNext(const Environment& environment, absl::Time until,
                       std::optional<platform::ResourceKey>& claimed) {
  const absl::Status looked = environment.database.Read(until, [&](Session& session) {
    auto due = DueErasure(session, environment.clock.Now(), RowLock::kNone);
    if (due.ok()) claimed = *std::move(due);
    return due.status();
  });
  if (!looked.ok() || !claimed) return looked;
  return environment.database.Write(until, [&](Session& session) -> absl::Status {
    claimed.reset();
    const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
    auto due = DueErasure(session, now, RowLock::kForUpdate);
    if (!due.ok() || !due->has_value()) return due.status();
    auto record = FindErasure(session, (*due)->newsroom_uid, (*due)->name, RowLock::kForUpdate);
    if (!record.ok()) return record.status();
    record->set_claimed_until_us(platform::ToMicros(now + environment.erasure.claim));
    if (auto status = UpdateErasure(session, (*due)->newsroom_uid, {kActor, "", now}, *record); !status.ok()) {
      return status;
    }
    claimed = *std::move(due);
    return absl::OkStatus();
  });
}

}  // namespace

absl::Status CarryOnErasure(const Environment& environment, const std::string& newsroom_uid, const std::string& name,
                            absl::Time until, const std::stop_token& stop) {
  return Saga(environment, newsroom_uid, name, until, stop).Run();
}

absl::Status CarryOnErasures(const Environment& environment, absl::Time until, const std::stop_token& stop) {
  absl::Status first;
  while (!stop.stop_requested() && absl::Now() < until) {
    std::optional<platform::ResourceKey> claimed;
    if (auto status = ClaimNext(environment, until, claimed); !status.ok()) return status;
    if (!claimed) break;
    first.Update(CarryOnErasure(environment, claimed->newsroom_uid, claimed->name, until, stop));
  }
  return first;
}

}  // namespace communique::contacts
