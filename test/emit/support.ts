import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/index.js";
import { root } from "../support/golden.js";
import { isLong } from "../support/long.js";

/** Whether R with what scripts use is there. */
export const hasR =
	spawnSync("Rscript", [
		"-e",
		'for (p in c("survey", "haven", "data.table", "metafor")) library(p, character.only = TRUE)',
	]).status === 0;

export const withoutR = hasR ? "" : " (skipped: R with survey, haven, data.table and metafor is absent)";

export interface Ran {
	/** NaN where the script did not come so far. */
	largest: number;
	ended: string;
}

/** Runs scripts in one R process, from the project's root. */
function runScripts(scripts: ReadonlyMap<string, string>): Map<string, Ran> {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-r-"));
	const names = [...scripts.keys()];
	const files = names.map((name, place) => {
		const file = join(folder, `${place}.R`);
		writeFileSync(file, scripts.get(name) as string);
		return file;
	});
	const { stdout, stderr } = spawnSync("Rscript", [join(root, "test/emit/run.R"), ...files], {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 2 ** 28,
	});
	const lines = stdout
		.trim()
		.split("\n")
		.map((line) => line.split("\t"));
	return new Map(
		names.map((name, place) => {
			const [, largest = "", ended = `R stopped: ${stderr.slice(-500)}`] =
				lines.find(([file]) => file === `${place}.R`) ?? [];
			return [name, { largest: Number(largest), ended }];
		}),
	);
}

type Choices = Readonly<Record<string, readonly unknown[]>>;
type Chosen<C extends Choices> = { [K in keyof C]: C[K][number] };

/** Every combination of choices. */
function combinations<C extends Choices>(choices: C): Chosen<C>[] {
	return Object.entries(choices).reduce<object[]>(
		(all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
		[{}],
	) as Chosen<C>[];
}

/** Every choice of so many names. */
function subsets(names: readonly string[], size: number): string[][] {
	if (size === 0) return [[]];
	return names.flatMap((name, place) =>
		subsets(names.slice(place + 1), size - 1).map((others) => [name, ...others]),
	);
}

/** Combinations in which all of so many choices of different kinds stand together at least once; greedy. */
function covering<C extends Choices>(choices: C, size: number): Chosen<C>[] {
	const names = Object.keys(choices);
	const chosenNames = subsets(names, Math.min(size, names.length));
	const partsOf = (one: Chosen<C>) =>
		chosenNames.map((own) => JSON.stringify(own.map((name) => [name, one[name]])));
	let left = combinations(choices).map((one) => ({ one, parts: partsOf(one) }));
	const open = new Set(left.flatMap(({ parts }) => parts));
	const chosen: Chosen<C>[] = [];
	while (open.size > 0) {
		left = left
			.map(({ one, parts }) => ({ one, parts: parts.filter((part) => open.has(part)) }))
			.filter(({ parts }) => parts.length > 0);
		const most = Math.max(...left.map(({ parts }) => parts.length));
		const best = left.find(({ parts }) => parts.length === most) as (typeof left)[number];
		for (const part of best.parts) open.delete(part);
		chosen.push(best.one);
	}
	return chosen;
}

/** Combinations with all pairs of choices, or where there is time with all threes: all of them would take days. */
export function chosenOf<C extends Choices>(choices: C): Chosen<C>[] {
	return covering(choices, isLong ? 3 : 2);
}

export const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");

/** Beyond this a script ends with status 1; the tests ask for more. */
export const CLOSE = 1e-9;

/** Scripts of some questions; null where the tool refuses the question itself. */
export async function scriptsOf<S>(
	questions: readonly S[],
	emit: (spec: S) => Promise<string>,
): Promise<Map<string, string>> {
	const scripts = new Map<string, string>();
	for (const spec of questions) {
		try {
			scripts.set(JSON.stringify(spec), await emit(spec));
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
		}
	}
	return scripts;
}

type Scripts = ReadonlyMap<string, string>;

const asked: { name: string; make: () => Promise<Scripts> }[] = [];

/** Scripts that R is to run, by what they are of; those of all files run in one R process. */
export function recompute(name: string, make: () => Promise<Scripts>): void {
	asked.push({ name, make });
}

/** What came of all scripts that were asked for: by what they are of, script by script. */
export async function recomputed(): Promise<Map<string, Map<string, Ran>>> {
	const groups: { name: string; scripts: Scripts }[] = [];
	for (const { name, make } of asked) groups.push({ name, scripts: await make() });
	const keyOf = (group: string, name: string) => `${group}: ${name}`;
	const all = groups.flatMap(({ name, scripts }) =>
		[...scripts].map(([own, text]) => [keyOf(name, own), text] as const),
	);
	const ran = runScripts(new Map(all));
	return new Map(
		groups.map(({ name, scripts }) => [
			name,
			new Map([...scripts.keys()].map((own) => [own, ran.get(keyOf(name, own)) as Ran])),
		]),
	);
}

/** Names of what was asked for. */
export const askedNames = (): string[] => asked.map(({ name }) => name);
