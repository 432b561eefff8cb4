import { createHash } from "node:crypto";
import type { Codebook } from "./schema.js";

/** What decides no figure of a file: columns that no rule is about, what is published elsewhere, what a report says first. */
const LEFT_OUT = ["variables", "publisher", "headline"];

/**
 * A hash of what a codebook decides, and of the id and version it has. Texts are left out, so that a better translation is
 * no other codebook.
 */
export function rulesOf(codebook: Codebook): string {
	const rules = JSON.stringify(codebook, (key, value) =>
		LEFT_OUT.includes(key) || isText(value) ? undefined : value,
	);
	return createHash("sha256").update(rules).digest("hex");
}

function isText(value: unknown): boolean {
	return typeof value === "object" && value !== null && "en" in value && typeof value.en === "string";
}
