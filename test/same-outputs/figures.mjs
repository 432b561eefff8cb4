// Figures that one run gave and another gave otherwise, row by row, whatever else the two wrote.

import Papa from "papaparse";

/** What is said of a row, not which row it is. */
const SAID = /^(label|.*\.label|synthetic|why)$/;
/** Texts that follow from figures. */
const STATUSES = /^(status|ci_?method|method)$/i;
/** What a result has besides rows. */
const BESIDES = ["source", "codebook", "design", "settings", "labels", "notes"];
/** Other orders of summing give other last digits. */
const NEAR = 1e-12;

/**
 * Compares the figures of two runs' outputs, name → bytes: the rows of results in JSON and of CSV, wherever both runs wrote
 * the file. Rows are paired by what they are about, and figures by their column; a figure that only one has is no difference,
 * as later builds say more of a row, but a row that is gone is one.
 */
export function differingFigures(before, after) {
	const found = { differences: [], figures: 0, near: 0, rows: 0, added: 0 };
	for (const [name, old] of before) {
		const now = after.get(name);
		if (now === undefined) continue;
		const [olds, nows] = [rowsOf(name, String(old)), rowsOf(name, String(now))];
		for (const list of olds.keys())
			compareRows(`${name} ${list}`, olds.get(list), nows.get(list) ?? [], found);
	}
	return found;
}

/** The rows of a file by their list; a row is flat: path → number, text or nothing. */
function rowsOf(name, text) {
	if (text.startsWith("{") && text.includes('"talis-pd/results@')) return listsOf(JSON.parse(text));
	if (!name.endsWith(".csv") && !text.startsWith("topic,item,")) return new Map();
	const { data, meta } = Papa.parse(text, { header: true, skipEmptyLines: true });
	// What stands before the statistic says which row it is, also where it is a code.
	const ids = new Set(meta.fields.slice(0, meta.fields.indexOf("statistic") + 1));
	const valueIn = (column, cell) =>
		cell === "" ? null : ids.has(column) || Number.isNaN(Number(cell)) ? cell : Number(cell);
	const rows = data.map((row) =>
		Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, valueIn(column, cell)])),
	);
	return new Map([["rows", rows]]);
}

function listsOf(results) {
	const lists = new Map();
	for (const [name, list] of Object.entries(results))
		if (Array.isArray(list) && !BESIDES.includes(name)) for (const row of list) addRow(lists, name, row, {});
	return lists;
}

/** Rows within a row, such as a model's coefficients, are lists of their own that know whose they are. */
function addRow(lists, list, row, whose) {
	const flat = { ...whose };
	const inner = [];
	const visit = (value, path) => {
		if (Array.isArray(value) && value.some((one) => typeof one === "object")) inner.push([path, value]);
		else if (Array.isArray(value)) flat[path] = value.join(" ");
		else if (typeof value === "object" && value !== null)
			for (const [key, part] of Object.entries(value)) visit(part, path === "" ? key : `${path}.${key}`);
		else flat[path] = value;
	};
	visit(row, "");
	lists.set(list, [...(lists.get(list) ?? []), flat]);
	const texts = Object.fromEntries(
		Object.entries(flat).flatMap(([path, value]) =>
			typeof value === "string" ? [[`of ${path}`, value]] : [],
		),
	);
	for (const [path, rows] of inner)
		for (const one of rows)
			addRow(lists, `${list}.${path}`, Object(one) === one ? one : { value: one }, texts);
}

function compareRows(place, olds, nows, found) {
	const keys = keyColumns(olds, nows);
	const [before, after] = [byKey(olds, keys), byKey(nows, keys)];
	const unlike = new Map();
	const gone = [...before.keys()].filter((key) => !after.has(key));
	for (const [key, old] of before) {
		const now = after.get(key);
		if (now === undefined) continue;
		found.rows++;
		for (const [column, value] of Object.entries(old)) {
			if (!(column in now) || !(isFigure(value) || isFigure(now[column]) || STATUSES.test(column))) continue;
			found.figures++;
			if (Object.is(value, now[column])) continue;
			if (isNear(value, now[column])) found.near++;
			else unlike.set(column, [...(unlike.get(column) ?? []), `${key}: ${value} became ${now[column]}`]);
		}
	}
	found.added += [...after.keys()].filter((key) => !before.has(key)).length;
	if (gone.length > 0)
		found.differences.push(`${place}: ${gone.length} of ${before.size} rows are gone: ${gone[0]}`);
	for (const [column, places] of unlike)
		found.differences.push(`${place} ${column}: ${places.length} of ${before.size} differ: ${places[0]}`);
}

/**
 * The columns of text that tell rows apart. A column that only one side has, and that says the same of every row (the one
 * country of a file), tells none apart.
 */
function keyColumns(olds, nows) {
	const [before, after] = [olds, nows].map((rows) => textColumns(rows));
	const isKey = (name) =>
		!SAID.test(name) &&
		!STATUSES.test(name) &&
		((before.has(name) && after.has(name)) ||
			[before, after].some((side) => (side.get(name)?.size ?? 0) > 1));
	return [...new Set([...before.keys(), ...after.keys()])].filter(isKey);
}

/** Columns that hold text, and what each holds; a row without one holds "". */
function textColumns(rows) {
	const columns = new Map();
	for (const row of rows)
		for (const [name, value] of Object.entries(row))
			if (typeof value === "string") columns.set(name, new Set());
	for (const [name, values] of columns) for (const row of rows) values.add(row[name] ?? "");
	return columns;
}

function byKey(rows, keys) {
	const times = new Map();
	return new Map(
		rows.map((row) => {
			const key = keys.map((name) => row[name] ?? "").join(" ");
			const time = (times.get(key) ?? 0) + 1;
			times.set(key, time);
			return [time === 1 ? key : `${key} (${time})`, row];
		}),
	);
}

function isFigure(value) {
	return typeof value === "number";
}

function isNear(one, other) {
	if (!isFigure(one) || !isFigure(other)) return false;
	return Math.abs(one - other) <= NEAR * Math.max(Math.abs(one), Math.abs(other));
}
