#!/usr/bin/env bash
# After the resources are there: draws the secrets that are not, uploads the cities, lets the hub send mail from their mailboxes.
# azd runs it with the outputs of main.bicep in the environment. Repeating it changes nothing that is there.
set -euo pipefail
cd "$(dirname "$0")/.."

: "${AZURE_RESOURCE_GROUP:?}" "${HUB_APP_NAME:?}" "${HUB_PUBLIC_URL:?}" "${HUB_STORAGE_ACCOUNT:?}" "${HUB_VAULT_NAME:?}"
: "${HUB_IDENTITY_CLIENT_ID:?}" "${HUB_IDENTITY_OBJECT_ID:?}" "${HUB_SENDERS:?}"
cities=${HUB_CITIES_FOLDER:-cities}
patience=${HUB_PATIENCE:-20} # tries, 15 seconds apart: a right that was just given may take minutes to hold

say() { printf '\n== %s\n' "$*"; }

patiently() {
  local try
  for ((try = 1; ; try++)); do
    "$@" && return
    [ "$try" -lt "$patience" ] || return 1
    echo "Not yet; trying again." >&2
    sleep "${HUB_PAUSE:-15}"
  done
}

if [ ! -d "$cities" ]; then
  echo "There is no folder $cities with the cities in it. Begin with the sample:" >&2
  echo "  mkdir cities && cp -r localsettings-sample/cities/plymouth cities/" >&2
  echo "or say where they are: azd env set HUB_CITIES_FOLDER …" >&2
  exit 1
fi

say "Secrets"
list() { az keyvault secret list --vault-name "$HUB_VAULT_NAME" --query '[].name' --output tsv; }
there=$(patiently list)

# A secret that is there is never touched: with another hash key everybody would be a stranger.
draw() {
  local name=$1 value=$2 file
  if grep -qxF -- "$name" <<<"${there//$'\r'/}"; then
    echo "$name is there."
    return
  fi
  # From a file, because whoever is on this machine can read a command line.
  file=$(mktemp)
  printf %s "$value" >"$file"
  az keyvault secret set --vault-name "$HUB_VAULT_NAME" --name "$name" --file "$file" --encoding utf-8 --output none ||
    { rm -f "$file"; return 1; }
  rm -f "$file"
  echo "$name is new."
}
draw hub-data-key "$(openssl rand -base64 32)"
draw hub-hash-key "$(openssl rand -base64 32)"
for name in ${HUB_SOURCE_SECRETS:-}; do
  # The form that Standard Webhooks asks for; Moodle and GitHub take it as it is.
  draw "$name" "whsec_$(openssl rand -base64 24)"
done
echo "To tell a sender its own: az keyvault secret show --vault-name $HUB_VAULT_NAME --name source--{city}--{source}" \
  "--query value --output tsv"

say "Cities"
export Hub__PublicUrl=$HUB_PUBLIC_URL AzureWebJobsStorage__accountName=$HUB_STORAGE_ACCOUNT
upload() { dotnet run --configuration Release --project functions/Operator -- "$cities"; }
# A city with a mistake is told at once; only a refusal by storage is worth waiting for.
for ((try = 1; ; try++)); do
  status=0
  upload || status=$?
  case $status in
    0) break ;;
    1 | 2) exit 1 ;;
  esac
  [ "$try" -lt "$patience" ] || exit 1
  echo "Storage does not take it yet; trying again."
  sleep "${HUB_PAUSE:-15}"
done

say "Mail"
read -ra senders <<<"$HUB_SENDERS"
grant=(pwsh -NoProfile -File infra-bicep/grant-mail.ps1 -ClientId "$HUB_IDENTITY_CLIENT_ID" -ObjectId "$HUB_IDENTITY_OBJECT_ID"
  -Senders "$(IFS=,; echo "${senders[*]}")")
if [ "${HUB_GRANT_MAIL:-yes}" = yes ] && command -v pwsh >/dev/null; then
  "${grant[@]}"
else
  echo "Not granted. An Exchange administrator must run, with PowerShell 7:"
  printf '%q ' "${grant[@]}"
  echo
fi

say "Restart"
# So that the app reads the secrets that are new.
az functionapp restart --resource-group "$AZURE_RESOURCE_GROUP" --name "$HUB_APP_NAME"
