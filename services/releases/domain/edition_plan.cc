// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/edition_plan.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/timestamp.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/text/block_text.h"
#include "services/releases/domain/text/labels.h"
#include "services/releases/domain/text/slug.h"
#include "services/releases/domain/text/summary.h"

namespace communique::releases {
namespace {

using platform::FromTimestamp;
using platform::ToTimestamp;

constexpr std::size_t kMaxSlugBytes = 80;
constexpr std::size_t kSummaryCharacters = 300;

std::string TextIn(const google::protobuf::RepeatedPtrField<common::v1::LocalizedText>& texts,
                   const std::string& locale) {
  for (const auto& text : texts) {
    if (text.locale() == locale) return text.text();
  }
  return {};
}

// How the edition was taken down, if it is: by itself or with the whole release.
const v1::Withdrawal* WithdrawalOf(const v1::Release& release, const v1::EditionSummary& summary) {
  if (release.has_withdrawal()) return &release.withdrawal();
  return summary.has_withdrawal() ? &summary.withdrawal() : nullptr;
}

v1::Edition::Visibility VisibilityFor(const v1::Withdrawal* withdrawal) {
  if (withdrawal == nullptr) return v1::Edition::VISIBILITY_LIVE;
  switch (withdrawal->kind()) {
    case v1::Withdrawal::KIND_NOTICE:
      return v1::Edition::VISIBILITY_NOTICE;
    case v1::Withdrawal::KIND_REDIRECT:
      return v1::Edition::VISIBILITY_REDIRECT;
    default:
      return v1::Edition::VISIBILITY_TOMBSTONE;
  }
}

// What was wrong is said beside the text alone: where that is gone, nothing repeats it.
void AddNotices(const v1::Release& release, const v1::EditionSummary& summary, const v1::Withdrawal* withdrawal,
                const v1::Labels& labels, v1::Edition& edition) {
  for (const auto& correction : release.corrections()) {
    if (!ShowsText(edition.visibility())) break;
    // Who began to read later never saw the mistake.
    if (FromTimestamp(correction.time()) < FromTimestamp(summary.public_since())) continue;
    auto& notice = *edition.add_notices();
    notice.set_kind(v1::Notice::KIND_CORRECTION);
    notice.set_label(labels.correction());
    const std::string own = TextIn(correction.notices(), summary.locale());
    notice.set_text(own.empty() ? labels.standard_correction_notice() : own);
    *notice.mutable_time() = correction.time();
  }
  if (withdrawal == nullptr) return;
  auto& notice = *edition.add_notices();
  notice.set_kind(v1::Notice::KIND_WITHDRAWAL);
  notice.set_label(labels.withdrawal());
  notice.set_text(TextIn(withdrawal->explanations(), summary.locale()));
  *notice.mutable_time() = withdrawal->time();
}

v1::Edition BuildEdition(const v1::Release& release, const v1::Newsroom& newsroom, const v1::EditionSummary& summary,
                         const FrozenTexts& texts, const PrintedLines& lines, absl::Time at) {
  const v1::Withdrawal* withdrawal = WithdrawalOf(release, summary);
  const v1::Labels labels = LabelsOf(newsroom, summary.locale());
  const std::string release_id = ReleaseName::Parse(release.name())->release;

  v1::Edition edition;
  edition.set_name(summary.name());
  edition.set_visibility(VisibilityFor(withdrawal));
  edition.set_locale(summary.locale());
  edition.set_newsroom_display_name(newsroom.display_name());
  *edition.mutable_publish_time() = summary.public_since();
  *edition.mutable_update_time() = summary.update_time();
  AddNotices(release, summary, withdrawal, labels, edition);
  if (edition.visibility() == v1::Edition::VISIBILITY_REDIRECT) edition.set_replacement(withdrawal->replacement());

  if (ShowsText(edition.visibility())) {
    const FrozenText& text = texts.at({summary.revision(), summary.locale()});
    *edition.mutable_content() = text.content;
    ApplyLines(lines, summary.locale(), summary.revision(), at, *edition.mutable_content());
    CloseGaps(summary.locale(), *edition.mutable_content());
    edition.set_digest(text.digest);
    edition.set_slug(summary.slug());
    edition.set_web_address(WebAddress(newsroom, release_id, summary.locale(), summary.slug()));
    *edition.mutable_topics() = release.topics();
    edition.set_reference_number(release.reference_number());
    *edition.mutable_labels() = EditionLabelsOf(labels);
    for (const auto& other : release.editions()) {
      if (other.locale() == summary.locale() || FromTimestamp(other.public_since()) > at) continue;
      if (!ShowsText(DecidedVisibility(release, other))) continue;
      auto& link = *edition.add_other_languages();
      link.set_name(other.name());
      link.set_locale(other.locale());
      link.set_slug(other.slug());
    }
  }
  SetEtag(edition);
  return edition;
}

v1::EditionCard BuildCard(const v1::Edition& edition) {
  v1::EditionCard card;
  card.set_name(edition.name());
  card.set_etag(edition.etag());
  card.set_visibility(edition.visibility());
  card.set_locale(edition.locale());
  *card.mutable_publish_time() = edition.publish_time();
  *card.mutable_update_time() = edition.update_time();
  if (!edition.has_content()) return card;
  card.set_slug(edition.slug());
  card.set_web_address(edition.web_address());
  card.set_kind(edition.content().kind());
  card.set_headline(edition.content().headline());
  card.set_subhead(edition.content().subhead());
  card.set_dateline(DatelineWithoutSeparator(edition.content().dateline()));
  card.set_summary(Summarize(BlockText(edition.content().lead()), edition.locale(), kSummaryCharacters));
  *card.mutable_topics() = edition.topics();
  for (const auto& notice : edition.notices()) {
    if (notice.kind() == v1::Notice::KIND_CORRECTION) card.set_corrected(true);
  }
  return card;
}

}  // namespace

void SetEtag(v1::Edition& edition) {
  edition.clear_etag();
  edition.set_etag(
      absl::StrCat("\"", platform::ToHex(platform::Sha256(edition.SerializeAsString())).substr(0, 32), "\""));
}

v1::Edition::Visibility DecidedVisibility(const v1::Release& release, const v1::EditionSummary& summary) {
  return VisibilityFor(WithdrawalOf(release, summary));
}

bool ShowsText(v1::Edition::Visibility visibility) {
  return visibility == v1::Edition::VISIBILITY_LIVE || visibility == v1::Edition::VISIBILITY_NOTICE;
}

std::vector<PlannedEdition> PlanEditions(const v1::Release& release, const v1::Newsroom& newsroom,
                                         const FrozenTexts& texts, const PrintedLines& lines, v1::Change::Verb verb,
                                         absl::Time now) {
  std::set<absl::Time> instants = {now};
  const auto boundaries = Boundaries(lines, now);
  instants.insert(boundaries.begin(), boundaries.end());
  for (const auto& summary : release.editions()) {
    if (summary.has_public_since()) instants.insert(std::max(now, FromTimestamp(summary.public_since())));
  }
  std::vector<PlannedEdition> plan;
  for (const absl::Time at : instants) {
    for (const auto& summary : release.editions()) {
      if (!summary.has_public_since() || FromTimestamp(summary.public_since()) > at) continue;
      PlannedEdition planned;
      planned.public_since = at;
      const bool decided_now = at == now && FromTimestamp(summary.update_time()) == now;
      planned.verb = decided_now ? verb : v1::Change::VERB_UPDATED;
      planned.edition = BuildEdition(release, newsroom, summary, texts, lines, at);
      planned.card = BuildCard(planned.edition);
      plan.push_back(std::move(planned));
    }
  }
  return plan;
}

std::string WebAddress(const v1::Newsroom& newsroom, const std::string& release_id, const std::string& locale,
                       const std::string& slug) {
  return absl::StrReplaceAll(newsroom.web_address_template(),
                             {{"{locale}", locale}, {"{release}", release_id}, {"{slug}", slug}});
}

std::string NewSlug(const v1::Newsroom& newsroom, const std::string& release_id, const v1::ReleaseContent& content) {
  const std::string& address = newsroom.web_address_template();
  const bool told_apart = address.empty() || address.find("{release}") != std::string::npos;
  if (told_apart) {
    const std::string slug = MakeSlug(content.headline(), content.language(), kMaxSlugBytes);
    return slug.empty() ? release_id : slug;
  }
  const std::string suffix = release_id.substr(release_id.rfind('-') + 1);
  const std::string words = MakeSlug(content.headline(), content.language(), kMaxSlugBytes - suffix.size() - 1);
  return words.empty() ? suffix : absl::StrCat(words, "-", suffix);
}

}  // namespace communique::releases
