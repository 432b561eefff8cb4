import { createHash } from "node:crypto";
import type { Codebook } from "./schema.js";

/**
 * A hash of what a codebook decides: equal where figures are made alike, whatever version it names itself. Texts are
 * left out, so that a better translation is no other codebook; so are the lists of variables, which speak of columns that no rule is about.
 */
export function rulesOf(codebook: Codebook): string {
	const rules = JSON.stringify(codebook, (key, value) =>
		key === "variables" || isText(value) ? undefined : value,
	);
	return createHash("sha256").update(rules).digest("hex");
}

function isText(value: unknown): boolean {
	return typeof value === "object" && value !== null && "en" in value && typeof value.en === "string";
}
