// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace communique::contacts {

// How a script is written in Latin letters.
enum class Romanization {
  kScholarly,  // one letter for one, whatever the language (ISO 9 for Cyrillic): "srdan", "hrusev"
  kRussian,    // as English-language media write Russian (BGN/PCGN): "khrushchev"
  kUkrainian,  // the same for Ukrainian: "serhiy"
  kSerbian,    // Serbia's own Latin alphabet: "ljiljana"
};

// `text` in the letters a-z and the marks of its script that have no place in them, accents taken off, in lower case.
//
// ICU's transliterators keep state while they work, so each thread has its own. Making one takes 0.3 ms (11 ms for the
// first of the process), cloning one 1 µs and using it 5 µs a name: they are made once, cloned by each thread at its
// first name, and go with the thread.
std::string Romanized(std::string_view text, Romanization romanization);

}  // namespace communique::contacts
