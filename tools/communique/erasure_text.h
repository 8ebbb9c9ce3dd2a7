// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>

#include "communique/contacts/v1/erasure.pb.h"

// Erasures for people.
namespace communique::command {

// How far it is, with its receipts and where texts still name the person.
void PrintErasure(std::ostream& out, const contacts::v1::Erasure& erasure);

// What it would do, place by place; at the end the digest to send it with.
void PrintPlan(std::ostream& out, const contacts::v1::ErasurePlan& plan);

}  // namespace communique::command
