import { dirname, isAbsolute, relative } from "node:path";
import { stringify } from "yaml";
import type { Codebook } from "../codebook/definition/schema.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { readAsset } from "../platform/assets.js";
import { columnIndex } from "../read/columns/column-names.js";
import { isAddress, relocated } from "../read/database/address.js";
import { findFiles } from "../read/find-files.js";
import { withSource } from "../read/index.js";
import { tellsSamples } from "../results/samples.js";
import { LANGUAGES, type Language, loadLocale } from "../wording/locale.js";
import { sentencesIn } from "../wording/sentences.js";
import { isFile } from "./config.js";

/** What a config is made from. */
export interface TemplateSubject {
	/** Survey files, named or by pattern. */
	data?: readonly string[] | undefined;
	codebook?: string | undefined;
	/** Of workbooks with several: name or number of the sheet that holds the answers. */
	sheet?: string | undefined;
	/** Of texts that are not UTF-8. */
	encoding?: string | undefined;
	/** Of the comments; English by default. */
	language?: Language | undefined;
}

/**
 * A config with every key, each with a comment; with survey files, about their topics and groups.
 * @param path Where the config will lie: paths in it are taken from its folder.
 * @throws UserError where the files cannot be read or are of no known survey.
 * @example
 * import { samplePath } from "talis-pd";
 * import { configTemplate } from "talis-pd/report";
 *
 * const config = await configTemplate("report.yaml", { data: [samplePath()] });
 * console.log(config.split("\n").find((line) => line.startsWith("comparisons:"))); // comparisons: [gender]
 */
export async function configTemplate(path: string, subject: TemplateSubject = {}): Promise<string> {
	const { data = [], codebook: named, sheet, encoding, language = "en" } = subject;
	const template = inAllLanguages(readAsset("report/report.yaml"), language);
	const [first] = await findFiles(data);
	if (first === undefined) return commentsIn(template, language);
	const { columns, name } = await withSource(first, { sheet, encoding }, async (source) => source);
	const codebook = chooseCodebook(named ?? null, columns, name);
	const groups = Object.entries(codebook.groups)
		.filter(([id, { variable }]) => !tellsSamples(id) && columnIndex(columns, variable) !== undefined)
		.map(([id]) => id);
	const from = (file: string) =>
		isAbsolute(file) ? file : relative(dirname(path), file).replaceAll("\\", "/");
	const dataFrom = (name: string) => (isAddress(name) ? relocated(name, from) : from(name));
	const by = groups.includes("gender") ? ["gender"] : groups.slice(0, 1);
	const values = {
		data: data.length === 1 ? dataFrom(data[0] as string) : data.map(dataFrom),
		...(named === undefined ? {} : { codebook: isFile(named) ? from(named) : named }),
		topics: shownTopics(codebook),
		breakdowns: by,
		comparisons: by,
		gaps: codebook.gaps !== undefined,
	};
	const about = Object.entries(values).reduce((text, [key, value]) => withValue(text, key, value), template);
	const english = about
		.replace(/^# activities, focus, .*$/m, `# ${topicNames(codebook).join(", ")}`)
		.replace(
			/^# Tables by group: .*$/m,
			`# Tables by group: ${[...groups, "or any column of the file"].join(", ")}.`,
		);
	return commentsIn(english, language);
}

/** A config whose comments are in a language; a key that is commented out stays. */
function commentsIn(template: string, language: Language): string {
	const translate = sentencesIn("drafts", language);
	const within = (line: string) =>
		line.replace(/(\s# )(.*)$/, (_, mark, text) => `${mark}${translate(text)}`);
	return template.replace(/^# (.*)$/gm, (_, text: string) => `# ${within(translate(text))}`);
}

/** The template with a title in every language, and a page in all of them that opens in the first. */
function inAllLanguages(template: string, first: Language): string {
	const languages = [first, ...LANGUAGES.filter((language) => language !== first)];
	const titles = languages.map((language) => [language, loadLocale(language).text("report.template.title")]);
	const title = stringify({ title: Object.fromEntries(titles) }, { lineWidth: 0 });
	return withValue(
		template.replace(/^title:\n(?: {2}.*\n)+/m, () => title),
		"languages",
		languages,
	);
}

function withValue(text: string, key: string, value: unknown): string {
	const written = stringify(value, {
		lineWidth: 0,
		flowCollectionPadding: false,
		collectionStyle: "flow",
	}).trim();
	return text.replace(new RegExp(`^(# )?${key}: .*$`, "m"), () => `${key}: ${written}`);
}

/** The topics that the codebook shows by default and those of its gaps; otherwise all. */
function shownTopics(codebook: Codebook): string[] {
	const { defaults, gaps } = codebook;
	if (defaults === undefined) return topicNames(codebook);
	return [...new Set([...defaults.topics, ...Object.values(gaps ?? {})])] as string[];
}

/** A grid by its name, which stands for its topics. */
function topicNames({ topics, grids = {} }: Codebook): string[] {
	const inGrids = Object.values(grids).flatMap(({ topics: own }) => Object.keys(own));
	return [...Object.keys(topics).filter((topic) => !inGrids.includes(topic)), ...Object.keys(grids)];
}
