// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace communique::platform {

// Protobuf writes a line to stderr, past our log, for each message that does not parse; anybody who can connect could
// fill the disk with them. From this call on it writes only what ends the process: what is wrong with a request is told
// to its caller. For the whole process; may be called more than once.
void QuietProtobuf();

}  // namespace communique::platform
