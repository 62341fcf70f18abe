#!/usr/bin/env bash
# Makes docs/page.png, the picture in the README: the page of the invented week, 1280 pixels wide, in headless Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
page=$(mktemp -d)
trap 'rm -rf "$page"' EXIT
cargo run --release --locked -- report fixtures/first-week --format html --out "$page/report" --quiet
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --user-data-dir="$page/user" \
    --hide-scrollbars --window-size=1280,1100 --screenshot="$PWD/docs/page.png" "file://$page/report/report.html"
