import { UserError } from "../../base/errors.js";
import type { RunOptions } from "../../base/run-options.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook, Text } from "../../codebook/definition/schema.js";
import { withCodes } from "../../codebook/meaning/labelled-columns.js";
import { withDefinitions } from "../../codebook/plan/own-definitions.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { withImplied } from "../../codebook/recognise/implied-columns.js";
import { refusalOf } from "../../codebook/recognise/refused-files.js";
import { isSchoolFile } from "../../codebook/recognise/school-files.js";
import { schoolsAlone } from "../../codebook/recognise/schools-alone.js";
import { bytesOf } from "../../platform/small-files.js";
import type { Header, Source } from "../../read/block.js";
import { commonHeader } from "../../read/columns/common-header.js";
import { withLookup } from "../../read/columns/lookup-table.js";
import { findData } from "../../read/find-files.js";
import { openSource } from "../../read/index.js";
import type { SurveyData, SurveyInput } from "../../read/memory/data.js";
import type { RatesSettings } from "../../settings/rates.js";
import { LANGUAGES, loadLocale } from "../../wording/locale.js";
import { rejectOtherSchools, rejectOtherSurveys } from "./refusals.js";
import { type JoinedSchools, joinSchools } from "./schools.js";

/** First phase of a run: the files of a survey, identified. No row has been read yet. */
export interface Opened {
	readonly codebook: Codebook;
	/** Files of teachers, with values implied by their names and school columns that can be looked up. */
	readonly teachers: readonly [Source, ...Source[]];
	/** Null if no file describes schools. */
	readonly schools: JoinedSchools | null;
	/** Header of all files together. */
	readonly header: Header;
	/** Closes the files, whether or not they have been read. */
	close(): Promise<void>;
}

/**
 * Opens and identifies the files of a survey, given by name, by pattern or as data in memory. Files of schools are
 * named as such, or recognised by their columns and names.
 * @throws UserError if a file cannot be read, none has teachers, or they belong to several surveys.
 */
export async function openSurvey(
	input: SurveyInput,
	settings: Pick<RatesSettings, "codebook" | "schools" | "define">,
	run: RunOptions,
): Promise<Opened> {
	if (Array.isArray(input) && input.length === 0) {
		throw new UserError("no file is named", { hint: "give a survey file, or - for standard input" });
	}
	const given = await openAll(input, run);
	const sources = [...given];
	const close = () => closeAll(sources);
	try {
		const named = await openAll(settings.schools, run);
		sources.push(...named);
		return { ...recognise(given, named, settings), close };
	} catch (error) {
		await close();
		throw error;
	}
}

function recognise(
	given: readonly Source[],
	named: readonly Source[],
	{ codebook: asked, define }: Pick<RatesSettings, "codebook" | "define">,
): Omit<Opened, "close"> {
	const { teachers, schools: described } = tellApart(given, named, asked);
	const [first] = teachers;
	const codebook = chooseCodebook(asked, first.columns, first.name);
	rejectOtherSurveys(teachers, codebook, asked);
	const own = teachers.map((source) => withCodes(withImplied(source, codebook), codebook));
	rejectOtherSchools(described, codebook, asked);
	const schools = joinSchools(described, own, codebook);
	const joined = schools === null ? own : own.map((source) => withLookup(source, schools.table));
	return {
		codebook: define.length === 0 ? codebook : withDefinitions(codebook, define, ownLabel()),
		teachers: joined as [Source, ...Source[]],
		schools,
		header: commonHeader(joined),
	};
}

/** The heading of user-defined concepts, in all languages. */
function ownLabel(): Text {
	const all = LANGUAGES.map((language) => [language, loadLocale(language).text("topic.own")]);
	return Object.fromEntries(all) as Text;
}

function tellApart(
	given: readonly Source[],
	named: readonly Source[],
	codebook: string | null,
): { teachers: [Source, ...Source[]]; schools: Source[] } {
	const codebooks = codebook === null ? codebookIds().map(loadCodebook) : [loadCodebook(codebook)];
	const ofSchools = (source: Source) => codebooks.some((one) => isSchoolFile(source, one));
	const [first, ...others] = given.filter((source) => !ofSchools(source));
	if (first !== undefined) {
		return { teachers: [first, ...others], schools: [...given.filter(ofSchools), ...named] };
	}
	if (given.every((source) => schoolsAlone(source, codebooks) !== undefined)) {
		return { teachers: [...given] as [Source, ...Source[]], schools: [...named] };
	}
	const { columns, name } = given[0] as Source;
	throw (
		refusalOf(columns, name, codebooks) ??
		new UserError("describes schools, and rates are of teachers", {
			where: { file: name },
			hint: "name the teachers' file, too",
		})
	);
}

/** Opens files, all of them or none. */
async function openAll(input: SurveyInput, run: RunOptions): Promise<Source[]> {
	const files = await findData(input);
	// Files are read one after another, so only a single file gains from starting a thread at once.
	const ahead = files.length === 1 ? "at-once" : "when-read";
	const { hashed = true } = run;
	const options = { ...run, ahead, hashed: hashed || mayBeTwins(files) } as const;
	const opened = await Promise.allSettled(files.map((file) => openSource(file, options)));
	const sources = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
	const failed = opened.find(({ status }) => status === "rejected");
	if (failed === undefined) return sources;
	await closeAll(sources);
	throw (failed as PromiseRejectedResult).reason;
}

/** Whether files could be duplicates, which SHA-256 then settles: duplicates have the same size. */
function mayBeTwins(files: readonly SurveyData[]): boolean {
	const sizes = new Set(files.map((file) => (typeof file === "string" ? bytesOf(file) : 0)));
	return sizes.size < files.length;
}

async function closeAll(sources: readonly Source[]): Promise<void> {
	await Promise.all(sources.map((source) => source.close?.()));
}
