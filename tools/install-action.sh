#!/usr/bin/env bash
# What action.yml runs first: installs the packed release into a folder that a cache keeps, where it is not there yet.
set -euo pipefail

mark="$INSTALLED/package.txt"
# A tarball may be another one under the same name.
if [[ ! -f "$PACKAGE" && -f "$mark" && "$(<"$mark")" == "$PACKAGE" ]]; then
	exit 0
fi
[[ -f "$PACKAGE" ]] && PACKAGE=$(realpath "$PACKAGE")
mkdir -p "$INSTALLED"
rm -rf "$mark" "$INSTALLED/node_modules"
npm install --prefix "$INSTALLED" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error -- "$PACKAGE"
echo "$PACKAGE" >"$mark"
