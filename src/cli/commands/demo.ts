import { join } from "node:path";
import { LANGUAGES, type ResultSet, rates, render, samplePath } from "../../index.js";
import { calibrationFrom, listTargets, loadLocale, oneOf, renderReference } from "../../internal.js";
import { checkOutputs, checkWritableFolder, makeFolder, writeTogether } from "../../platform/outputs.js";
import { drawChart } from "../charts.js";
import { hasColor, type Io, terminalLanguage, terminalWidth } from "../io.js";

const TABLES = ["csv", "markdown", "json"] as const;
const ENDINGS = { csv: ".csv", markdown: ".md", json: ".json" } as const;
const CHARTS = [".vl.json", ".svg", ".png"] as const;

/** `talis-pd demo`: the main job on the shipped sample, with the article's figures beside ours. */
export async function demoCommand(options: { out: string; lang?: string }, io: Io): Promise<void> {
	const shown = io.stdout.isTTY === true ? terminalLanguage(io) : undefined;
	checkWritableFolder(options.out);
	const language = oneOf("language", options.lang ?? shown ?? "en", LANGUAGES);
	const topics = ["activities", "focus"];
	const results = await rates([samplePath()], { topics, language });
	const view = { locale: loadLocale(language), width: terminalWidth(io.stdout), color: hasColor(io) };
	const { width, color } = view;
	io.stdout.write(await render(results, { width, color }));
	const article = listTargets(calibrationFrom().calibration).filter(({ source }) => source === "article");
	io.stdout.write(`\n${renderReference(results, article, view)}\n`);
	makeFolder(options.out);
	const files = [];
	for (const topic of topics)
		files.push(
			...(await filesOf(await rates([samplePath()], { topics: [topic] }), join(options.out, topic))),
		);
	checkOutputs(files.map(([file]) => file));
	writeTogether(files);
	io.stdout.write(`\n${view.locale.text("demo.wrote", { folder: options.out })}\n`);
}

/** Tables and charts of one topic, in English as all files are unless asked otherwise. */
async function filesOf(results: ResultSet, path: string): Promise<[string, string | Uint8Array][]> {
	const files: [string, string | Uint8Array][] = [];
	for (const format of TABLES) files.push([path + ENDINGS[format], await render(results, { format })]);
	for (const ending of CHARTS) files.push([path + ending, await drawChart(results, path + ending)]);
	return files;
}
