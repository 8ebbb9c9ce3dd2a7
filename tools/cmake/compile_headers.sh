#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the compiler that precompiles headers, after taking away what it made before: ccache would read the old result in
# the place of the headers, see that nothing has changed, and give back the old result.
before=
for argument; do
  # Only what it is to make: clang is also told by that name what to read.
  if [ "$before" = -o ]; then
    case $argument in *.gch | *.pch) rm -f "$argument" ;; esac
  fi
  before=$argument
done
exec "$@"
