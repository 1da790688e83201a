#!/bin/sh
# Audit the bundle signatures of a running node, for pipelines: exit status 0 only if every installation is trusted.
#
#   BASE_URL=https://hub.example.com ARW_ADMIN_TOKEN=... scripts/verify_bundle_signatures.sh [OPTIONS OF `audit`]
#
# The token is read from the environment by arw-cli and never stands on a command line.
set -eu

if [ -z "${BASE_URL:-}" ]; then
    echo "verify_bundle_signatures.sh: BASE_URL is not set" >&2
    echo "hint: BASE_URL=https://hub.example.com $0" >&2
    exit 2
fi

# The checkout's own program where none is installed.
PATH="$PATH:$(dirname "$0")/../.venv/bin"
exec arw-cli runtime bundles audit --remote --base "$BASE_URL" --require-signed "$@"
