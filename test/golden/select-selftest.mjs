// Chooses the golden numbers that ship with the tool: node test/golden/select-selftest.mjs [OUT]
import { readFileSync, writeFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const { R, survey, rows } = read("rates.json");
const kazakhstan = rows
	.filter(({ file, by, ask }) => file === "sample" && by === "gender" && ask === "published")
	.map(({ variable, value, estimate, se, df, n, logit }) => ({ variable, value, estimate, se, df, n, logit }));
const talis = read("talis-2024.json").rows.map(({ topic, item, group, estimate, se, n, deff }) => {
	return { topic, item, group, estimate, se, n, deff };
});
const line = (row) => JSON.stringify(row);
const list = (all) => `[\n${all.map(line).join(",\n")}\n]`;
const text = `{"made":"test/golden/select-selftest.mjs","R":"${R}","survey":"${survey}",\n"kazakhstan":${list(kazakhstan)},\n"talis2024":${list(talis)}}\n`;
writeFileSync(process.argv[2] ?? new URL("../../data/selftest/golden.json", import.meta.url), text);
