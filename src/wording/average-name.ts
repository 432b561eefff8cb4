import type { Locale } from "./locale.js";

/** An average by what is in its id. */
export interface NamedAverage {
	/** What its members have in common, as in "OECD"; undefined for a list of systems. */
	name: string | undefined;
	/** How many systems it is over; may be empty. */
	count: string;
	/** How many it would be over; undefined where that is all. */
	of: string | undefined;
	/** Printed by the publisher of all as one population. */
	total: boolean;
	/** A mean, where there is such a total of the same members. */
	besideTotal: boolean;
}

/** Parts of an id such as `average:oecd-27` or `average:oecd-3-of-30`. */
export function averageParts(value: string): { id: string; count: string; of: string | undefined } {
	const [, id = "", count = "", of] = /^average:(.+?)-(\d*)(?:-of-(\d+))?$/.exec(value) ?? [];
	return { id, count, of };
}

/** "OECD average-30", and "Mean of 3 of 30 OECD systems". A published total is another thing than a mean of the same systems. */
export function averageText({ name, count, of, total, besideTotal }: NamedAverage, locale: Locale): string {
	if (of !== undefined) {
		return locale.text(name === undefined ? "average.part-of-list" : "average.part", {
			count,
			of,
			name: name ?? "",
		});
	}
	if (name === undefined) return locale.text("average.list", { count });
	const text = locale.text(total ? "average.total" : "average.name", { name, count }).replace(/-$/, "");
	return besideTotal ? locale.text("average.mean-of-systems", { name: text }) : text;
}
