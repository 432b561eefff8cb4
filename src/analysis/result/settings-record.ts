import type { Codebook } from "../../codebook/definition/schema.js";
import { canonicalCondition } from "../../codebook/meaning/spoken-names.js";
import type { SharedSettings } from "../../results/result-settings.js";
import type { RatesSettings } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";

/** Settings recorded elsewhere or in another form: variance constants with the design, files with the sources. */
const ELSEWHERE = [
	...["language", "codebook", "df", "scale", "centre", "lonelyPsu", "schools", "missing"],
	...["synthesis", "synthesisTest", "excludeCaution", "moderator"],
];

/** Recorded only on request. */
const ON_REQUEST = ["test", "within", "define", "answers", "ratios"];

/** All settings that determine the numbers, with defaults written out. */
export function recordOf(
	settings: RatesSettings,
	{ cycle, groups, systems = {} }: Pick<Codebook, "cycle"> & Partial<Codebook>,
	by: readonly string[],
): Partial<SharedSettings> {
	const { language, codebook, df, missing, where } = settings;
	const synthesis = synthesisOf(settings);
	const rest = Object.entries(settings).filter(
		([name, value]) =>
			!ELSEWHERE.includes(name) && !(ON_REQUEST.includes(name) && [value || []].flat().length === 0),
	);
	return {
		cycle,
		...Object.fromEntries(rest),
		by: [...by],
		where: groups === undefined ? where : where.map((text) => canonicalCondition({ groups, systems }, text)),
		df: df === Number.POSITIVE_INFINITY ? "inf" : df,
		lang: language,
		...(Object.keys(missing).length === 0 ? {} : { missing }),
		...(codebook === null ? {} : { codebook }),
		...(synthesis === null ? {} : { synthesis }),
	};
}
