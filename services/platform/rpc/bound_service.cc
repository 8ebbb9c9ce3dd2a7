// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/bound_service.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "communique/common/v1/access.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

absl::Status Wrong(const std::string& name, std::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(name, ": ", ToAbsl(why)));
}

absl::StatusOr<MethodKind> KindOf(const MethodDescriptor& method) {
  if (method.client_streaming()) {
    return Wrong(method.full_name(), "streams from the client, which the call chain does not support yet");
  }
  return method.server_streaming() ? MethodKind::kServerStream : MethodKind::kUnary;
}

MethodInfo Describe(const MethodDescriptor& method, MethodKind kind, const common::v1::Access& access) {
  const ServiceDescriptor& service = *method.service();
  return {.path = absl::StrCat("/", service.full_name(), "/", method.name()),
          .service = service.full_name(),
          .name = method.name(),
          .package = method.file()->package(),
          .kind = kind,
          .access = access,
          .descriptor = &method};
}

absl::Status CheckHandler(const MethodDescriptor& method, MethodKind kind, const Method& handler) {
  const bool streams = std::holds_alternative<Method::StreamHandler>(handler.handler);
  if (streams != (kind == MethodKind::kServerStream)) {
    return Wrong(method.full_name(), streams ? "is unary, its handler streams" : "streams, its handler is unary");
  }
  if (handler.request != method.input_type()) {
    return Wrong(method.full_name(), absl::StrCat("takes ", method.input_type()->full_name(), ", its handler ",
                                                  handler.request->full_name()));
  }
  if (handler.reply != nullptr && handler.reply != method.output_type()) {
    return Wrong(method.full_name(), absl::StrCat("returns ", method.output_type()->full_name(), ", its handler ",
                                                  handler.reply->full_name()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<const BoundMethod>> BindMethod(const MethodDescriptor& descriptor, Method handler,
                                                              const CallMetrics& metrics, ChainState& chain) {
  const auto kind = KindOf(descriptor);
  if (!kind.ok()) return kind.status();
  const auto access = AccessRuleOf(descriptor);
  if (!access.ok()) return access.status();
  if (absl::Status status = CheckHandler(descriptor, *kind, handler); !status.ok()) return status;

  auto bound = std::make_unique<BoundMethod>();
  bound->info = Describe(descriptor, *kind, *access);
  bound->method = std::move(handler);
  bound->request = MessageFactory::generated_factory()->GetPrototype(descriptor.input_type());
  if (!access->resource().empty()) {
    auto resource = ResourcePath::Compile(*descriptor.input_type(), access->resource());
    if (!resource.ok()) return Wrong(descriptor.full_name(), ToStd(resource.status().message()));
    bound->resource = *std::move(resource);
  }
  bound->rules = FieldRules::Compile(*descriptor.input_type(), access->resource());
  bound->metrics = metrics.For(bound->info);
  bound->chain = &chain;
  return bound;
}

absl::StatusOr<std::map<std::string, Method>> ByName(const ServiceDescriptor& service, std::vector<Method> methods) {
  std::map<std::string, Method> by_name;
  for (Method& method : methods) {
    const std::string full_name = absl::StrCat(service.full_name(), ".", method.name);
    if (service.FindMethodByName(method.name) == nullptr) return Wrong(full_name, "there is no such method");
    const std::string name = method.name;
    if (!by_name.emplace(name, std::move(method)).second) return Wrong(full_name, "has two handlers");
  }
  return by_name;
}

}  // namespace

absl::StatusOr<common::v1::Access> AccessRuleOf(const MethodDescriptor& method) {
  if (!method.options().HasExtension(common::v1::access)) {
    return Wrong(method.full_name(), "has no (communique.common.v1.access) option");
  }
  const common::v1::Access& access = method.options().GetExtension(common::v1::access);
  const bool audience_known = common::v1::Audience_IsValid(access.audience()) && access.audience() != 0;
  const bool permission_known = common::v1::Permission_IsValid(access.permission()) && access.permission() != 0;
  if (!audience_known) return Wrong(method.full_name(), "its access rule has no audience");
  if (!permission_known) return Wrong(method.full_name(), "its access rule has no permission");
  const bool is_public = access.audience() == common::v1::AUDIENCE_PUBLIC;
  if (is_public != (access.permission() == common::v1::PERMISSION_READ_PUBLIC)) {
    return Wrong(method.full_name(),
                 "AUDIENCE_PUBLIC and PERMISSION_READ_PUBLIC belong together: the public reads, and only the public "
                 "needs no token");
  }
  return access;
}

absl::StatusOr<std::shared_ptr<const BoundService>> BindService(ServiceMethods methods, const CallMetrics& metrics,
                                                                std::shared_ptr<ChainState> chain) {
  const ServiceDescriptor* service = DescriptorPool::generated_pool()->FindServiceByName(methods.service);
  if (service == nullptr) return Wrong(methods.service, "there is no such service in this program");
  auto handlers = ByName(*service, std::move(methods.methods));
  if (!handlers.ok()) return handlers.status();

  auto bound = std::make_shared<BoundService>();
  bound->name = service->full_name();
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor& descriptor = *service->method(i);
    const auto handler = handlers->find(descriptor.name());
    if (handler == handlers->end()) return Wrong(descriptor.full_name(), "has no handler");
    auto method = BindMethod(descriptor, std::move(handler->second), metrics, *chain);
    if (!method.ok()) return method.status();
    bound->methods.push_back(*std::move(method));
  }
  bound->chain = std::move(chain);
  return bound;
}

}  // namespace communique::platform
