import { inLanguage } from "../codebook/definition/in-language.js";
import { loadCodebook } from "../codebook/definition/library.js";
import { parseCodebook } from "../codebook/definition/parse.js";
import type { AnalysisContext } from "../read/context.js";
import { openIn } from "../read/index.js";
import type { CodebookCheck } from "../results/about-files.js";
import type { Language } from "../wording/locale.js";
import { checkCodebook } from "./codebook-check.js";
import { draftCodebook } from "./draft.js";
import { draftText } from "./draft-yaml.js";
import { takeProfile } from "./profile.js";

/** What a draft of a codebook holds. */
export interface DraftSummary {
	/** YAML. */
	text: string;
	topics: number;
	items: number;
	groups: number;
	design: string;
	weighted: boolean;
}

/**
 * Drafts a codebook for a survey of one's own.
 * @throws UserError where the file cannot be read or has nothing that looks like an item.
 */
export async function draft(path: string, context: AnalysisContext = {}): Promise<DraftSummary> {
	const source = await openIn(path, context);
	const profile = await takeProfile(source);
	const text = draftText(draftCodebook(profile, new Date().getFullYear()), source.name);
	const { topics, groups, design } = parseCodebook(text, "the draft");
	return {
		text,
		topics: Object.keys(topics).length,
		items: Object.values(topics).reduce((sum, { items }) => sum + Object.keys(items).length, 0),
		groups: Object.keys(groups).length,
		design: design.method,
		weighted: design.weight !== undefined,
	};
}

/**
 * Holds a codebook against a file.
 * @param name Id of a shipped codebook or path of a YAML file.
 * @throws UserError where one of the two cannot be read.
 */
export async function check(
	path: string,
	name: string,
	{ language = "en" }: { language?: Language } = {},
	context: AnalysisContext = {},
): Promise<CodebookCheck> {
	const codebook = loadCodebook(name);
	const source = await openIn(path, context);
	const profile = await takeProfile(source);
	const findings = checkCodebook(codebook, source.columns, profile);
	return {
		schema: "talis-pd/codebook-check@1",
		file: source.name,
		rows: profile.rows,
		codebook: { id: codebook.id, title: inLanguage(codebook.title, language) },
		errors: findings.filter(({ severity }) => severity === "error").length,
		warnings: findings.filter(({ severity }) => severity === "warning").length,
		findings,
	};
}
