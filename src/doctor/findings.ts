import type { Place } from "../base/errors.js";
import type { Finding } from "../results/about-files.js";

/** Number of texts listed individually per code and column. */
const LISTED = 10;

/** The subject of a finding, without its place and frequency. */
export type About = Omit<Finding, "rows" | "line" | "row" | "more">;

/** Collects findings as rows stream by. Keeps counts and first positions, never rows. */
export class Findings {
	private readonly found = new Map<string, Finding>();
	private readonly texts = new Map<string, number>();

	/** Adds a finding about the whole file or a column, or one already counted. */
	say(about: Omit<Finding, "more">): void {
		this.found.set(keyOf(about, about.text), { ...about });
	}

	/**
	 * Counts a finding about rows. Rows with the same code, column and group form one finding, which shows the first
	 * text.
	 */
	count(about: About, place: Place, rows = 1): void {
		this.add(keyOf(about), about, place, rows);
	}

	/** Like `count`, with one finding per text as long as there are few. */
	countText(about: About & { text: string }, place: Place, rows = 1): void {
		const key = keyOf(about, about.text);
		if (this.found.has(key)) this.add(key, about, place, rows);
		else {
			const column = keyOf(about);
			const listed = this.texts.get(column) ?? 0;
			const { text: _, ...others } = about;
			if (listed >= LISTED) this.add(`${column} more`, { ...others, more: true }, place, rows);
			else {
				this.texts.set(column, listed + 1);
				this.add(key, about, place, rows);
			}
		}
	}

	/** Adds all findings of another collection. */
	take(others: Findings): void {
		for (const [key, finding] of others.found) this.found.set(key, finding);
	}

	/** Errors first; within a severity, in order of appearance. */
	list(): Finding[] {
		const all = [...this.found.values()];
		return (["error", "warning"] as const).flatMap((wanted) =>
			all.filter(({ severity }) => severity === wanted),
		);
	}

	private add(key: string, about: About & Pick<Finding, "more">, place: Place, rows: number): void {
		const known = this.found.get(key);
		if (known === undefined) {
			const { text } = about;
			this.found.set(key, {
				...about,
				...(text === undefined ? {} : { text: shortened(text) }),
				...{ rows, ...place },
			});
		} else known.rows = (known.rows ?? 0) + rows;
	}
}

/** Called for every faulty row, so it concatenates instead of building JSON. */
function keyOf({ code, column, group }: About, text = ""): string {
	return `${code}\0${column}\0${group === undefined ? "" : JSON.stringify(group)}\0${text}`;
}

/** Keeps enough of a long answer to find it again. */
function shortened(text: string): string {
	const letters = [...text];
	return letters.length <= 40 ? text : `${letters.slice(0, 39).join("")}…`;
}
