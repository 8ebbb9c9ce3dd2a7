// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

namespace communique::contacts {

// How much a contact holds; from the configuration. The contract states the defaults.
struct ContactLimits {
  int person_names = 20;
  int desk_names = 20;
  int role_titles = 20;
  int emails = 10;
  int phones = 10;
  int web_addresses = 10;
  int languages = 20;
  std::size_t name_characters = 200;  // also of a given or family name, a desk, and a web address's label
  std::size_t honorific_characters = 100;
  std::size_t title_characters = 300;
  std::size_t source_characters = 300;
  std::size_t note_characters = 5000;
};

}  // namespace communique::contacts
