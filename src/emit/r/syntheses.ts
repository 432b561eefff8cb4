import type { ResultSet } from "../../results/result-set.js";
import type { ModeratorTest, Synthesis, SynthesisSubject } from "../../results/syntheses.js";
import { sameGroup } from "./rows.js";
import { dataFrame } from "./table.js";
import { text, texts } from "./write.js";

/** Rows of the script's own tables that a synthesis is of, in the order of its members. */
type Places = (of: SynthesisSubject, system: string) => number;

/**
 * Recomputes syntheses with metafor, from the figures that the script computes; null where there are none.
 * @param shown Rows that the script has tables of: estimates, differences and coefficients.
 */
export function synthesesAsR(
	{ syntheses = [], moderatorTests = [] }: ResultSet,
	shown: Readonly<Record<SynthesisSubject["kind"], Places>>,
): string | null {
	if (syntheses.length === 0) return null;
	const calls = syntheses.map((one) => {
		const places = one.members.map((system) => shown[one.of.kind](one.of, system));
		const rows = `c(${places.join(", ")})`;
		const [estimates, ses] = COLUMNS[one.of.kind];
		const isPercent = one.scale === "logit" ? "TRUE" : "FALSE";
		return `  synthesis_of(${estimates}[${rows}], ${ses}[${rows}], ${isPercent}, ${text(one.method)}, ${text(one.test)})`;
	});
	const numbers = Object.fromEntries(
		Object.entries(NUMBERS).map(([name, of]) => [name, syntheses.map((one) => of(one))]),
	);
	return [
		`synthesis_tool <- ${dataFrame({ label: syntheses.map(nameOf), ...numbers })}`,
		`syntheses <- as.data.frame(do.call(rbind, lapply(list(\n${calls.join(",\n")}\n), unlist)))`,
		`synthesis_off_by <- largest_of(syntheses, synthesis_tool, ${texts(Object.keys(NUMBERS))})`,
		'print(cbind(synthesis_tool["label"], syntheses[c("estimate", "se", "low", "high", "tau2", "i2")], off_by = synthesis_off_by), digits = 6, row.names = FALSE)',
		"largest <- max(largest, synthesis_off_by)",
		...(moderatorTests.length === 0 ? [] : subgroupTests(syntheses, moderatorTests)),
	].join("\n");
}

/** Whether members and others differ: Cochran's Q of their own syntheses. */
function subgroupTests(syntheses: readonly Synthesis[], tests: readonly ModeratorTest[]): string[] {
	const subject = (of: SynthesisSubject) => JSON.stringify(of);
	const calls = tests.map(({ of }) => {
		const rows = [...syntheses.entries()].filter(
			([, one]) => one.moderator !== undefined && subject(one.of) === subject(of),
		);
		const places = rows.map(([place]) => place + 1).join(", ");
		const isPercent = rows[0]?.[1].scale === "logit" ? "TRUE" : "FALSE";
		return `  subgroup_test(syntheses$estimate[c(${places})], syntheses$se[c(${places})], ${isPercent})`;
	});
	return [
		"",
		"# Whether the members of the average and the others differ.",
		`moderator_tool <- ${dataFrame({
			label: tests.map(({ of }) => of.termLabel ?? of.label),
			q: tests.map(({ q }) => q),
			df: tests.map(({ df }) => df),
			p: tests.map(({ p }) => p),
		})}`,
		`moderator <- as.data.frame(do.call(rbind, lapply(list(\n${calls.join(",\n")}\n), unlist)))`,
		'moderator_off_by <- largest_of(moderator, moderator_tool, c("q", "df", "p"))',
		'print(cbind(moderator_tool["label"], moderator, off_by = moderator_off_by), digits = 6, row.names = FALSE)',
		"largest <- max(largest, moderator_off_by)",
	];
}

/** The place in a script of the numbers to be combined. */
const COLUMNS: Readonly<Record<SynthesisSubject["kind"], readonly [string, string]>> = {
	estimate: ["recomputed$estimate", "recomputed$se"],
	comparison: ["differences$difference", "differences$se"],
	coefficient: ["recomputed_coefficients$estimate", "recomputed_coefficients$se"],
};

const NUMBERS: Readonly<Record<string, (one: Synthesis) => number | null>> = {
	estimate: ({ estimate }) => estimate,
	se: ({ se }) => se,
	low: ({ ciLow }) => ciLow,
	high: ({ ciHigh }) => ciHigh,
	p: ({ p }) => p,
	tau2: ({ tau2 }) => tau2,
	i2: ({ i2 }) => i2,
	h2: ({ h2 }) => h2,
	q: ({ q }) => q,
	qDf: ({ qDf }) => qDf,
	qP: ({ qP }) => qP,
	piLow: ({ piLow }) => piLow,
	piHigh: ({ piHigh }) => piHigh,
};

/** The rows of the script's tables that syntheses are of. */
export function placesIn(
	rows: readonly {
		topic: string;
		item: string;
		statistic: string;
		group: Readonly<Record<string, string>>;
	}[],
	isSame: (row: never, of: SynthesisSubject) => boolean = () => true,
): Places {
	return (of, system) =>
		1 +
		rows.findIndex(
			(row) =>
				row.topic === of.topic &&
				row.item === of.item &&
				row.statistic === of.statistic &&
				sameGroup(row.group, { ...of.group, country: system }) &&
				isSame(row as never, of),
		);
}

function nameOf({ of, moderator }: Synthesis): string {
	const part = moderator === undefined ? "" : ` (${moderator.variable}: ${moderator.level})`;
	return `${of.termLabel ?? of.label}${part}`;
}
