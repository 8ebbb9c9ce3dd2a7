// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/exchange_api.h"

#include <memory>
#include <utility>

#include "services/contacts/usecases/export_contacts.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/platform/rpc/run_on.h"

namespace communique::contacts {
namespace {

// Stores some cards at a time, so that others get their turn at the database in between. Whatever ends it half-way, a
// queue that is full included, says how far it came.
void StoreOn(const ApiParts& parts, platform::Call& call, const std::shared_ptr<ContactImport>& import,
             const platform::Responder& respond) {
  const auto refuse = [import, respond](const absl::Status& status) { respond(import->Interrupted(status)); };
  platform::RunOn(parts.db_write, call.deadline(), refuse, [&parts, &call, import, respond, refuse] {
    if (auto status = import->StoreSome(); !status.ok()) return refuse(status);
    if (!import->done()) return StoreOn(parts, call, import, respond);
    const auto written = import->Finish();
    platform::AddToken(parts.tail, written.position, call);
    respond(platform::SerializeReply(written.value));
  });
}

// Reading a file keeps a processor busy; storing what was read waits for the database. Each has its own threads.
platform::Method ImportMethod(const ApiParts& parts) {
  using Request = v1::ImportContactsRequest;
  return platform::UnaryAsync<Request>(
      "ImportContacts", [&parts](platform::Call& call, const Request& request, platform::Responder respond) {
        platform::RunOn(parts.cpu, call.deadline(), respond, [&parts, &call, &request, respond] {
          const auto import = std::make_shared<ContactImport>(parts.environment, platform::CallerOf(call), request);
          if (auto status = import->Read(); !status.ok()) return respond(status);
          StoreOn(parts, call, import, respond);
        });
      });
}

}  // namespace

platform::ServiceMethods ExchangeMethods(const ApiParts& parts) {
  return {"communique.contacts.v1.ExchangeService",
          {ImportMethod(parts), platform::Reading<v1::ExportContactsRequest, v1::ExportContactsResponse>(
                                    "ExportContacts", parts, ExportContacts)}};
}

}  // namespace communique::contacts
