import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names that every JavaScript object has. */
export const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

export const HEADER = "id,school,sex,kind,constructor,toString,w";

/** 300 made-up teachers whose answers and groups have such names. */
export const ROWS = Array.from({ length: 300 }, (_, id) =>
	[
		id,
		id % 20,
		INHERITED[id % 5],
		INHERITED[id % 5],
		(id * 7) % 3 ? 1 : 2,
		(id * 5) % 4 ? 1 : 2,
		1 + (id % 3),
	].join(","),
);

/** A codebook for them, whose topics, items, groups, values and bases have such names as far as names may. */
export const CODEBOOK = `id: hostile
version: 0.1.0
cycle: 2026
title: { en: hostile }
survey: { en: hostile }
detect: { columns: [ sex ] }
ids: { school: school }
design: { weight: w, method: weights-only }
bases:
  all: { label: { en: all } }
  constructor: { label: { en: some }, gate: "constructor:valueof", within: all }
answers: { constructor: { yes: ["1"], values: { "1": { en: "yes" }, "2": { en: "no" } } } }
groups:
  constructor:
    variable: sex
    label: { en: constructor }
    values:
      valueof: { label: { en: a }, codes: [ __proto__, constructor ] }
      constructor: { label: { en: b }, codes: [ toString, hasOwnProperty, valueOf ] }
topics:
  constructor:
    label: { en: C }
    title: { en: C }
    question: c
    answers: constructor
    base: all
    items:
      constructor: { variable: constructor, label: { en: one } }
      valueof: { variable: toString, label: { en: two } }
  valueof:
    label: { en: V }
    title: { en: V }
    question: v
    answers: constructor
    base: constructor
    items:
      constructor: { variable: constructor, label: { en: one } }
measures: { constructor: { variable: school, label: { en: m } } }
`;

/** Writes the survey and its codebook, changed, to a folder. */
export function written(
	folder: string,
	{
		header = HEADER,
		rows = ROWS,
		codebook = CODEBOOK,
	}: { header?: string; rows?: string[]; codebook?: string } = {},
) {
	const paths = { data: join(folder, "hostile.csv"), codebook: join(folder, "hostile.yaml") };
	writeFileSync(paths.data, `${[header, ...rows].join("\n")}\n`);
	writeFileSync(paths.codebook, codebook);
	return paths;
}
