// What a built report says, as an outsider reads it: results.json, every CSV table, and the numbers in charts. Nothing of
// src/ is used, so that what protects a report and what attacks it cannot be wrong in the same way.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Papa from "papaparse";

/** Columns of tables that are not breakdowns. */
const FIXED =
	/^(topic|item|variable|label|base|statistic|between|a|b|([ab]_)?(estimate|se|n)|ci_.*|df|schools|weighted_n|coverage|deff|cv|n_eff|difference|t|p|p_adjusted|kind|status|flag|synthetic)$/;

const FEW = ["few-teachers", "few-schools", "low-response"];

/** All figures by what they are of; numbers of several places are narrowed to what all of them allow. */
export function readFacts(folder) {
	const results = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
	const facts = new Facts(results);
	for (const row of results.estimates) facts.take(row);
	for (const row of results.comparisons) facts.takeSides(row);
	for (const file of filesIn(join(folder, "tables"), ".csv")) {
		const { data } = Papa.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""), {
			header: true,
			skipEmptyLines: true,
		});
		// Needs beside offers are of those who answered both.
		const set = basename(file) === "gaps.csv" ? "gaps" : "";
		for (const row of data) facts.takeLine(row, set);
	}
	return facts;
}

export function filesIn(folder, ending) {
	return existsSync(folder)
		? readdirSync(folder)
				.filter((name) => name.endsWith(ending))
				.map((name) => join(folder, name))
		: [];
}

export class Facts {
	/** Key → figure. */
	figures = new Map();
	/** Where a number is told more exactly in one place than in another, or otherwise. */
	contradictions = [];
	/** Exact numbers of teachers that follow from other numbers. */
	tells = [];

	constructor({ settings = {}, notes = [] }) {
		const { protection } = settings;
		/** Decimals beyond print that figures were cut to; none where they stand in full. */
		this.more = protection?.decimals;
		this.exact = protection === undefined;
		this.notes = notes;
	}

	take(row) {
		const { statistic } = row;
		const figure = this.figure(row);
		if (FEW.includes(row.status) && row.estimate === null) figure.hidden = true;
		if (row.status === "protected") figure.protected = true;
		if (row.estimate !== null) {
			const value = this.spread(row.estimate, statistic);
			if (statistic === "percent" || statistic === "mean") this.narrow(figure, "value", value);
			if (statistic === "count") this.narrow(figure, "yes", this.size(row.estimate));
			if (statistic === "percent" || statistic === "mean") figure.statistic = statistic;
		}
		if (row.n !== null && row.n !== undefined) this.narrow(figure, "n", this.count(row.n));
		if (row.weightedN !== null && row.weightedN !== undefined)
			this.narrow(figure, "total", this.size(row.weightedN));
		if (
			statistic === "percent" &&
			row.deff > 0 &&
			row.se > 0 &&
			row.estimate !== null &&
			row.n > 0 &&
			!this.exact
		) {
			const [low, high] = this.throughDesign(row);
			// What is of the rounded n tells nothing of the exact one.
			if (row.n < low || row.n > high) this.tells.push({ ...figure, what: "n through its design effect" });
		}
	}

	/** n = 1 + deff · p(1 − p) / se², each of them known as far as it is told. */
	throughDesign({ estimate, se, deff }) {
		const [low, high] = this.spread(estimate, "percent").map((p) => Math.min(Math.max(p, 0), 100) / 100);
		const ends = [low, high].map((p) => p * (1 - p));
		const most = low < 0.5 && high > 0.5 ? 0.25 : Math.max(...ends);
		const errors = this.exact ? [se, se] : [se, se + 10 ** -3];
		const effects = this.size(deff);
		return [
			1 + (effects[0] * Math.min(...ends)) / (errors[1] / 100) ** 2,
			1 + (effects[1] * most) / (errors[0] / 100) ** 2,
		];
	}

	/** Both sides of a comparison are figures, too; with one and the difference, so is the other. */
	takeSides({ topic, item, base, statistic, group, between, a, b, difference, status, set }) {
		if (statistic !== "percent" && statistic !== "mean") return;
		if (["benchmark", "cycle", "item", "topic"].includes(between.variable)) return;
		const side = (value, one, other, sign) => {
			const row = { topic, item, base, statistic, set, group: { ...group, [between.variable]: value } };
			const nothing = { n: null, weightedN: null, deff: null, status };
			if (one.estimate !== null) this.take({ ...row, ...nothing, ...one, se: null, status: "ok" });
			if (difference !== null && other.estimate !== null && !value.startsWith("average:")) {
				const figure = this.figure(row);
				const [low, high] = this.spread(difference, statistic);
				const [from, to] = this.spread(other.estimate, statistic);
				this.narrow(figure, "value", sign > 0 ? [from + low, to + high] : [from - high, to - low]);
				figure.statistic ??= statistic;
			}
		};
		side(between.a, a, b, 1);
		side(between.b, b, a, -1);
	}

	takeLine(line, set) {
		const group = Object.fromEntries(
			Object.entries(line).filter(([column, value]) => !FIXED.test(column) && value !== ""),
		);
		const number = (column) =>
			line[column] === undefined || line[column] === "" ? null : Number(line[column]);
		const { topic, item, base, statistic } = line;
		const common = { topic, item, base, statistic, set, group };
		if (line.between === undefined) {
			this.take({
				...common,
				...{ estimate: number("estimate"), se: number("se"), n: number("n"), deff: number("deff") },
				...{ weightedN: number("weighted_n"), status: line.status },
			});
			return;
		}
		const side = (one) => ({ estimate: number(`${one}_estimate`), n: number(`${one}_n`) });
		this.takeSides({
			...common,
			between: { variable: line.between, a: line.a, b: line.b },
			...{ a: side("a"), b: side("b"), difference: number("difference"), status: line.status },
		});
	}

	figure({ topic, item, base, group, set = "" }) {
		const key = JSON.stringify([set, topic, item, base, Object.entries(group).toSorted()]);
		const figure = this.figures.get(key) ?? { key, set, topic, item, base, group };
		this.figures.set(key, figure);
		return figure;
	}

	narrow(figure, what, [low, high]) {
		const [from, to] = figure[what] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
		const both = [Math.max(from, low), Math.min(to, high)];
		if (both[0] <= both[1] + 1e-9 * Math.abs(both[1])) figure[what] = both;
		else this.contradictions.push(`${what} of ${figure.key}`);
	}

	/** Between what a figure lies that is told so. */
	spread(value, statistic) {
		if (this.exact) return exactly(value);
		const unit = 10 ** -((statistic === "percent" ? 1 : 2) + this.more);
		if (this.more === 0) return [value - unit / 2, value + unit / 2];
		return value < 0 ? [value - unit, value] : [value, value + unit];
	}

	count(n) {
		return this.exact ? [n, n] : [Math.max(0, n - 2.5), n + 2.5];
	}

	/** Of numbers with three digits. */
	size(value) {
		if (this.exact || value === 0) return exactly(value);
		const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
		return [value - unit / 2, value + unit / 2];
	}
}

const exactly = (value) => [value - 1e-9 * Math.abs(value), value + 1e-9 * Math.abs(value)];

export function groupBy(all, keyOf) {
	const groups = new Map();
	for (const one of all) {
		const key = keyOf(one);
		groups.set(key, [...(groups.get(key) ?? []), one]);
	}
	return groups;
}
