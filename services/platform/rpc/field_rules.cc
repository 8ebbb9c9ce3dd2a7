// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/field_rules.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

namespace {

// Enough to show; a hostile request could otherwise cost a line for each of a million elements.
constexpr int kMaxViolations = 50;

bool Has(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

bool IsPresent(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0 : reflection.HasField(message, &field);
}

}  // namespace

class FieldRules::Compiler {
 public:
  explicit Compiler(FieldRules& rules) : rules_(rules) {}

  const Type* Compile(const Descriptor& request) {
    const Type* type = Visit(request);
    // Messages may contain themselves: what matters below spreads upwards until nothing changes.
    for (bool changed = true; changed;) {
      changed = false;
      for (auto& each : rules_.types_) {
        const bool below = std::any_of(each->children.begin(), each->children.end(),
                                       [](const Child& child) { return child.type->matters; });
        if (below && !each->matters) each->matters = changed = true;
      }
    }
    for (auto& each : rules_.types_) {
      std::erase_if(each->children, [](const Child& child) { return !child.type->matters; });
    }
    return type;
  }

 private:
  Type* Visit(const Descriptor& message) {
    if (const auto found = by_message_.find(&message); found != by_message_.end()) return found->second;
    Type* type = rules_.types_.emplace_back(std::make_unique<Type>()).get();
    by_message_[&message] = type;
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      if (Has(field, google::api::OUTPUT_ONLY)) {
        type->output_only.push_back(&field);
        continue;
      }
      if (Has(field, google::api::REQUIRED)) type->required.push_back(&field);
      // Well-known types have no rules of ours; a map's values would need paths with keys, and none has rules.
      if (field.message_type() != nullptr && !field.is_map())
        type->children.push_back({&field, Visit(*field.message_type())});
    }
    type->matters = !type->required.empty() || !type->output_only.empty();
    return type;
  }

  FieldRules& rules_;
  std::map<const Descriptor*, Type*> by_message_;
};

class FieldRules::Application {
 public:
  explicit Application(const FieldRules& rules) : rules_(rules) {}

  absl::Status Run(Message& request) {
    if (rules_.update_mask_ != nullptr) {
      mask_ = static_cast<const FieldMask*>(&request.GetReflection()->GetMessage(request, rules_.update_mask_));
    }
    Visit(request, *rules_.request_, nullptr, Required::kAll);
    return violations_.ToStatus();
  }

 private:
  // Which required fields are missed.
  enum class Required { kAll, kMasked, kNone };

  // Where we are; put into words only for a violation.
  struct Place {
    const Place* parent;
    const FieldDescriptor* field;
    int index;  // -1 for a singular field

    std::string Words() const {
      const std::string name = index < 0 ? field->name() : absl::StrCat(field->name(), "[", index, "]");
      return parent == nullptr ? name : absl::StrCat(parent->Words(), ".", name);
    }
  };

  bool Masks(const FieldDescriptor& field) const {
    return std::any_of(mask_->paths().begin(), mask_->paths().end(),
                       [&](const std::string& path) { return path == field.name() || path == "*"; });
  }

  // What is missed below `field` of a message in which `here` holds.
  Required Below(const FieldDescriptor& field, const Place* place, Required here) const {
    if (place == nullptr && mask_ != nullptr && &field == rules_.updated_) return Required::kMasked;
    if (here != Required::kMasked) return here;
    return mask_->paths().empty() || Masks(field) ? Required::kAll : Required::kNone;
  }

  void Visit(Message& message, const Type& type, const Place* place, Required here) {
    const Reflection& reflection = *message.GetReflection();
    for (const FieldDescriptor* field : type.output_only) reflection.ClearField(&message, field);
    for (const FieldDescriptor* field : type.required) {
      const bool required = here == Required::kAll || (here == Required::kMasked && Masks(*field));
      if (required && !IsPresent(message, *field)) Missing({place, field, -1});
    }
    for (const auto& [field, child] : type.children) {
      const Required below = Below(*field, place, here);
      if (!field->is_repeated()) {
        if (!reflection.HasField(message, field)) continue;
        const Place next{place, field, -1};
        Visit(*reflection.MutableMessage(&message, field), *child, &next, below);
        continue;
      }
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        const Place next{place, field, i};
        Visit(*reflection.MutableRepeatedMessage(&message, field, i), *child, &next, below);
      }
    }
  }

  void Missing(const Place& place) {
    if (missing_++ < kMaxViolations) violations_.Add(place.Words(), "is required and must not be empty");
  }

  const FieldRules& rules_;
  const FieldMask* mask_ = nullptr;
  FieldViolations violations_;
  int missing_ = 0;
};

FieldRules::FieldRules() = default;
FieldRules::~FieldRules() = default;
FieldRules::FieldRules(FieldRules&&) noexcept = default;
FieldRules& FieldRules::operator=(FieldRules&&) noexcept = default;

FieldRules FieldRules::Compile(const Descriptor& request, std::string_view resource) {
  FieldRules rules;
  rules.request_ = Compiler(rules).Compile(request);
  const FieldDescriptor* mask = request.FindFieldByName("update_mask");
  if (mask != nullptr && mask->message_type() == FieldMask::descriptor() && !mask->is_repeated()) {
    rules.update_mask_ = mask;
    rules.updated_ = request.FindFieldByName(std::string(resource.substr(0, resource.find('.'))));
  }
  return rules;
}

absl::Status FieldRules::Apply(Message& request) const {
  if (request_ == nullptr || !request_->matters) return absl::OkStatus();
  return Application(*this).Run(request);
}

}  // namespace communique::platform
