import { readAsset } from "../platform/assets.js";
import type { Language } from "./languages.js";

/** A term of the field in every language, and what it means. */
export interface GlossaryTerm {
	term: Readonly<Record<Language, string>>;
	what: Readonly<Record<Language, string>>;
}

/** The terms of docs/glossary.md, which is made from the same file. */
export function glossary(): readonly GlossaryTerm[] {
	return JSON.parse(readAsset("glossary/terms.json"));
}
