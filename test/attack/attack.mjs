// Tries to work out what built reports hide: figures of too few teachers, and of the few without a value of a breakdown.
// It reads results.json, the CSV tables and the charts, sets up the linear system of all that they say, and solves it by rank
// (adding and subtracting) and by linear programming (with the rounding of every number). It ends with 1 where it finds anything.
//
//   node test/attack/attack.mjs reports/synthetic-kazakhstan-2018/build …
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newNumbers } from "./charts.mjs";
import { groupBy, readFacts } from "./facts.mjs";
import { atomsOf, follows, NONE, ratioBounds, TOTAL, within } from "./system.mjs";

/** Percentage points within which a figure is known. */
const POINTS = 5;
/** Fewer teachers are few. */
const FEW = 30;
/** What figures of all and of participants may differ by beside "any activity", as not everybody answers everything. */
const NONRESPONSE = 0.01;

/** Values that exclude each other or lie in each other, as everybody may read in the published codebooks. */
const NOVICE = { yes: ["0-5"], no: ["0-5", "6-10", "11-plus"] };

function excludes([a, value], [b, other]) {
	if (a === "experience" && b === "novice") return excludes([b, other], [a, value]);
	if (a !== "novice" || b !== "experience") return false;
	return (value === NONE) !== (other === NONE) || (value !== NONE && !NOVICE[value]?.includes(other));
}

/** @returns What can be worked out, each a sentence. */
export function attack(folder) {
	const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
	const facts = readFacts(folder);
	const figures = [...facts.figures.values()];
	const own = figures.filter(({ group }) => !Object.values(group).some((value) => /@|^average:/.test(value)));
	const tables = groupBy(own, ({ set, topic, item, group }) =>
		JSON.stringify([set, topic, item, group.country ?? null, group.population ?? null]),
	);
	const found = [
		...facts.contradictions.map((what) => `${what}: told in two ways`),
		...facts.tells.map(({ what, key }) => `${what}: ${key}`),
		...newNumbers(folder, results).map(
			({ chart, what, value }) => `${chart}: ${what} ${value} is not in the results`,
		),
		...[...tables.values()].flatMap((table) => (table.length > 1 ? attackTable(table, own) : [])),
		...attackAverages(figures),
		...attackSums(own),
	];
	return { found: [...new Set(found)], figures: figures.length, tables: tables.size };
}

/** One item, in all breakdowns and on all bases. */
function attackTable(table, all) {
	const [{ topic, item, set }] = table;
	const atoms = atomsOf(
		table.map(({ group }) => group),
		excludes,
	);
	const bases = [...new Set(table.map(({ base }) => base))];
	const constraints = constraintsOf(table, atoms, bases, all);
	const range = table.some(({ statistic }) => statistic === "mean") ? spanOf(table) : [0, 100];
	return targetsOf(table, atoms).flatMap(({ base, group, why }) => {
		const what = `${set}${topic}:${item} (${base}) of ${JSON.stringify(group)}, ${why}`;
		const places = within(atoms, group);
		if (places.length === 0) return [];
		if (why === "hidden" && isSum(table, atoms, base, places))
			return [`${what}: follows by adding and subtracting`];
		const of = (kind) => places.map((place) => [`${kind}${bases.indexOf(base)}_${place}`, 1]);
		const bounds = ratioBounds(constraints, of("y"), of("w"));
		if (bounds === null) return [`${what}: the numbers contradict each other`];
		const [low, high] = bounds.map(
			(share) => range[0] + Math.min(Math.max(share, 0), 1) * (range[1] - range[0]),
		);
		if (100 * (high - low) >= POINTS * (range[1] - range[0])) return [];
		return [`${what}: between ${low.toFixed(2)} and ${high.toFixed(2)}`];
	});
}

/** Hidden figures, and those without a value of a breakdown where it is known that they are few. */
function targetsOf(table, atoms) {
	const hidden = table.filter((figure) => figure.hidden);
	const rests = [...groupBy(table, ({ base }) => base)].flatMap(([base, layer]) => {
		const n = (key) => layer.find((figure) => same(figure.group, key))?.n;
		return layer.flatMap(({ group }) => {
			const ids = new Set(
				layer.flatMap((one) => Object.keys(one.group)).filter((id) => !Object.hasOwn(group, id)),
			);
			return [...ids].flatMap((id) => {
				const values = new Set(atoms.map((atom) => atom[id]).filter((value) => value !== NONE));
				const parts = [...values].map((value) => n({ ...group, [id]: value }));
				const whole = n(group);
				if (whole === undefined || parts.length === 0 || parts.some((part) => part === undefined)) return [];
				const sum = (end) => parts.reduce((total, part) => total + part[end], 0);
				const [low, high] = [whole[0] - sum(1), whole[1] - sum(0)];
				return high > 0 && low < FEW
					? [{ base, group: { ...group, [id]: NONE }, why: "without a value" }]
					: [];
			});
		});
	});
	return [...hidden.map(({ base, group }) => ({ base, group, why: "hidden" })), ...rests];
}

