#!/usr/bin/env bash
# Publishes one package to the hub's apps: first to the one that has the pages' style sheet, so that no page names one that is not there.
#
#   infra-bicep/publish.sh app.zip   this package
#   infra-bicep/publish.sh           builds it
set -euo pipefail

apps=()
for name in "${HUB_APP_NAME:-}" "${HUB_VERIFY_APP_NAME:-}"; do
  [ -z "$name" ] || apps+=("$name")
done
[ ${#apps[@]} -gt 0 ] || exit 0
: "${AZURE_RESOURCE_GROUP:?}"

if [ $# -gt 0 ]; then
  package=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$(dirname "$0")/.."
  dotnet publish functions/App --configuration Release --output "$work/app"
  package=$work/app.zip
  (cd "$work/app" && zip -qr "$package" .)
fi

for app in "${apps[@]}"; do
  az functionapp deployment source config-zip --resource-group "$AZURE_RESOURCE_GROUP" --name "$app" --src "$package"
done
