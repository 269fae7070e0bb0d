#!/usr/bin/env bash
# Makes the site of docfx.json in artifacts/docs/site: the pages, and the reference of the API from the XML comments of what was built
# with the tests. A warning, such as a link that leads nowhere, fails.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore
rm -rf artifacts/docs
dotnet docfx docfx.json --warningsAsErrors
cp artifacts/docs/site/README.html artifacts/docs/site/index.html
