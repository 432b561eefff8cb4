#!/usr/bin/env bash
# Node 20, 22 and 24, as npm has them: each gives the numbers of `talis-pd selftest` and draws the demo and the shipped report,
# which are the same to the byte.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=node-$(node -p 'process.platform + "-" + process.arch')
for version in 20 22 24; do
	npm install --silent --no-audit --no-fund --prefix "$work/$version" "$name@$version"
	node=$work/$version/node_modules/$name/bin/node
	echo "Node $("$node" --version)"
	"$node" bin/talis-pd.js selftest >"$work/said-$version"
	"$node" bin/talis-pd.js demo --out "$work/made-$version/demo" >"$work/said-$version"
	"$node" bin/talis-pd.js report reports/synthetic-kazakhstan-2018/report.yaml --allow-outside --quiet \
		--out "$work/made-$version/report"
	diff --recursive --brief "$work/made-20" "$work/made-$version"
done
