import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { file } from "./survey.js";

/** A survey of one's own: two yes/no items, a grouping, a number, and whatever design is asked for. */
export function ownCodebook(
	design: object,
	more: { groups?: object; measures?: object; items?: object } = {},
): string {
	const text = (en: string) => ({ en });
	return file(
		stringify({
			id: "own-survey",
			version: "1",
			cycle: 2020,
			title: text("Own survey"),
			survey: text("Own survey"),
			detect: { columns: [(design as { weight: string }).weight] },
			ids: {},
			design,
			bases: { all: { label: text("all") } },
			answers: {
				yn: {
					yes: ["1", "Yes", "Female"],
					values: {
						1: text("Yes"),
						2: text("No"),
						Yes: text("Yes"),
						No: text("No"),
						Female: text("Female"),
						Male: text("Male"),
					},
					missing: { NaN: "omitted", None: "omitted", NA: "omitted" },
				},
			},
			groups: more.groups ?? {},
			measures: more.measures ?? {},
			topics: {
				things: {
					label: text("Things"),
					title: text("Things"),
					question: "Q",
					answers: "yn",
					base: "all",
					items: more.items ?? { low: { variable: "low", label: text("Low income") } },
				},
			},
		}),
		".yaml",
	);
}

/** A CSV file with a further column worked out from its rows. */
export function withColumn(
	path: string,
	name: string,
	value: (row: Record<string, string>) => string,
): string {
	const [header = "", ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
	const cells = (line: string) => line.split(",").map((cell) => cell.replace(/^"|"$/g, ""));
	const columns = cells(header);
	const rows = lines.map((line) => {
		const row = Object.fromEntries(cells(line).map((cell, index) => [columns[index] ?? "", cell]));
		return `${line},${value(row)}`;
	});
	return file(`${[`${header},${name}`, ...rows].join("\n")}\n`);
}
