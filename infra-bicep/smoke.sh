#!/usr/bin/env bash
# Looks whether a hub that was just deployed works, from outside, as a provider, a learner and an employer do.
#
#   infra-bicep/smoke.sh send     health, keys, a test award to a steward's mailbox
#   infra-bicep/smoke.sh finish   with the link from that mail: claim, download, verify, revoke, verify again
#
# A machine cannot read the steward's mail, so a person carries the link from one to the other.
set -euo pipefail

: "${HUB_PUBLIC_URL:?the hub\'s address}" "${SMOKE_CITY:?a city}" "${SMOKE_EMAIL:?the mailbox of a steward}"
hub=${HUB_PUBLIC_URL%/}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
ask() { curl --silent --show-error --max-time 60 "$@"; }

# Status of a request, its body in $work/body.
status() { ask --output "$work/body" --write-out '%{http_code}' "$@"; }

send() {
  : "${SMOKE_SOURCE:?a source of profile standard-webhooks}" "${SMOKE_SECRET:?its secret}"
  : "${SMOKE_ACTIVITY:?an activity for which it awards a badge}"

  for ((try = 1; ; try++)); do
    [ "$(status "$hub/health/ready")" = 200 ] && break
    [ "$try" -lt "${SMOKE_TRIES:-20}" ] || fail "/health/ready says: $(cat "$work/body")"
    sleep 15
  done
  [ "$(status "$hub/health/live")" = 200 ] || fail "/health/live"
  echo "ok  healthy and ready"

  [ "$(status "$hub/.well-known/jwks.json")" = 200 ] || fail "no keys"
  for algorithm in ES256 RS256; do
    jq --exit-status --arg city "$hub/cities/$SMOKE_CITY" --arg alg "$algorithm" \
      'any(.keys[]; .iss == $city and .alg == $alg and (has("d") | not))' "$work/body" >/dev/null ||
      fail "no $algorithm key of $SMOKE_CITY at $hub/.well-known/jwks.json"
  done
  echo "ok  the city's two keys are published, their public halves alone"

  # The same run again is the same completion, and awards nothing again; another run is another learner.
  local run=${SMOKE_RUN:-$(date +%s)} to="${SMOKE_EMAIL%@*}+${SMOKE_RUN:-$(date +%s)}@${SMOKE_EMAIL#*@}" body id now key signature
  body=$(jq --null-input --compact-output --arg at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --arg activity "$SMOKE_ACTIVITY" --arg to "$to" \
    '{type: "completed", occurredAt: $at, activity: {id: $activity}, learner: {email: $to, name: "Deployment check"}}')
  id="msg_smoke_$run" now=$(date +%s)
  key=$(printf %s "${SMOKE_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
  signature=$(printf %s "$id.$now.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
  deliver() {
    status "$hub/hooks/$SMOKE_CITY/$SMOKE_SOURCE" --header 'Content-Type: application/json' --header "webhook-id: $id" \
      --header "webhook-timestamp: $now" --header "webhook-signature: v1,$1" --data-binary "$body"
  }
  [ "$(deliver AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=)" = 401 ] || fail "a delivery with a wrong signature was not refused"
  [ "$(deliver "$signature")" = 200 ] || fail "the delivery was refused: $(cat "$work/body")"
  echo "ok  a completion was taken, and one with a wrong signature refused"
  echo "Mail with a link is on its way to $to. To go on: SMOKE_LINK={the link} SMOKE_RUN=$run infra-bicep/smoke.sh finish"
}

# Expects the three answers of the verifier.
verify() {
  [ "$(status --header 'Accept: application/json' --form "file=@$work/badge.png" "$hub/verify")" = 200 ] || fail "/verify"
  local answers
  answers=$(jq --raw-output '.answers | "\(.authentic) \(.current) \(.authorised)"' "$work/body")
  [ "$answers" = "$1" ] || fail "the verifier answers $answers, not $1"
}

finish() {
  : "${SMOKE_LINK:?the link from the mail}" "${SMOKE_RUN:?the run that sent it}"
  local to="${SMOKE_EMAIL%@*}+$SMOKE_RUN@${SMOKE_EMAIL#*@}" badge award answer
  [ "${SMOKE_LINK#"$hub/claim/"}" != "$SMOKE_LINK" ] || fail "the link does not lead to $hub"
  badge=$(ask --cookie-jar "$work/cookies" --output /dev/null --write-out '%{redirect_url}' --data-urlencode "email=$to" "$SMOKE_LINK")
  [ -n "$badge" ] || fail "the claim was refused"
  badge=${badge%%\?*}
  [ "$(ask --cookie "$work/cookies" --output "$work/badge.png" --write-out '%{http_code}' "$badge.png")" = 200 ] ||
    fail "no picture at $badge.png"
  verify "yes yes yes"
  echo "ok  claimed, downloaded, and the verifier says yes, yes, yes"

  award=${badge##*/}
  answer=$(status --header 'Content-Type: application/json' --data '{"reason":"Deployment check"}' \
    "$hub/manage/$SMOKE_CITY/awards/$award/revoke")
  case $answer in
    200)
      verify "yes no yes"
      echo "ok  revoked, and the verifier says no longer current"
      ;;
    403)
      echo "NOT DONE: award $award is not revoked. Staff cannot sign in to a hub in Azure yet, so /manage answers 403 to everybody."
      ;;
    *) fail "revoking answers $answer" ;;
  esac
}

case ${1:-} in
  send) send ;;
  finish) finish ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac
