#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Communique Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the compiler that precompiles headers, after taking away what it made before: ccache would read the old result in
# the place of the headers, see that nothing has changed, and give back the old result.
for argument; do
  case $argument in *.gch) rm -f "$argument" ;; esac
done
exec "$@"
