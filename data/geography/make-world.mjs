// Makes world.json of world-atlas (Natural Earth 1:110m). In a folder of its own:
//   npm install world-atlas@2 iso-3166@4 topojson-client@3 topojson-server@3
//   node make-world.mjs FOLDER/node_modules > world.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2] ?? "node_modules");
const require = createRequire(pathToFileURL(join(folder, "x.js")));
const { feature } = require("topojson-client");
const { topology } = require("topojson-server");
const { iso31661 } = await import(pathToFileURL(join(folder, "iso-3166/index.js")).href);

const atlas = JSON.parse(readFileSync(join(folder, "world-atlas/countries-110m.json"), "utf8"));
const byNumber = new Map(iso31661.map((one) => [one.numeric, one.alpha3]));
// Natural Earth has no number for it, and TALIS this code.
const BY_NAME = { Kosovo: "XKX" };
const countries = feature(atlas, atlas.objects.countries).features
	// Nobody teaches there.
	.filter(({ properties }) => properties.name !== "Antarctica" && properties.name !== "Fr. S. Antarctic Lands")
	.map(({ id, properties, geometry }) => ({
		type: "Feature",
		properties: { code: byNumber.get(id) ?? BY_NAME[properties.name] ?? "" },
		geometry,
	}));
process.stdout.write(`${JSON.stringify(topology({ countries: { type: "FeatureCollection", features: countries } }, 4000))}\n`);
