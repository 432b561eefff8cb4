import type { Estimate, Group } from "../../results/result-set.js";
import type { NamedLine } from "./average-lines.js";

/** A row of a panel, or a series drawn in every row. */
export interface Entry {
	key: string;
	label: string;
	/** Stands for several others: any activity, a total, an average. */
	summary: boolean;
	/** Pointed at, or grey beside what is. */
	strong?: boolean;
	quiet?: boolean;
}

export interface Point {
	row: string;
	series: string;
	estimate: Estimate;
}

/** A line at an average of an item. */
export interface AverageLine extends NamedLine {
	topic: string;
	item: string;
	base: string;
}

export interface Panel {
	key: string;
	/** Null where the section's title says it all. */
	heading: string | null;
	rows: Entry[];
	points: Point[];
}

/** One topic on one base. */
export interface EntrySection {
	topic: string;
	title: string;
	base: string;
	panels: Panel[];
}

export interface EntryLayout {
	sections: EntrySection[];
	series: Entry[];
	groups: Group[];
	/** Breakdowns in which the groups differ. */
	breakdowns: string[];
	/** Subject of a panel's rows. */
	rows: "items" | "groups";
	/** Averages that are lines and no rows. */
	lines: AverageLine[];
}

/** More groups than this do not stay apart in one panel, neither by look nor by room. */
export const MAX_SERIES = 6;
