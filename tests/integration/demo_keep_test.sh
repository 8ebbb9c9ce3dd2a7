#!/usr/bin/env bash
# What `tools/demo --keep` leaves behind: the lines it prints are pasted, each gives what it should, and the last one ends it all.
set -euo pipefail
output=$(mktemp)
trap 'rm -f "$output"' EXIT
tools/demo --keep >"$output"
end=$(sed -n 's/^ *End it: //p' "$output")
[ -n "$end" ] || { cat "$output"; echo 'it does not say how to end it'; exit 1; }
trap 'eval "$end"; rm -f "$output"' EXIT

mapfile -t lines < <(grep '/grpcurl -plaintext' "$output")
[ "${#lines[@]}" = 3 ] || { cat "$output"; echo 'there are not three lines to paste'; exit 1; }
gives() {  # a line, and what its answer holds
  local answer
  answer=$(eval "$1") || { echo "it fails: $1"; exit 1; }
  grep -q -- "$2" <<<"$answer" || { echo "$answer"; echo "expected of $1: $2"; exit 1; }
}
gives "${lines[0]}" '"visibility": "VISIBILITY_LIVE"'
gives "${lines[1]}" '"name": "newsrooms/demo/releases/sample/editions/de"'
gives "${lines[2]}" '"headline"'
metrics=$(sed -n 's/.*metrics: //p' "$output")
grep -q '^communique_server_ready 1' <<<"$(curl -sS "$metrics")" || { echo "no metrics at $metrics"; exit 1; }

pids=$(sed -E 's/^kill ([0-9 ]+);.*/\1/' <<<"$end")
eval "$end"
trap 'rm -f "$output"' EXIT
for _ in $(seq 200); do
  # shellcheck disable=SC2086  # several
  if ! kill -0 $pids 2>/dev/null; then exit; fi
  sleep 0.05
done
echo 'something goes on running'
exit 1
