#!/usr/bin/env bash
# Fetches the published test data that its licence does not let us hand on, into the git-ignored folder fetched beside this script.
# SHA256SUMS says what each file must be; what is there and right is not fetched again.
set -euo pipefail
cd "$(dirname "$0")"

# Copied from https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ by others, byte for byte; there is no commit to pin at its own address.
open_badges=https://raw.githubusercontent.com/conform-ed/conform-ed/714798ca8a5caa20191f3c24bde2f0dfbbadfe31/packages/coverage/vendor/open-badges/v3_0

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

fetch() {
  local file=$1 url=$2 wanted
  wanted=$(awk -v file="$file" '$2 == file { print $1 }' SHA256SUMS)
  [ -n "$wanted" ] || fail "SHA256SUMS has no line for $file."

  if [ -f "$file" ] && [ "$(sha256 "$file")" = "$wanted" ]; then
    echo "$file is there."
    return
  fi

  mkdir -p "$(dirname "$file")"
  curl --fail --silent --show-error --location --proto '=https' --retry 2 --connect-timeout 20 --max-time 120 --output "$file.part" "$url" \
    || { rm -f "$file.part"; fail "$url could not be fetched." "Without a network: copy the file from elsewhere to tests/Vectors/$file."; }

  local got
  got=$(sha256 "$file.part")
  if [ "$got" != "$wanted" ]; then
    rm -f "$file.part"
    fail "$url is not what it was: its SHA-256 is $got, SHA256SUMS says $wanted."
  fi

  mv "$file.part" "$file"
  echo "$file fetched."
}

command -v curl >/dev/null || fail "This needs curl."

for schema in achievementcredential profile; do
  fetch "fetched/schemas/ob_v3p0/ob_v3p0_${schema}_schema.json" "$open_badges/ob_v3p0_${schema}_schema.json"
done
