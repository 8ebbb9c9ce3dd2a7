// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "services/contacts/domain/text/confusables.h"
#include "services/contacts/domain/text/word_keys.h"

namespace communique::contacts {
namespace {

// What ICU makes once, or once a thread, is used by all of them at the same time, from their first moment.
TEST(ThreadsTest, AllThreadsGetTheSameKeys) {
  constexpr int kThreads = 8;
  const std::vector<std::string> names = {"Срђан Тошић", "Љиљана", "Γιώργος", "محمد علي", "やまだ", "Müller", "דוד"};
  std::atomic<int> ready = 0;
  std::vector<std::string> results(kThreads);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&] {
      ++ready;
      while (ready < kThreads) std::this_thread::yield();
      for (int round = 0; round < 50; ++round) {
        result.clear();
        for (const std::string& name : names) {
          result += NameKey(name) + (MixesScripts(name) ? "!" : ".") + (LooksLatin(name) ? "!" : ".");
          for (const std::string& key : WordKeysOf(name)) result += key + " ";
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, results.front());
  EXPECT_NE(results.front().find("srdan tosic"), std::string::npos);
}

}  // namespace
}  // namespace communique::contacts
