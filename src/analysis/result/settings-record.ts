import type { Codebook } from "../../codebook/definition/schema.js";
import type { SharedSettings } from "../../results/result-settings.js";
import type { RatesSettings } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";

/** Everything that decides the numbers, defaults written out. */
export function recordOf(
	settings: RatesSettings,
	{ cycle }: Pick<Codebook, "cycle">,
	by: readonly string[],
): Partial<SharedSettings> {
	// Constants of the variance stand with the design, files with the sources.
	const {
		language,
		codebook,
		df,
		scale: _,
		centre: __,
		lonelyPsu: ___,
		schools: ____,
		missing,
		synthesis: _____,
		synthesisTest: ______,
		excludeCaution: _______,
		moderator: ________,
		...rest
	} = settings;
	const synthesis = synthesisOf(settings);
	return {
		cycle,
		...rest,
		by: [...by],
		df: df === Number.POSITIVE_INFINITY ? "inf" : df,
		lang: language,
		...(Object.keys(missing).length === 0 ? {} : { missing }),
		...(codebook === null ? {} : { codebook }),
		...(synthesis === null ? {} : { synthesis }),
	};
}
