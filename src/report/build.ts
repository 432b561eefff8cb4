import { resolve } from "node:path";
import { UserError } from "../base/errors.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { pngOf, withFont } from "../chart/index.js";
import { checkOutputFolder } from "../platform/outputs.js";
import { takingTurns } from "../platform/turns.js";
import { renderText } from "../present/index.js";
import { findFiles } from "../read/find-files.js";
import { isOfChange, parseGate } from "../results/gates.js";
import type { ResultSet } from "../results/result-set.js";
import { noValue } from "../settings/values.js";
import { loadLocale } from "../wording/locale.js";
import { analyse, type Report } from "./analyse.js";
import { checkKinds, type Drawn, drawn, sharedPath } from "./charts.js";
import { type ReportConfig, type ReportOverrides, readConfig } from "./config.js";
import { checkFolder, writeFolder } from "./folder.js";
import { checkInside } from "./inside.js";
import { type Files, MANIFEST, manifestText } from "./manifest.js";
import { reportPage } from "./page/index.js";
import { summaryText } from "./summary.js";
import { reportTables, tablePath } from "./tables.js";
import { workbookOf } from "./workbook.js";

/**
 * Builds a year's report. Everything is computed before the first byte is written, and the folder replaces an earlier
 * one as a whole.
 * @param path The config, YAML.
 * @param folder Where the report goes.
 * @returns The results, and the gates they are to pass.
 * @throws UserError for anything the caller can correct; an earlier report then stays unchanged.
 */
export async function buildReport(
	path: string,
	folder: string,
	overrides: ReportOverrides = {},
	run: RunOptions = {},
): Promise<{ results: ResultSet; gates: readonly string[]; files: Files }> {
	const own = readConfig(path);
	if (overrides.allowOutside !== true) await checkInside(own);
	const config = withOverrides(own, overrides);
	checkGates(config);
	checkKinds(config);
	checkFolder(folder);
	checkOutputFolder(folder, await inputsOf(config));
	const reports = await analyse(config, run);
	const files = await filesOf(config, reports as [Report, ...Report[]], run);
	writeFolder(folder, files);
	return { results: (reports[0] as Report).results, gates: config["fail-on"], files };
}

/** Everything that is read. */
async function inputsOf({ path, data, codebook, baseline }: ReportConfig): Promise<string[]> {
	const named = [codebook, baseline].filter((file) => file !== undefined);
	return [path, ...(await findFiles(data)), ...named];
}

function withOverrides(
	config: ReportConfig,
	{ baseline, failOn = [], asOf, language }: ReportOverrides,
): ReportConfig {
	if (asOf !== undefined && !isDay(asOf)) {
		throw noValue("asOf", `"${asOf}"`, "write a day as YYYY-MM-DD");
	}
	return {
		...config,
		...(baseline === undefined ? {} : { baseline: resolve(baseline) }),
		...(asOf === undefined ? {} : { "as-of": asOf }),
		...(language === undefined ? {} : { languages: [...new Set([language, ...config.languages])] }),
		"fail-on": [...config["fail-on"], ...failOn],
	};
}

function isDay(text: string): boolean {
	const day = new Date(`${text}T00:00:00Z`);
	return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Refuses gates that cannot be checked before the work begins. */
function checkGates({ baseline, "fail-on": gates }: ReportConfig): void {
	for (const gate of gates) {
		parseGate(gate);
		if (isOfChange(gate) && baseline === undefined) {
			throw new UserError(say`${option("failOn", gate)} needs an earlier result to compare with`, {
				hint: say`name last year's results.json with ${option("baseline")}, or as baseline in the config`,
			});
		}
	}
}

async function filesOf(
	config: ReportConfig,
	reports: [Report, ...Report[]],
	{ signal, onProgress }: RunOptions,
): Promise<Files> {
	const [first] = reports;
	const view = { locale: loadLocale(first.language), width: 80, color: false };
	const turn = takingTurns(signal);
	await turn();
	const tables = reportTables(first);
	await turn();
	const workbook = workbookOf({ tables, whole: first.results, language: first.language }, signal);
	// It is awaited last; an earlier failure comes from elsewhere.
	workbook.catch(() => {});
	const charts: Drawn[][] = [];
	for (const [place, report] of reports.entries()) {
		const onDrawn = (done: number, all: number) =>
			onProgress?.({ file: "charts", read: place * all + done, size: reports.length * all, unit: "charts" });
		charts.push(await drawn(report, signal, onDrawn));
	}
	await turn();
	const files = new Map<string, string | Uint8Array>([
		["index.html", await reportPage(reports, charts)],
		["results.json", renderText("json", first.results, view)],
		["summary.md", summaryText(first)],
	]);
	for (const { name, results } of tables) {
		await turn();
		files.set(tablePath(name), renderText("csv", results, view));
	}
	for (const { id, spec, svgs, share } of charts[0] ?? []) {
		await turn();
		const [svg = ""] = svgs;
		files.set(`charts/${id}.vl.json`, `${JSON.stringify(spec, null, "\t")}\n`);
		files.set(`charts/${id}.svg`, await withFont(svg));
		files.set(`charts/${id}.png`, await pngOf(svg));
		await turn();
		files.set(sharedPath(id), await pngOf(await share(), { scale: 1 }));
	}
	files.set("tables.xlsx", await workbook);
	await turn();
	files.set(MANIFEST, manifestText(config, first.results, files));
	return files;
}
