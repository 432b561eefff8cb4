import { UserError } from "../../base/errors.js";
import { joined, option, say } from "../../base/say.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { conditionName } from "../../codebook/meaning/condition.js";
import type { ResultSet } from "../../results/result-set.js";

/** Settings that decide which teachers and answers a figure counts, with the option that sets them. */
const DECIDING = { where: "teachers", yes: "answers counted as yes" } as const;

/**
 * Refuses saved results that cover other teachers, or count other answers, than the first. Countries and populations
 * may differ, because those are compared.
 * @param file Source of the others, if they share one.
 * @throws UserError
 */
export function checkAlike(
	results: readonly { result: ResultSet; codebook: Codebook | undefined }[],
	file?: string,
): void {
	const [first, ...others] = results;
	for (const setting of Object.keys(DECIDING) as (keyof typeof DECIDING)[]) {
		const chosen = ({ result, codebook }: (typeof results)[number]) =>
			textsOf(result.settings[setting]).filter((text) => !namesSample(text, codebook));
		for (const other of others) {
			const [a, b] = [chosen(first as typeof other), chosen(other)];
			if (a.join() === b.join()) continue;
			const made = (texts: readonly string[]) =>
				texts.length === 0
					? say`without ${option(setting)}`
					: joined(
							texts.map((text) => option(setting, text)),
							" ",
						);
			throw new UserError(
				say`the results differ in their ${DECIDING[setting]}: some are made ${made(a)}, others ${made(b)}`,
				{
					hint: say`make both with the same ${option(setting)}`,
					...(file === undefined ? {} : { where: { file } }),
				},
			);
		}
	}
}

function textsOf(setting: unknown): string[] {
	return Array.isArray(setting) ? setting.map(String).sort() : [];
}

/** Whether a condition concerns the country or the population. */
function namesSample(text: string, codebook: Codebook | undefined): boolean {
	const name = conditionName(text).toLowerCase();
	return ["country", "population"].some(
		(id) => name === id || name === codebook?.groups[id]?.variable.toLowerCase(),
	);
}
