import type { Remark } from "../base/remark.js";
import { type RunOptions, splitRun } from "../base/run-options.js";
import { UNDECIDED } from "../codebook/definition/counted.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import { loadCodebook } from "../codebook/definition/library.js";
import { parseCodebook } from "../codebook/definition/parse.js";
import type { Source } from "../read/block.js";
import { withSource } from "../read/index.js";
import type { SurveyData } from "../read/memory/data.js";
import type { CodebookCheck } from "../results/about-files.js";
import { type FileSpec, normalizeFile } from "../settings/file.js";
import { sentencesIn } from "../wording/sentences.js";
import { checkCodebook } from "./codebook-check.js";
import { draftCodebook } from "./draft.js";
import { draftText } from "./draft-yaml.js";
import { takeProfile } from "./profile.js";

/** A drafted codebook. */
export interface DraftSummary {
	/** YAML. */
	text: string;
	topics: number;
	items: number;
	groups: number;
	/** The variance method; `?` if it must be decided before the draft runs. */
	design: string;
	weighted: boolean;
	/** Decisions that change percentages; read these first. */
	decisions: readonly string[];
	/** Questions that only the reader can decide, such as which answers of a scale count. */
	questions: readonly string[];
	/** Columns that are not in the draft, and why. */
	leftOut: readonly string[];
	/** Assumptions made while reading the file. */
	remarks: readonly Remark[];
}

/** Language of the draft's comments. */
export interface DraftOptions extends Pick<FileSpec, "language">, RunOptions {}

/**
 * Drafts a codebook for your own survey: YAML with comments on what to decide.
 * @param path One survey file; `-` is standard input.
 * @throws UserError where the file cannot be read or no column looks like an item or a number.
 * @example
 * import { Readable } from "node:stream";
 * import { codebooks } from "talis-pd";
 *
 * const answers = "Coaching,Courses\nyes,no\nno,yes\nyes,yes\n";
 * const { items, weighted } = await codebooks.draft("-", { stdin: Readable.from([Buffer.from(answers)]) });
 * console.log(items, weighted); // 2 false
 */
export async function draft(path: SurveyData, options: DraftOptions = {}): Promise<DraftSummary> {
	const [spec, run] = splitRun(options);
	const { language } = normalizeFile(spec);
	return withSource(path, run, (source) => drafted(source, sentencesIn("drafts", language)));
}

async function drafted(source: Source, translate: (text: string) => string): Promise<DraftSummary> {
	const profile = await takeProfile(source);
	const made = draftCodebook(profile, new Date().getFullYear());
	const text = draftText(made, source.name, translate);
	const { topics, groups, design } = parseCodebook(
		made.decide ? draftText({ ...made, decide: false }, source.name, translate) : text,
		"the draft",
	);
	return {
		text,
		topics: Object.keys(topics).length,
		items: Object.values(topics).reduce((sum, { items }) => sum + Object.keys(items).length, 0),
		groups: Object.keys(groups).length,
		design: made.decide ? UNDECIDED : design.method,
		weighted: design.weight !== undefined,
		decisions: made.decisions.map(translate),
		questions: made.questions.map(translate),
		leftOut: made.leftOut.map(translate),
		remarks: source.remarks?.() ?? [],
	};
}

/** Options of a codebook check. */
export interface CheckOptions extends Omit<FileSpec, "codebook">, RunOptions {}

/**
 * Checks a codebook against a file.
 * @param name Id of a shipped codebook or path of a YAML file.
 * @throws UserError where one of the two cannot be read.
 * @example
 * import { codebooks, samplePath } from "talis-pd";
 *
 * const { errors, warnings } = await codebooks.check(samplePath(), "talis-2018-teacher");
 * console.log(errors, warnings); // 0 6
 */
export async function check(
	path: SurveyData,
	name: string,
	options: CheckOptions = {},
): Promise<CodebookCheck> {
	const [spec, run] = splitRun(options);
	const { language } = normalizeFile(spec);
	const codebook = loadCodebook(name);
	return withSource(path, run, async (source) => {
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
	});
}
