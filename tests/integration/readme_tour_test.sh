#!/usr/bin/env bash
# Pastes the grpcurl tours of the READMEs against real services and looks at what comes out.
#   readme_tour_test.sh PATH_OF_RELEASES PATH_OF_CONTACTS
set -euo pipefail
releases=$1 contacts=$2
folder=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait || true; rm -rf "$folder"' EXIT

start() {  # a name, the program, its own flags
  local name=$1 program=$2; shift 2
  "$program" --server.reflection true --database.file "$folder/$name.db" --listen.internal 127.0.0.1:0 --ops.grpc '' \
    --ops.http '' "$@" >"$folder/$name.log" 2>&1 &
  pids+=($!)
  for _ in $(seq 200); do
    if grep -q '"message":"ready"' "$folder/$name.log"; then return; fi
    sleep 0.05
  done
  echo "$name does not start"; cat "$folder/$name.log"; exit 1
}
address_of() { printf '127.0.0.1:'; jq -r 'select(.setting == "listen.internal").port' "$folder/$1.log"; }
# The block of a README behind the remark that names this test.
# shellcheck disable=SC2016  # backquotes of Markdown
block_of() { sed -n '/readme_tour_test.sh runs/,$p' "$1" | sed -n '/^```sh$/,/^```$/p' | sed -e 1d -e '/^```$/,$d'; }
expect() { grep -q -- "$1" "$folder/output" || { echo "expected to see: $1"; exit 1; }; }

start releases "$releases" --listen.public 127.0.0.1:0
block_of README.md | sed "s/127.0.0.1:7401/$(address_of releases)/" >"$folder/tour.sh"
[ "$(grep -c '^call ' "$folder/tour.sh")" -ge 9 ] || { echo 'the tour is not found in README.md'; exit 1; }
bash -euo pipefail "$folder/tour.sh" | tee "$folder/output"
expect '"headline": "River Aid opens its hundredth well"'
expect '"visibility": "VISIBILITY_LIVE"'
expect '"visibility": "VISIBILITY_TOMBSTONE"'
[ "$(tail -n 30 "$folder/output" | grep -c headline)" = 0 ] || { echo 'the tombstone still has a text'; exit 1; }

# Started after the newsroom was made, it knows it as soon as it has listed them all.
start contacts "$contacts" --peers.releases.address "$(address_of releases)"
for _ in $(seq 200); do
  if .tools/bin/grpcurl -plaintext -d '{"parent": "newsrooms/river-aid"}' "$(address_of contacts)" \
    communique.contacts.v1.OrganizationService/ListOrganizations >/dev/null 2>&1; then break; fi
  sleep 0.05
done
block_of services/contacts/README.md | sed "s/127.0.0.1:7411/$(address_of contacts)/" >"$folder/tour.sh"
[ "$(grep -c '^call ' "$folder/tour.sh")" -ge 12 ] || { echo 'the tour is not found in services/contacts/README.md'; exit 1; }
bash -euo pipefail "$folder/tour.sh" | tee "$folder/output"
expect '"display_name": "Milena Brkić"'
expect '"state": "STATE_DEACTIVATED"'
expect '"display_name": "Pressestelle"'
expect '"member_count": 2'
expect '"allowed": true'
expect '"PERMISSION_REASON_NO_BASIS"'
expect '"PERMISSION_REASON_SUPPRESSED"'
expect '"outcome": "OUTCOME_WOULD_CREATE"'
expect '"field": "contact.emails\[0\].address"'
expect '"media_type": "text/vcard; charset=utf-8; version=4.0"'

# What operators look into a stopped service's file with.
kill "${pids[0]}"; wait "${pids[0]}" || true
for name in newsrooms/river-aid newsrooms/river-aid/releases/well newsrooms/river-aid/releases/well/revisions/1 \
  newsrooms/river-aid/releases/well/editions/en; do
  "$releases" --database.file "$folder/releases.db" --dump "$name" >"$folder/output"
  jq -e . "$folder/output" >/dev/null || { echo "no JSON of $name"; exit 1; }
done
expect 'TOMBSTONE'
if "$releases" --database.file "$folder/releases.db" --dump newsrooms/river-aid/releases/none >"$folder/output" 2>&1; then
  echo 'it dumps what is not there'; exit 1
fi
expect 'there is no release newsrooms/river-aid/releases/none'
