// Chooses the OECD's changes that ship with the tool: node test/golden/select-changes.mjs ../shared/data/oecd-talis-2024 [OUT]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { CODES } from "../../data/published/systems.mjs";

const [folder, out = new URL("../../data/selftest/changes.json", import.meta.url)] = process.argv.slice(2);
const { data } = Papa.parse(readFileSync(join(folder, "estimates.csv"), "utf8"), { header: true, skipEmptyLines: true });

/** Of tables 4.23 and 4.31 of “Results from TALIS 2024”, Annex C: 2024 minus 2018. */
const CHANGES = {
	"(meanpct.d_tt4g21ayes)-(meanpct.d_tt3g23ayes)": ["4.23", "focus", "subject"],
	"(meanpct.d_tt4g21byes)-(meanpct.d_tt3g23byes)": ["4.23", "focus", "pedagogy"],
	"(meanpct.d_tt4g24ahigh)-(meanpct.d_tt3g27ahigh)": ["4.31", "needs", "subject"],
	"(meanpct.d_tt4g24bhigh)-(meanpct.d_tt3g27bhigh)": ["4.31", "needs", "pedagogy"],
};
const systems = { ...CODES, "OECD average-25": "average:oecd-25" };

const rows = data.flatMap(({ table, key, country, isced, estimate, se }) => {
	const [own, topic, item] = CHANGES[key] ?? [];
	const system = systems[country];
	if (own !== table || isced !== "2" || system === undefined || Number.isNaN(Number(estimate))) return [];
	return [{ topic, item, system, change: Number(estimate), se: Number(se) }];
});
const text = `{"made":"test/golden/select-changes.mjs",\n"changes":[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`;
writeFileSync(out, text);
