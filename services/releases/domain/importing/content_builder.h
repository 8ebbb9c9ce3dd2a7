// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/import.pb.h"
#include "services/releases/domain/importing/blocks.h"
#include "services/releases/domain/importing/source_text.h"
#include "services/releases/domain/text/outline.h"

namespace communique::releases {

// Puts a content together from stretches of a text, part by part in the order of the text. What stands between two
// parts becomes the gap of the second one, so nothing of the text can get lost as long as only white space is left
// between them; Finish checks that.
class ContentBuilder {
 public:
  ContentBuilder(const SourceText& source, std::string_view language);

  v1::ReleaseContent& content() { return content_; }

  // Parts that occur once. Each may be added once.
  void AddReleaseLine(TextSpan span);
  void AddHeadline(TextSpan span);
  void AddSubhead(TextSpan span);
  void AddDateline(const v1::Dateline& dateline, TextSpan span);
  void AddLead(v1::Block block, TextSpan span);
  void AddNotesHeading(TextSpan span);
  void AddContactsHeading(TextSpan span);

  // Parts that repeat.
  void AddBody(v1::Block block, TextSpan span);
  void AddEndMark(TextSpan span);
  void AddNote(v1::Block block, TextSpan span);
  // Begins an about text; AddAbout adds to the last one begun. An empty span begins one without a heading.
  void BeginAbout(TextSpan heading);
  void AddAbout(v1::Block block, TextSpan span);
  void AddContact(v1::ContactLine line, TextSpan span);

  // The block added last, and where it ends, for what is found out about it later; nullptr when the last part is none.
  v1::Block* last_block();
  // Makes the last part reach up to `end`, after its block was added to.
  void ExtendLast(std::size_t end) { pieces_.back().span.end = end; }

  bool empty() const { return pieces_.empty(); }
  std::size_t begin() const { return pieces_.front().span.begin; }
  std::size_t end() const { return pieces_.back().span.end; }

  // Fills ids and layout in. False when the parts do not print as the stretch of the text from begin() to end(); the
  // content is then not to be used.
  bool Finish();

  // After Finish: the parts as the report lists them, and the id of the part that covers an offset; empty for none.
  std::vector<v1::RecognizedPart> Recognized() const;
  std::string PartAt(std::size_t offset) const;

 private:
  struct Piece {
    PartKind kind;
    TextSpan span;
    // Where the part is in the content: its index in its list, and for blocks of about texts the index in theirs.
    int index = 0;
    int inner = 0;
  };

  std::string Text(TextSpan span) const;
  void Add(PartKind kind, TextSpan span, int index = 0, int inner = 0);
  std::string IdOf(const Piece& piece) const;
  const v1::Block* BlockOf(const Piece& piece) const;
  void FillLayout();
  std::string RecognizedKind(const Piece& piece) const;

  const SourceText& source_;
  v1::ReleaseContent content_;
  std::vector<Piece> pieces_;
};

}  // namespace communique::releases
