#!/usr/bin/env bash
# After azd has deployed the hub: the same to the app that verifies, where that is another (options.verifyApart).
set -euo pipefail
HUB_APP_NAME='' bash "$(dirname "$0")/publish.sh"
