import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import {
	type Comparison,
	type Estimate,
	type Group,
	isAverage,
	type ResultSet,
	type SourceFile,
} from "../../results/result-set.js";
import { differenceMembers, membersOf, pairedDifferences, shownComparisons } from "./comparisons.js";
import { variableNames } from "./estimates.js";
import {
	estimatedAsR,
	filesOf,
	type ScriptSection,
	scriptOfSections,
	settingsAsR,
	surveyAsR,
} from "./sections.js";
import { placesIn, synthesesAsR } from "./syntheses.js";
import { dataFrame } from "./table.js";

/** What a comparison of samples is made from that were read one by one: survey files, and results that were saved. */
export interface SamplesEmission {
	results: ResultSet;
	samples: readonly SampleRead[];
}

/** A survey file by its plan, or a result file with its rows; each as it was named. */
export type SampleRead =
	| { path: string; plans: PlansExplained }
	| { path: string; cycle: number | null; saved: ResultSet };

type Survey = Extract<SampleRead, { plans: unknown }>;

/**
 * The same for samples that were read one by one: each survey's figures are worked out from its file, those of saved results are
 * taken as they were saved, and differences are made from both.
 * @throws UserError where levels of education were allowed to differ, because the rows of each side are then
 * ambiguous.
 */
export function samplesInR({ results, samples }: SamplesEmission): string {
	const surveys = samples.filter((one): one is Survey => "plans" in one);
	const saved = samples.filter((one) => "saved" in one);
	if (surveys.length > 0 && mayDiffer(results).includes("population")) {
		throw new UserError("the script does not put levels of education beside each other", {
			hint: say`make results of each first, and give these: ${option("format", "json")}`,
		});
	}
	const rows = shownComparisons(results);
	if (rows.length === 0) throw new UserError("no figure is shown that a script could recompute");
	const sides = new Sides(results, samples);
	const pairs = rows.map((row) => ({ a: sides.placesOf(row, "a"), b: sides.placesOf(row, "b") }));
	const sources = sourcesOf(samples, results.source);
	const files = surveys.map((survey) =>
		filesOf({
			plans: survey.plans,
			files: [survey.path],
			results: { ...results, source: sources.get(survey) ?? [] },
		}),
	);
	const read = surveys.flatMap((survey, place): ScriptSection[] => {
		const { teachers = [], schools = [] } = files[place] ?? {};
		const own = surveyAsR({ results, plans: survey.plans, teachers, schools });
		return [
			...own.map(([title, code]): ScriptSection => [`${title} (${fileName(survey)})`, code]),
			[
				`Figures of ${fileName(survey)}`,
				[
					"known_groups <- new.env()",
					estimatedAsR(results, survey.plans),
					`sides <- with_figures(sides, ${place + 1})`,
				].join("\n"),
			],
		];
	});
	const compared: ScriptSection = [
		"What is compared",
		[
			...saved.map(({ path }) => `# Figures of ${path} are taken as they were saved.`),
			`sides <- ${sides.asR(surveys)}`,
		].join("\n"),
	];
	const decided: ScriptSection = ["What decides the numbers", settingsAsR(results)];
	const places = {
		estimate: placesIn([]),
		comparison: placesIn(
			rows,
			({ between }: Comparison, of) => JSON.stringify(between) === JSON.stringify(of.between),
		),
		coefficient: () => 0,
	};
	const together = synthesesAsR(results, places);
	return scriptOfSections(
		results,
		files.flatMap(({ teachers, schools }) => [...teachers, ...schools]),
		[],
		[
			...[decided, compared, ...read],
			[
				"Differences, and how far they are from the tool's",
				pairedDifferences(rows, results, {
					"a places": pairs.map(({ a }) => a.join("|")),
					"b places": pairs.map(({ b }) => b.join("|")),
				}),
			],
			...(together === null ? [] : [["Systems together", together] as const]),
		],
		saved.map(({ path }) => path),
	);
}

function fileName({ path }: Survey): string {
	return path.split(/[/\\]/).at(-1) as string;
}

function mayDiffer({ settings }: ResultSet): readonly string[] {
	return (settings as { allowMismatch?: readonly string[] }).allowMismatch ?? [];
}

