// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/handler_exception.h"

#include <cxxabi.h>

#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <typeinfo>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

std::string TypeName(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                    &std::free);
  return name != nullptr ? name.get() : type.name();
}

}  // namespace

absl::Status CatchExceptions(absl::FunctionRef<void()> run) {
  try {
    run();
    return absl::OkStatus();
  } catch (const std::exception& thrown) {
    return InternalError(absl::StrCat("the handler threw ", TypeName(typeid(thrown))));
  } catch (...) {
    return InternalError("the handler threw something that is no std::exception");
  }
}

}  // namespace communique::platform
