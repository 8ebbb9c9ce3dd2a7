// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/contacts/usecases/personal_data_source.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {

// A releases service that keeps places in memory: contact lines, which it erases, and texts, which it does not. It
// gives one place a page, so that whoever asks has to go on.
class FakePersonalData final : public PersonalDataSource {
 public:
  using Place = releases::v1::PersonalDataPlace;

  struct Line {
    std::string contact;  // that it refers to; empty: none
    Place place;
  };

  void AddLine(const std::string& contact, const std::string& resource, const std::string& text) {
    Add(contact, resource, "content.contact_lines[0]", Place::KIND_CONTACT_LINE, text);
  }
  void AddText(const std::string& resource, const std::string& path, const std::string& text) {
    Add("", resource, path, Place::KIND_TEXT, text);
  }

  absl::StatusOr<releases::v1::ListPersonalDataResponse> List(const releases::v1::ListPersonalDataRequest& request,
                                                              const Call& call) override {
    if (auto status = Answer("list", request.contact(), call); !status.ok()) return status;
    releases::v1::ListPersonalDataResponse response;
    const std::size_t at = Position(request.page_token());
    const auto found = Found(request.contact(), request.values());
    if (at < found.size()) {
      *response.add_places() = lines[found[at]].place;
      if (!request.include_text()) response.mutable_places(0)->clear_text();
    }
    if (at + 1 < found.size()) response.set_next_page_token(absl::StrCat(at + 1));
    return response;
  }

  // Pages are of all lines, so that what is erased on one does not shift those behind it.
  absl::StatusOr<releases::v1::ErasePersonalDataResponse> Erase(const releases::v1::ErasePersonalDataRequest& request,
                                                                const Call& call) override {
    if (auto status = Answer("erase", request.contact(), call); !status.ok()) return status;
    erasures.push_back(request.erasure());
    releases::v1::ErasePersonalDataResponse response;
    const std::size_t at = Position(request.page_token());
    const auto found = Found(request.contact(), request.values());
    if (std::find(found.begin(), found.end(), at) != found.end()) {
      if (lines[at].place.kind() == Place::KIND_TEXT) {
        response.set_texts_left(1);
      } else {
        lines[at].place.clear_text();
        lines[at].contact = "(erased)";
        response.set_contact_lines(1);
        response.set_releases(1);
      }
    }
    if (at + 1 < lines.size()) response.set_next_page_token(absl::StrCat(at + 1));
    return response;
  }

  std::vector<Line> lines;
  std::vector<std::string> calls;     // "list a", "erase a"
  std::vector<std::string> erasures;  // that Erase was told, one each time
  // Called before each answer; not OK is the answer.
  std::function<absl::Status()> before = [] { return absl::OkStatus(); };
  // As the releases service is when it is not there.
  static absl::Status Away() {
    return platform::Unavailable(platform::Reason::ERROR_REASON_PEER_UNAVAILABLE, "the releases service is away",
                                 absl::Seconds(1), {{"peer", "releases"}});
  }

 private:
  void Add(const std::string& contact, const std::string& resource, const std::string& path, Place::Kind kind,
           const std::string& text) {
    Line& line = lines.emplace_back();
    line.contact = contact;
    line.place.set_resource(resource);
    line.place.set_path(path);
    line.place.set_kind(kind);
    line.place.set_text(text);
  }

  absl::Status Answer(std::string_view what, const std::string& contact, const Call& call) {
    if (call.stop.stop_requested()) return absl::CancelledError("stopped");
    calls.push_back(absl::StrCat(std::string(what), " ", contact.substr(contact.rfind('/') + 1)));
    return before();
  }

  template <typename Values>
  std::vector<std::size_t> Found(const std::string& contact, const Values& values) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool refers = lines[i].contact == contact;
      const bool says = std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        return lines[i].place.text().find(value) != std::string::npos;
      });
      if (refers || says) found.push_back(i);
    }
    return found;
  }

  static std::size_t Position(const std::string& token) {
    std::size_t position = 0;
    EXPECT_TRUE(token.empty() || absl::SimpleAtoi(token, &position)) << token;
    return position;
  }
};

}  // namespace communique::contacts
