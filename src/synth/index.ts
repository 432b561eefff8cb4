import type { Codebook } from "../codebook/definition/schema.js";
import { answerTopic } from "./answers/answer-topic.js";
import { addBackground } from "./answers/background.js";
import { addForms } from "./answers/forms.js";
import { Nonresponse, nonresponseStreams } from "./answers/nonresponse.js";
import { Propensities } from "./answers/propensity.js";
import { addScales } from "./answers/scales.js";
import { addScoreColumns } from "./answers/scores.js";
import type { Calibration, SystemCalibration } from "./calibration/calibration.js";
import { type Constants, type FileFormat, headerLine, teacherLines } from "./csv-lines.js";
import { random } from "./sample/random.js";
import { type Sampling, samplingOf } from "./sample/sampling.js";
import { drawSchools } from "./sample/schools-and-weights.js";
import { type FileSize, systemsOf } from "./sample/systems.js";
import { type Teachers, teachersOf } from "./sample/teachers.js";

export type { Calibration } from "./calibration/calibration.js";
export { listTargets, parseCalibration } from "./calibration/parse.js";

/** Size of a synthetic file, with its seed. */
export interface SyntheticSize extends FileSize {
	/** The calibration's where absent. */
	seed?: number | undefined;
	/** Columns in all, filler included. */
	columns?: number | undefined;
	/** 0–13 decimals of the weights; the calibration's where absent. */
	weightDecimals?: number | undefined;
}

/** One system's made-up teachers. */
export interface SyntheticSystem {
	code: string;
	/** Marker, country and population: the same on each of its rows. */
	constants: Constants;
	teachers: Teachers;
}

/**
 * Makes teachers who do not exist, with a design and rates like those of a real survey: one system at a
 * time, so that only one is in memory. Same calibration, codebook and options: same result everywhere.
 * The weighted rates over valid answers meet the calibration's targets as nearly as whole teachers
 * allow, to one decimal in samples of ordinary size.
 * @throws UserError for sizes that no design fits.
 * @example
 * import { calibrationFrom, synthesize } from "talis-pd/synth";
 *
 * const { calibration, codebook } = calibrationFrom();
 * for (const { code, teachers } of synthesize(calibration, codebook, { teachers: 500, schools: 40 })) {
 * 	console.log(code, teachers.school.length); // KAZ 500
 * }
 */
export function* synthesize(
	calibration: Calibration,
	codebook: Codebook,
	options: SyntheticSize = {},
): Generator<SyntheticSystem> {
	const seed = options.seed ?? calibration.seed;
	const decimals = options.weightDecimals ?? calibration.file["weight-decimals"];
	for (const system of systemsOf(calibration, codebook, options, seed)) {
		yield {
			code: system.code,
			constants: constantsOf(system, codebook),
			teachers: drawTeachers(system, codebook, decimals, seed),
		};
	}
}

/**
 * The same as the lines of a CSV file, header first, each with its line feed; memory stays that of one
 * system however long the file.
 * @throws UserError for sizes that no design fits and for too few columns.
 */
export function* surveyLines(
	calibration: Calibration,
	codebook: Codebook,
	options: SyntheticSize = {},
): Generator<string> {
	const format: FileFormat = {
		columns: options.columns,
		separator: calibration.file.separator,
		weightDecimals: options.weightDecimals ?? calibration.file["weight-decimals"],
		seed: options.seed ?? calibration.seed,
	};
	let started = false;
	for (const { constants, teachers } of synthesize(calibration, codebook, options)) {
		if (!started) yield headerLine(constants, teachers, codebook, format);
		started = true;
		yield* teacherLines(constants, teachers, codebook, format);
	}
}

function drawTeachers(
	system: SystemCalibration,
	codebook: Codebook,
	decimals: number,
	seed: number,
): Teachers {
	const size = { ...system, population: system.represents.teachers };
	const sampling = samplingOf(codebook);
	const schools = drawSchools(size, sampling.replication, decimals, random(seed, system.code, "schools"));
	const teachers = teachersOf(schools);
	addStrata(teachers, sampling);
	addIds(teachers, codebook);
	addForms(teachers, codebook);
	addBackground(teachers, system, seed);
	const topics = Object.keys(system.topics);
	const length = topics.reduce((sum, key) => sum + Object.keys(codebook.topics[key]?.items ?? {}).length, 0);
	const questionnaire = {
		codebook,
		calibration: system,
		teachers,
		propensities: new Propensities(teachers, system.correlation, seed, system.code),
		nonresponse: new Nonresponse(teachers, length, system.breakoff, nonresponseStreams(seed, system.code)),
	};
	topics.reduce((place, topic) => answerTopic(questionnaire, topic, place), 0);
	addScales(teachers, system, codebook);
	addScoreColumns(teachers, system, seed);
	return teachers;
}

function constantsOf(system: SystemCalibration, codebook: Codebook): Constants {
	const { country, population } = codebook.ids;
	const values = codebook.groups.population?.values;
	const code = typeof values === "object" ? values[system.population]?.codes?.[0] : undefined;
	const constants: [string | undefined, string][] = [
		[codebook.synthetic ?? "SYNTHETIC", "1"],
		[country, system.code],
		[population, code ?? system.population],
	];
	return new Map(constants.flatMap(([name, value]) => (name === undefined ? [] : [[name, value]])));
}

/** Strata are numbered from 1. */
function addStrata(teachers: Teachers, { strata }: Sampling): void {
	if (strata === undefined) return;
	const number = (place: number): number => (teachers.schools[place]?.zone ?? 0) + 1;
	teachers.columns.set(strata, teachers.school.map(number));
}

/** School ids from 1001; a teacher's id starts with the school's. */
function addIds(teachers: Teachers, codebook: Codebook): void {
	const { school, teacher } = codebook.ids;
	const most = Math.max(...teachers.schools.map((each) => each.teachers));
	const base = 10 ** Math.max(2, String(most).length);
	const ids = teachers.school.map((place) => 1001 + place);
	let before = -1;
	let number = 0;
	const own = ids.map((id) => {
		number = id === before ? number + 1 : 1;
		before = id;
		return id * base + number;
	});
	if (school !== undefined) teachers.columns.set(school, ids);
	if (teacher !== undefined) teachers.columns.set(teacher, own);
}
