import { loadCodebook } from "../codebook/definition/library.js";
import { defaultTopics } from "../codebook/meaning/select-items.js";
import { type ResultSet, TOTAL } from "../results/result-set.js";
import { SAMPLES } from "../results/samples.js";

/** Settings of a question, under the names that results record. */
type Recorded = Readonly<Record<string, unknown>>;

/** Settings that a question accepts in the form in which they are recorded. */
const AS_RECORDED = [
	...["items", "pool", "where", "base", "yes", "total", "counts", "level", "ci", "df", "suppress", "protect"],
	...[
		"average",
		"averageKind",
		"adjust",
		"family",
		"extras",
		"unknownCodes",
		"missing",
		"define",
		"codebook",
		"answers",
	],
	...["between", "variables", "reference", "pairs", "allowMismatch", "forceTrend", "test", "within"],
	...[
		"quantiles",
		"quantileInterval",
		"outcomes",
		"standardize",
		"effects",
		"eachOwn",
		"equalSystems",
		"rank",
		"ratios",
	],
] as const;

/** Rebuilds the question behind results, so that it can be repeated. */
export function askedAgain(results: ResultSet): Record<string, unknown> {
	const recorded = results.settings as Recorded;
	const takes = (name: string) => NOT_TAKEN[results.kind]?.includes(name) !== true;
	const plain = AS_RECORDED.filter((name) => present(recorded[name]) && takes(name)).map((name) => [
		name,
		recorded[name],
	]);
	return {
		...Object.fromEntries(plain),
		...breakdowns(results),
		...topics(results),
		...design(results),
		...others(results.kind, recorded),
		...synthesis(recorded),
		language: recorded.lang,
	};
}

/** Recorded settings that some kinds of questions do not accept. */
const COMPARED = [
	"between",
	"variables",
	"reference",
	"pairs",
	"allowMismatch",
	"forceTrend",
	"test",
	"within",
];
const NEITHER = ["items", "answers", "counts", "average", "averageKind", "extras", "ci", "family"];
const NOT_TAKEN: Readonly<Partial<Record<ResultSet["kind"], readonly string[]>>> = {
	gaps: COMPARED,
	means: ["items", "yes", "answers", "counts"],
	model: NEITHER,
	relate: [...NEITHER, "yes", "protect", "adjust"],
};

function present(value: unknown): boolean {
	return (
		value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0) && value !== false
	);
}

/**
 * Breakdowns that the user requested. Country and population are added automatically; the compared one has its own
 * option.
 */
function breakdowns({ settings, estimates }: ResultSet): object {
	const { between = null } = settings as { between?: string | null };
	const asked = (settings.by ?? []).filter((id) => {
		if (id === between) return false;
		const isSample = SAMPLES.some((sample) => sample === id);
		return !isSample || estimates.some(({ group }) => group[id] === TOTAL);
	});
	return asked.length === 0 ? {} : { by: asked };
}

/** The codebook's default topics are requested by naming none. */
function topics({ kind, settings, codebook }: ResultSet): object {
	const recorded = settings.topics ?? [];
	if (recorded.length === 0 || kind === "model" || kind === "relate") return {};
	const usual = defaultTopics(loadCodebook(settings.codebook ?? codebook.id));
	return recorded.join() === usual.join() ? {} : { topics: recorded };
}

/** Variance constants, which are recorded with the design; the codebook's own are not requested again. */
function design({ design: own, settings, codebook }: ResultSet): object {
	const { design: usual } = loadCodebook(settings.codebook ?? codebook.id);
	const { scale, centre, lonelyPsu } = { ...usual } as {
		scale?: number;
		centre?: string;
		lonelyPsu?: string;
	};
	return {
		...(own.scale === undefined || own.scale === scale ? {} : { scale: own.scale }),
		...(own.centre === undefined || own.centre === (centre ?? "full-sample") ? {} : { centre: own.centre }),
		...(own.lonelyPsu === undefined || own.lonelyPsu === (lonelyPsu ?? "fail")
			? {}
			: { lonelyPsu: own.lonelyPsu }),
	};
}

function others(kind: ResultSet["kind"], recorded: Recorded): object {
	const list = <T>(name: string) => (recorded[name] ?? []) as readonly T[];
	const benchmark = list<{ system: string; cycle: number }>("benchmark").map(
		({ system, cycle }) => `${system}@${cycle}`,
	);
	const own = benchmark.length === 0 ? {} : { benchmark };
	if (kind === "relate") return { alpha: list<readonly string[]>("scales").map((scale) => scale.join(",")) };
	if (kind !== "model") return own;
	const models = list<string>("models");
	const [only = ""] = models;
	return {
		...(models.length === 1 && !only.includes(": ") ? { predict: only } : { models }),
		family: recorded.modelFamily,
		reference: list<{ variable: string; level: string }>("references").map(
			({ variable, level }) => `${variable}=${level}`,
		),
		at: list<readonly { variable: string; value: string }[]>("at").map((values) =>
			values.map(({ variable, value }) => `${variable}=${value}`).join(","),
		),
	};
}

function synthesis({ synthesis: own }: Recorded): object {
	if (own === undefined || own === null) return {};
	const { method, test, excludeCaution, moderator } = own as Recorded;
	return {
		synthesis: method,
		synthesisTest: test,
		...(excludeCaution === true ? { excludeCaution } : {}),
		...(present(moderator) ? { moderator } : {}),
	};
}
