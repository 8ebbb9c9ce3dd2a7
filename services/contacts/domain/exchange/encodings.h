// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// How bytes and characters of files are written.
namespace communique::contacts {

// Whether `text` is UTF-8 throughout.
bool IsUtf8(std::string_view text);

// Without the byte order mark that may stand in front of a UTF-8 file.
std::string_view WithoutByteOrderMark(std::string_view text);

// Quoted-printable (RFC 2045), soft line breaks already joined; what is no "=XX" stays as it is.
std::string DecodeQuotedPrintable(std::string_view text);

// `text`, which is in `charset` ("ISO-8859-1", "windows-1252"), in UTF-8; nothing when the charset is not known or the
// text is not in it.
std::optional<std::string> DecodeCharset(std::string_view text, std::string_view charset);

// How many bytes base64 text stands for, white space aside.
std::size_t Base64Bytes(std::string_view text);

}  // namespace communique::contacts
