#!/usr/bin/env bash
# Pastes the README's grpcurl tour against a real service and looks at what comes out.
#   readme_tour_test.sh PATH_OF_RELEASES
set -euo pipefail
releases=$1
folder=$(mktemp -d)
"$releases" --server.reflection true --database.file "$folder/releases.db" --listen.internal 127.0.0.1:0 --ops.grpc '' \
  --ops.http '' >"$folder/log" 2>&1 &
pid=$!
trap 'kill "$pid" 2>/dev/null; wait "$pid" || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
  if grep -q '"message":"ready"' "$folder/log"; then break; fi
  sleep 0.05
done
address=127.0.0.1:$(jq -r 'select(.setting == "listen.internal").port' "$folder/log")

# The block after the remark that names this test.
sed -n '/readme_tour_test.sh runs this block/,/^```$/p' README.md | sed -e '1,2d' -e '$d' -e "s/127.0.0.1:7401/$address/" >"$folder/tour.sh"
[ "$(grep -c '^call ' "$folder/tour.sh")" -ge 9 ] || { echo 'the tour is not found in README.md'; exit 1; }
bash -euo pipefail "$folder/tour.sh" | tee "$folder/output"

expect() { grep -q -- "$1" "$folder/output" || { echo "expected to see: $1"; exit 1; }; }
expect '"headline": "River Aid opens its hundredth well"'
expect '"visibility": "VISIBILITY_LIVE"'
expect '"visibility": "VISIBILITY_TOMBSTONE"'
[ "$(tail -n 30 "$folder/output" | grep -c headline)" = 0 ] || { echo 'the tombstone still has a text'; exit 1; }
