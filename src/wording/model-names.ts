import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** What tells models side by side apart: of published ones what they hold constant. */
export function modelName(name: string, { kind }: ResultSet, locale: Locale): string {
	const key = `model.controls.${name}`;
	return kind === "published" && locale.knows(key) ? locale.text(key) : name;
}
