#!/usr/bin/env bash
# Makes docs/page.png and docs/page-phone.png, the pictures in the README: the page of the invented week, in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo run --release --locked -- report fixtures/first-week --format html --out "$work/report" --quiet
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check -r tests/page/requirements.txt
"$work/venv/bin/python" docs/picture.py "$work/report/report.html"