function same(a, b) {
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Whether a cell is a sum and difference of those that are told, where hardly anybody is without a value. */
function isSum(table, atoms, base, target) {
	const told = table.filter((figure) => figure.base === base && figure.value !== undefined);
	const filled = new Set(atoms.flatMap((atom, place) => (Object.values(atom).includes(NONE) ? [] : [place])));
	const only = (places) => places.filter((place) => filled.has(place));
	return follows(
		told.map(({ group }) => only(within(atoms, group))),
		only(target),
		atoms.length,
	);
}

function constraintsOf(table, atoms, bases, all) {
	const infinity = Number.POSITIVE_INFINITY;
	const [from, to] = table.some(({ statistic }) => statistic === "mean") ? spanOf(table) : [0, 100];
	const share = (value) => Math.min(Math.max((value - from) / (to - from), 0), 1);
	const name = (kind, base, place) => `${kind}${bases.indexOf(base)}_${place}`;
	const largest = Math.max(1, ...table.map(({ total }) => total?.[1] ?? 1));
	const constraints = bases.flatMap((base) =>
		atoms.map((_, place) => ({
			terms: [
				[name("w", base, place), 1],
				[name("y", base, place), -1],
			],
			low: 0,
			high: infinity,
		})),
	);
	for (const { base, group, value, total, yes } of table) {
		const places = within(atoms, group);
		const of = (kind, factor) => places.map((place) => [name(kind, base, place), factor]);
		if (total !== undefined)
			constraints.push({ terms: of("w", 1), low: total[0] / largest, high: total[1] / largest });
		if (yes !== undefined)
			constraints.push({ terms: of("y", 1), low: yes[0] / largest, high: yes[1] / largest });
		if (value !== undefined) {
			constraints.push({ terms: [...of("y", 1), ...of("w", -share(value[0]))], low: 0, high: infinity });
			constraints.push({ terms: [...of("y", 1), ...of("w", -share(value[1]))], low: -infinity, high: 0 });
		}
	}
	if (!bases.includes("all") || !bases.includes("participants") || from !== 0 || to !== 100)
		return constraints;
	for (const place of atoms.keys()) {
		constraints.push({
			terms: [
				[name("y", "all", place), 1],
				[name("y", "participants", place), -1],
			],
			low: 0,
			high: 0,
		});
	}
	// Participants are as many of all as take part in any activity.
	for (const { group, value } of all) {
		const { item, base } = all.find((one) => one.group === group && one.item === "any") ?? {};
		if (item === undefined || base !== "all" || value === undefined) continue;
		const places = within(atoms, group);
		if (places.length === 0) continue;
		const of = (own, factor) => places.map((place) => [name("w", own, place), factor]);
		const [low, high] = [value[0] / 100 - NONRESPONSE, value[1] / 100 + NONRESPONSE];
		constraints.push({ terms: [...of("participants", 1), ...of("all", -low)], low: 0, high: infinity });
		constraints.push({ terms: [...of("participants", 1), ...of("all", -high)], low: -infinity, high: 0 });
	}
	return constraints;
}

/** Where numbers may lie, for all that their means tell. */
function spanOf(table) {
	const ends = table.flatMap(({ value }) => value ?? []);
	const [low, high] = [Math.min(...ends), Math.max(...ends)];
	const far = 4 * Math.max(high - low, Math.abs(high) / 10, 1e-6);
	return [low - far, high + far];
}

/** A mean over systems gives one away that is hidden, if it is a member. */
function attackAverages(figures) {
	return figures.flatMap(({ topic, item, base, set, group, value }) => {
		if (!group.country?.startsWith("average:") || value === undefined) return [];
		const members = figures.filter(
			(one) =>
				one.topic === topic &&
				one.item === item &&
				one.base === base &&
				one.set === set &&
				!/@|^average:/.test(one.group.country ?? "@") &&
				one.group.country !== TOTAL &&
				same({ ...one.group, country: "" }, { ...group, country: "" }),
		);
		const shown = members.filter((one) => one.value !== undefined);
		const hidden = members.filter((one) => one.value === undefined);
		if (hidden.length !== 1 || shown.length === 0) return [];
		const sum = (end) => shown.reduce((total, one) => total + one.value[end], 0);
		const [low, high] = [sum(0) / shown.length, sum(1) / shown.length];
		// Without the hidden one it is the mean of the others.
		if (value[0] <= high && value[1] >= low) return [];
		const bounds = [members.length * value[0] - sum(1), members.length * value[1] - sum(0)];
		return bounds[1] - bounds[0] < POINTS
			? [`${topic}:${item} of ${JSON.stringify(hidden[0].group)}, hidden: through its average, ${bounds}`]
			: [];
	});
}

/** The mean number of things gives one of them away that is hidden beside the others. */
function attackSums(figures) {
	return figures
		.filter(({ item, value }) => item === "types" && value !== undefined)
		.flatMap(({ topic, base, set, group }) => {
			const items = figures.filter(
				(one) =>
					one.topic === topic &&
					one.base === base &&
					one.set === set &&
					same(one.group, group) &&
					one.item !== "types" &&
					one.item !== "any",
			);
			const hidden = items.filter((one) => one.value === undefined && (one.hidden || one.protected));
			return items.length > 1 && hidden.length === 1
				? [`${topic}:${hidden[0].item} of ${JSON.stringify(group)}, hidden: through the mean number of types`]
				: [];
		});
}

if (process.argv[1] === import.meta.filename) {
	let count = 0;
	for (const folder of process.argv.slice(2)) {
		const { found, figures, tables } = attack(folder);
		process.stdout.write(
			`${folder}: ${figures} figures of ${tables} tables, ${found.length} found\n${found.map((one) => `  ${one}\n`).join("")}`,
		);
		count += found.length;
	}
	process.exitCode = count > 0 ? 1 : 0;
}
