import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseResults } from "../../src/analysis/saved/read-saved.js";
import {
	compare,
	differencesOf,
	gaps,
	means,
	model,
	published,
	type ResultSet,
	rates,
	relate,
	UserError,
	verify,
} from "../../src/index.js";
import { SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { isLong } from "../support/long.js";

const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");

/** The first teachers of a sample, so that a question takes no time. */
function fewOf(sample: string, rows: number): string {
	const file = join(temporaryFolder(), "few.csv");
	writeFileSync(
		file,
		readFileSync(sample, "utf8")
			.split("\n")
			.slice(0, rows + 1)
			.join("\n"),
	);
	return file;
}

const FEW = fewOf(SAMPLE, 120);
const SYSTEMS = TALIS_2024;
const shown = { suppress: "none" } as const;

const KINDS: Readonly<Record<string, [file: string | null, ask: () => Promise<ResultSet> | ResultSet]>> = {
	rates: [
		FEW,
		() =>
			rates([FEW], {
				...{ ...shown, by: ["gender"], where: ["experience<=20"], define: ["many = types >= 3"] },
				...{ items: ["focus:ict", "many"], extras: ["cv"], counts: true, total: true },
			}),
	],
	benchmark: [
		isLong ? FEW : null,
		() => rates([FEW], { ...shown, topics: ["focus"], benchmark: ["KAZ@2024"] }),
	],
	compare: [
		FEW,
		() => compare([FEW], { ...shown, between: "gender", items: ["focus:ict"], test: "joint", within: 4 }),
	],
	gaps: [FEW, () => gaps([FEW], { ...shown, items: ["ict"] })],
	means: [FEW, () => means([FEW], { ...shown, variables: ["types"], quantiles: [0.3] })],
	model: [
		FEW,
		() =>
			model([FEW], {
				...{
					...shown,
					outcomes: ["types"],
					predict: "gender",
					reference: ["gender=male"],
					at: ["gender=male"],
				},
			}),
	],
	relate: [FEW, () => relate([FEW], { ...shown, variables: ["types", "TT3G11B"], rank: true })],
	synthesis: [null, () => rates([SYSTEMS], { items: ["needs:ict"], synthesis: "reml", average: "all" })],
	published: [null, () => published({ cycle: 2024, items: ["coaching"], countries: ["KAZ", "EST"] })],
};

/** What is changed: all that decides numbers, and what else files have. */
const DECIDES = ["settings", "design", "codebook", "counted", "kind"];
const OTHERS = [
	"source",
	"labels",
	"estimates",
	"comparisons",
	"models",
	"relations",
	"syntheses",
	"tests",
	"notes",
];

type Path = readonly string[];

/** So many of a list are enough. */
const MANY = 12;
/** Which changes are tried where there is little time. Primes, so that every part and every value has its turn. */
const OTHERS_EVERY = 13;
const ASKED_EVERY = 53;

/** Everything below a value, and the value itself. */
function pathsIn(value: unknown, at: Path = []): Path[] {
	const inner = typeof value === "object" && value !== null ? Object.entries(value).slice(0, MANY) : [];
	return [at, ...inner.flatMap(([name, one]) => pathsIn(one, [...at, name]))];
}

const NONE = Symbol("nothing");
/** What may stand in place of a setting in a file that somebody wrote into. */
const INSTEAD: readonly unknown[] = [
	NONE,
	null,
	"no such word",
	"",
	-1,
	1e300,
	true,
	[],
	["x", 1],
	{},
	{ method: "x" },
];

function changed(results: ResultSet, path: Path, value: unknown): ResultSet {
	const copy = structuredClone(results) as never;
	const last = path.at(-1) as string;
	const parent = path.slice(0, -1).reduce<Record<string, never>>((at, name) => at[name] as never, copy);
	if (value === NONE) delete parent[last];
	else parent[last] = value as never;
	return copy;
}

describe.each(Object.entries(KINDS))("results of %s with a setting of no sense", (_, [file, ask]) => {
	let results: ResultSet;
	beforeAll(async () => {
		results = JSON.parse(JSON.stringify(await ask())) as ResultSet;
	});

	test("end in a sentence, or differ, and never in a fault", async () => {
		const changesOf = (parts: readonly string[]) =>
			parts
				.flatMap((part) => pathsIn(results[part as never], [part]))
				.flatMap((path) => INSTEAD.map((value) => ({ path, value })));
		const some = changesOf(OTHERS).filter((_, place) => isLong || place % OTHERS_EVERY === 0);
		const faults: string[] = [];
		for (const [place, { path, value }] of [...changesOf(DECIDES), ...some].entries()) {
			// Asking again takes longest.
			const isAsked = file !== null && (isLong || place % ASKED_EVERY === 0);
			const text = JSON.stringify(changed(results, path, value));
			const started = performance.now();
			const fault = await faultOf(results, text, isAsked ? [file] : []);
			const name = `${path.join(".")} = ${String(JSON.stringify(value))}`;
			if (fault !== null) faults.push(`${name}: ${fault}`);
			if (performance.now() - started > 5000) faults.push(`${name} takes long`);
		}
		expect(some.length).toBeGreaterThan(20);
		expect(faults).toEqual([]);
	}, 600_000);
});

/** What is no difference and no sentence. */
async function faultOf(results: ResultSet, text: string, files: readonly string[]): Promise<string | null> {
	try {
		const again = parseResults(text, "saved.json");
		differencesOf(results, again);
		await verify(again);
		if (files.length > 0) await verify(again, files);
		return null;
	} catch (error) {
		if (error instanceof UserError && [2, 3].includes(error.exitCode)) return null;
		return (error as Error).stack?.split("\n").slice(0, 4).join(" ") ?? String(error);
	}
}