/** The sources of each sample; results have them cycle by cycle. */
function sourcesOf(
	samples: readonly SampleRead[],
	source: readonly SourceFile[],
): Map<SampleRead, SourceFile[]> {
	const cycleOf = (one: SampleRead) => ("plans" in one ? one.plans.cycle : (one.cycle ?? 0));
	const left = [...source];
	const ordered = [...samples].sort((a, b) => cycleOf(a) - cycleOf(b));
	return new Map(
		ordered.map((one) => {
			const teachers = left.splice(0, "plans" in one ? one.plans.files.length : one.saved.source.length);
			const schools = left.findIndex(({ role }) => role !== "schools");
			const own = "plans" in one ? left.splice(0, schools < 0 ? left.length : schools) : [];
			return [one, [...teachers, ...own]];
		}),
	);
}

/** One figure on a side. */
interface SideFigure {
	cycle: number | null;
	topic: string;
	item: string;
	statistic: string;
	label: string;
	group: Group;
	saved: Estimate | undefined;
}

/** All figures that comparisons are made from, each once. */
class Sides {
	private readonly known = new Map<string, number>();
	private readonly figures: SideFigure[] = [];

	constructor(
		private readonly results: ResultSet,
		private readonly samples: readonly SampleRead[],
	) {}

	/** Rows of the script's table that a side is the mean of. */
	placesOf(row: Comparison, side: "a" | "b"): number[] {
		const { between, topic, item, statistic, label } = row;
		const isCycle = between.variable === "cycle";
		const cycle = isCycle ? Number(between[side]) : null;
		const group = isCycle ? row.group : { ...row.group, [between.variable]: between[side] };
		const about = { cycle, topic, item, statistic, label };
		const saved = this.savedOf({ ...about, group }, row[side]);
		if (saved !== undefined || !isAverage(group.country)) return [this.place({ ...about, group, saved })];
		const ofDifferences = differenceMembers(row, this.results);
		const members = ofDifferences.length > 0 ? ofDifferences : membersOf(group, this.results, row);
		return members.map((country) => {
			const own = { ...about, group: { ...group, country } };
			return this.place({ ...own, saved: this.savedOf(own, null) });
		});
	}

	private place(figure: SideFigure): number {
		const { cycle, topic, item, statistic, group } = figure;
		const key = JSON.stringify([cycle, topic, item, statistic, Object.entries(group).sort()]);
		const place = this.known.get(key) ?? this.figures.push(figure);
		this.known.set(key, place);
		return place;
	}

	/** A row of saved results; one that shows what the side shows, where that is known. */
	private savedOf(
		{ cycle, topic, item, statistic, group }: Omit<SideFigure, "saved" | "label">,
		shown: Comparison["a"] | null,
	): Estimate | undefined {
		const alike = (own: Group) =>
			[...new Set([...Object.keys(own), ...Object.keys(group)])].every(
				(id) => id === "population" || own[id] === group[id],
			);
		return this.samples
			.flatMap((one) => ("saved" in one && (cycle ?? one.cycle) === one.cycle ? one.saved.estimates : []))
			.find(
				(row) =>
					row.topic === topic &&
					row.item === item &&
					row.statistic === statistic &&
					alike(row.group) &&
					(shown === null || (row.estimate === shown.estimate && row.se === shown.se)),
			);
	}

	/** The table; surveys fill in what no saved result has. */
	asR(surveys: readonly Survey[]): string {
		const ids = [...new Set(this.figures.flatMap(({ group }) => Object.keys(group)))];
		const variables = surveys.map(({ plans }, place) => {
			const names = variableNames(plans);
			const own = this.figures.map(({ cycle, topic, item, saved }) => {
				const isHere = saved === undefined && (cycle ?? plans.cycle) === plans.cycle;
				return isHere ? (names.get(`${topic}:${item}`) ?? null) : null;
			});
			return [`variable ${place + 1}`, own] as const;
		});
		return dataFrame({
			label: this.figures.map(({ label }) => label),
			cycle: this.figures.map(({ cycle }) => cycle),
			...Object.fromEntries(
				ids.map((id) => [`by ${id}`, this.figures.map(({ group }) => group[id] ?? null)]),
			),
			statistic: this.figures.map(({ statistic }) => statistic),
			...Object.fromEntries(variables),
			estimate: this.figures.map(({ saved }) => saved?.estimate ?? null),
			se: this.figures.map(({ saved }) => saved?.se ?? null),
			df: this.figures.map(({ saved }) =>
				saved === undefined ? null : (saved.df ?? Number.POSITIVE_INFINITY),
			),
		});
	}
}
