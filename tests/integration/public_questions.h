// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <vector>

#include "communique/releases/v1/edition_service.pb.h"
#include "tests/integration/anonymous_reader.h"

namespace communique::testing {

namespace v1 = releases::v1;

v1::ListEditionsRequest ListOf(const std::string& parent, int page_size);

// Everything that can be asked of a public listener, as far as an answer can depend on what there is: of each release,
// of each list, and wrongly. The reader writes the answers down. Questions are the same in every store and are called
// the same; the etags, tokens and times in them are those of the store's own answers.
class PublicQuestions {
 public:
  explicit PublicQuestions(AnonymousReader& reader) : reader_(reader) {}

  // All that begins with the name of a release.
  void AskForRelease(const std::string& name);
  // Pages of all sizes, filters, sections.
  void AskForLists(const std::string& parent);
  // Names that are none, and tokens that are not good for watching here. `watch_token` is the newest one there is.
  void AskWrongly(const std::string& watch_token);
  v1::ListEditionsResponse Page(const std::string& what, const v1::ListEditionsRequest& request);

 private:
  void AskForEdition(const std::string& name);
  void Resolve(const std::string& name, const std::vector<std::string>& wishes);
  // All pages, and what tokens from before and of other lists lead to.
  void AskForPages(const std::string& what, v1::ListEditionsRequest request);

  AnonymousReader& reader_;
  std::map<std::string, std::string> old_tokens_;
  std::string foreign_token_;
};

}  // namespace communique::testing
