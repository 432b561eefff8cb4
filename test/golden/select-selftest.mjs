// Chooses the golden numbers that ship with the tool: node test/golden/select-selftest.mjs [OUT]
import { readFileSync, writeFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const { R, survey, rows } = read("rates.json");
const earlier = rows
	.filter(({ file, by, ask }) => file === "sample" && by === "gender" && ask === "published")
	.map(({ variable, value, estimate, se, df, n, logit }) => ({ variable, value, estimate, se, df, n, logit }));
const later = read("talis-2024.json").rows.map(({ topic, item, group, estimate, se, n, deff }) => {
	return { topic, item, group, estimate, se, n, deff };
});
const ships = {
	codebooks: { earlier: "talis-2018-teacher", later: "talis-2024-teacher" },
	samples: { earlier: "samples/synthetic-kazakhstan-2018.csv", later: "samples/synthetic-talis-2024.csv" },
};
const named = Object.entries(ships).map(([name, of]) => `"${name}":${JSON.stringify(of)},\n`);
const line = (row) => JSON.stringify(row);
const list = (all) => `[\n${all.map(line).join(",\n")}\n]`;
const text = `{"made":"test/golden/select-selftest.mjs","R":"${R}","survey":"${survey}",\n${named.join("")}"earlier":${list(earlier)},\n"later":${list(later)}}\n`;
writeFileSync(process.argv[2] ?? new URL("../../data/selftest/golden.json", import.meta.url), text);
