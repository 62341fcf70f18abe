#!/bin/sh
# Fetches the files of this folder from npm: ./fetch.sh [VERSION]. README.md has the sums.
cd "$(dirname "$0")" && curl -fsSL "https://registry.npmjs.org/uplot/-/uplot-${1:-1.6.32}.tgz" | tar xz --strip-components=1 package/dist/uPlot.iife.min.js package/dist/uPlot.min.css package/LICENSE && mv dist/uPlot.* . && rmdir dist && mv LICENSE uPlot.LICENSE && sha256sum uPlot.*
