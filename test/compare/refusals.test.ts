import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
	type CompareSpec,
	compare,
	describeError,
	gaps,
	means,
	published,
	rates,
	UserError,
} from "../../src/index.js";
import { failedGate } from "../../src/results/gates.js";
import { root } from "../support/golden.js";
import { ownCodebook } from "../support/own-survey.js";
import { csv, file, makeRows } from "../support/survey.js";

const sample = join(root, "data/samples/synthetic-kazakhstan-2018.csv");
const two = file(csv(makeRows(100, 3)));

const row = (item: string, more: object = {}) => ({
	...{ topic: "focus", item, group: { country: "KAZ" }, base: "participants", statistic: "percent" },
	...{ estimate: 50, se: 1, status: "ok", ...more },
});
const results = (cycle: number, rows: object[], more: object = {}) =>
	file(
		JSON.stringify({
			schema: "talis-pd/results@1",
			codebook: { id: `talis-${cycle}-teacher` },
			settings: { cycle },
			estimates: rows,
			...more,
		}),
		".json",
	);

async function refusal(run: () => unknown): Promise<string> {
	try {
		await run();
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		expect((error as UserError).exitCode).toBe(2);
		return describeError(error as UserError, "commandLine");
	}
	throw new Error("was not refused");
}

describe("what cannot be compared is refused in a sentence", () => {
	const old = () => results(2018, [row("subject")]);
	const recent = (rows = [row("subject")]) => results(2024, rows);
	test.each([
		["nothing to compare by", () => compare([sample]), /--between/],
		[
			"a group with one level",
			() => compare([sample], { between: "gender", where: ["gender=female"] }),
			/one level here, female/,
		],
		["a country with itself", () => compare([sample], { between: "country" }), /one level here, KAZ/],
		[
			"an unknown reference",
			() => compare([sample], { between: "gender", reference: "femal" }),
			/did you mean female/,
		],
		[
			"an average between genders",
			() => compare([sample], { between: "gender", reference: "average:oecd" }),
			/only between countries/,
		],
		[
			"an average of nobody there",
			() => rates([sample], { average: "FRA,ITA" }),
			/no member of the average FRA,ITA/,
		],
		[
			"an average without countries",
			() => rates([sample], { average: "oecd", pool: ["country"] }),
			/not by country/,
		],
		["no average", () => rates([sample], { average: "OECDX" }), /neither an average nor a country code/],
		[
			"an average among countries",
			() => rates([sample], { average: ["oecd", "all"] }),
			/"oecd" is an average by itself/,
		],
		["too many pairs", () => compare([sample], { between: "items", topics: ["focus"] }), /105 pairs/],
		["one cycle", () => compare([old(), old()], { between: "cycle" }), /all files are of cycle 2018/],
		[
			"a cycle's figure in two files",
			() => compare([old(), old(), recent()], { between: "cycle" }),
			/has figures of the same teachers as .+give each sample of a cycle once/,
		],
		[
			"cycles without a common item",
			() => compare([old(), recent([row("ict")])]),
			/share no item of a group .*2018 has no figure of .*ict/,
		],
		[
			"another base",
			() => compare([old(), recent([row("subject", { base: "all" })])]),
			/differ in base.+--allow-mismatch base/,
		],
		[
			"results of other teachers",
			() =>
				compare([
					old(),
					results(2024, [row("subject")], { settings: { cycle: 2024, where: ["gender=female"] } }),
				]),
			/differ in their teachers: some are made without --where, others --where gender=female — make both/,
		],
		[
			"results of other answers",
			() =>
				compare([results(2018, [row("subject")], { settings: { cycle: 2018, yes: ["3", "4"] } }), recent()]),
			/differ in their answers counted as yes: some are made --yes 3 --yes 4, others without --yes/,
		],
		[
			"groups of saved results",
			() => compare([old(), recent()], { between: "gender" }),
			/give the survey file/,
		],
		[
			"a pooled average of saved results",
			() => compare([recent()], { between: "country", average: "KAZ", averageKind: "pooled" }),
			/teachers' weights/,
		],
		["another schema", () => compare([results(2018, [], { schema: "x@2" }), recent()]), /schema "x@2"/],
		[
			"a row without a figure",
			() => compare([results(2018, [{ topic: "focus" }]), recent()]),
			/estimates\.0\.item/,
		],
		["no JSON", () => compare([file("{", ".json"), recent()]), /is no JSON/],
		["a benchmark that is none", () => rates([sample], { benchmark: ["KAZ"] }), /not a benchmark/],
		["an unpublished cycle", () => rates([sample], { benchmark: ["KAZ@2009"] }), /2009/],
		["an unpublished country", () => published({ countries: ["ATL"] }), /no published figures of "ATL"/],
		["no measure", () => means([sample], { variables: ["T9X"] }), /no column T9X/],
		["a quantile beyond 1", () => means([sample], { quantiles: ["25"] }), /not a quantile/],
		["gaps of one topic", () => gaps([sample], { topics: ["needs"] }), /two topics, not "needs"/],
		[
			"gaps of topics without common items",
			() => gaps([sample], { topics: ["support", "barriers"] }),
			/no topic both as a need and as an offer/,
		],
		["a base that gaps do not have", () => gaps([sample], { base: "impact" }), /not a value of --base/],
		[
			"a constant for linearisation",
			() => rates([sample], { lonelyPsu: "remove" }),
			/does not fit the variance method fay-brr/,
		],
	] as [string, () => unknown, RegExp][])("%s", async (_, run, message) => {
		expect(await refusal(run)).toMatch(message);
	});
});

describe("cycles by their results alone", () => {
	test("may be of other countries and populations, by condition", async () => {
		const settings = { cycle: 2024, where: ["CNTRY=KAZ", "population = isced2"] };
		const one = results(2018, [row("subject")], { settings: { cycle: 2018, where: ["country=KAZ,FRA"] } });
		const { comparisons } = await compare([one, results(2024, [row("subject")], { settings })]);
		expect(comparisons).toHaveLength(1);
	});

	test("later minus earlier, tested only where the codebooks say that items mean the same", async () => {
		const early = results(2018, [
			row("subject"),
			row("school-management"),
			row("ict", { group: { country: "FRA" } }),
		]);
		const late = results(2024, [
			row("subject", { estimate: 53, se: 2 }),
			row("school-management"),
			row("ai"),
			row("subject", { group: { country: "EST" } }),
		]);
		const { comparisons, notes } = await compare([early, late]);
		const [subject, management] = comparisons;
		expect([subject?.difference, subject?.se, subject?.kind, subject?.status]).toEqual([
			3,
			Math.sqrt(5),
			"independent",
			"ok",
		]);
		expect(subject?.between).toEqual({ variable: "cycle", a: "2024", b: "2018" });
		expect([management?.status, management?.difference, management?.a.estimate]).toEqual([
			"not-comparable",
			null,
			50,
		]);
		expect(notes.map(({ code }) => code)).toEqual([
			"cycle-not-comparable",
			"cycle-unmatched",
			"cycle-unmatched-groups",
			"cycle-unmatched-groups",
		]);
		expect(notes[3]?.text).toContain("in 2024 (1): France.");
		expect(notes[1]?.text).toContain(
			"(1): Artificial intelligence in teaching and learning (Topics covered).",
		);
		expect(notes[2]?.text).toContain("(1): Estonia.");
		const forced = await compare([late, early], { forceTrend: true });
		expect(forced.comparisons[1]?.difference).toBe(0);
		const [said] = forced.notes;
		expect([said?.code, said?.detail?.items]).toEqual(["cycle-forced", "focus:school-management"]);
	});

	test("an item that only the earlier cycle has is named, too", async () => {
		const { notes } = await compare([
			results(2018, [row("subject"), row("ict"), row("parents", { topic: "needs" })]),
			results(2024, [row("subject")]),
		]);
		expect(notes.map(({ code, detail }) => [code, detail?.items, detail?.earlier])).toContainEqual([
			"cycle-unmatched",
			"focus:ict, needs:parents",
			2024,
		]);
	});

	test("the average of a change is the mean of the members' changes", async () => {
		const of = (cycle: number, kaz: number, fra: number) =>
			results(cycle, [
				row("subject", { estimate: kaz }),
				row("subject", { estimate: fra, group: { country: "FRA" } }),
			]);
		const { comparisons } = await compare([of(2018, 40, 50), of(2024, 44, 60)], { average: "KAZ,FRA" });
		const mean = comparisons.find(({ group }) => group.country === "average:list-2");
		expect([mean?.difference, mean?.a.estimate, mean?.b.estimate]).toEqual([7, 52, 45]);
		expect(mean?.se).toBeCloseTo(1, 12);
	});

	test("what is read back survives a round trip", async () => {
		const first = await rates([sample], { topics: ["focus"] });
		const path = file(JSON.stringify(first), ".json");
		const later = results(
			2024,
			first.estimates.filter(({ item }) => item === "subject"),
		);
		const { comparisons } = await compare([path, later]);
		expect([comparisons[0]?.difference, comparisons[0]?.df]).toEqual([
			0,
			expect.closeTo(2 * (first.estimates[0]?.df as number), 9),
		]);
	});
});

test("hidden sides hide a comparison, and complementary suppression hides a second group", async () => {
	const plain = await rates([two], { by: ["gender"], pool: ["population"], items: ["coaching"] });
	const guarded = await rates([two], {
		by: ["gender"],
		pool: ["population"],
		items: ["coaching"],
		protect: true,
	});
	for (const [place, one] of plain.estimates.entries()) {
		const partner = plain.estimates.filter(({ group }) => group.country === one.group.country);
		const alone = partner.filter(({ status }) => status !== "ok").length === 1;
		expect(guarded.estimates[place]?.status).toBe(alone && one.status === "ok" ? "protected" : one.status);
	}
	expect(guarded.estimates.some(({ status }) => status === "protected")).toBe(true);
	const { comparisons } = await compare([two], {
		between: "gender",
		pool: ["population"],
		items: ["coaching"],
	});
	expect(comparisons.map(({ status, difference, p }) => [status, difference, p])).toContainEqual([
		"suppressed",
		null,
		null,
	]);
	expect(failedGate(plain, "suppressed")?.exitCode).toBe(3);
	expect(failedGate(await rates([sample]), "suppressed")).toBeUndefined();
});

test("NCES's rule hides fewer than 62 teachers", async () => {
	const { estimates } = await rates([two], { items: ["coaching"], pool: ["population"], suppress: "nces" });
	expect(estimates.every(({ n, status }) => (status === "few-teachers") === (n as number) < 62)).toBe(true);
	expect(estimates.some(({ status }) => status === "few-teachers")).toBe(true);
});

test("weights alone: the variance of a simple random sample, and a note that says so", async () => {
	const path = file("w,low\n1,1\n1,1\n1,2\n1,2\n1,1\n1,2\n");
	const codebook = ownCodebook({ weight: "w", method: "weights-only" });
	const { estimates, notes, design } = await rates([path], { codebook, topics: ["things"], by: [] });
	// n/(n−1) · Σ (y − p)²/n² = p(1−p)/(n−1).
	expect(estimates[0]?.se).toBeCloseTo(100 * Math.sqrt(0.25 / 5), 10);
	expect([design.method, design.replicates, estimates[0]?.df]).toEqual(["weights-only", 0, 5]);
	expect(notes.map(({ code }) => code)).toContain("weights-only");
});

test("cv and effective sample size on request", async () => {
	const { estimates } = await rates([sample], { items: ["coaching"], extras: ["cv,n-eff"] });
	const [one] = estimates;
	expect(one?.cv).toBeCloseTo((100 * (one?.se as number)) / (one?.estimate as number), 12);
	expect(one?.nEff).toBeCloseTo((one?.n as number) / (one?.deff as number), 9);
});

test("published figures are results: Kazakhstan's focus of 2024 beside the averages", () => {
	const { estimates, design } = published({ topics: ["focus"], countries: ["KAZ,average"], cycle: 2024 });
	expect(design.method).toBe("published");
	const subject = estimates
		.filter(({ item }) => item === "subject")
		.map(({ group, estimate }) => [group.country, estimate?.toFixed(1)]);
	expect(subject).toContainEqual(["KAZ", "93.1"]);
	expect(subject).toContainEqual(["average:oecd-27", "73.7"]);
	expect(estimates.every(({ n, base }) => n === null && base === "participants")).toBe(true);
});

test("a benchmark of the file's own system and cycle is shown and not tested", async () => {
	const { comparisons, estimates } = await rates([sample], {
		items: ["focus:ict"],
		benchmark: ["KAZ@2018", "KAZ@2024"],
	});
	expect(comparisons.map(({ kind, p }) => [kind, p === null])).toEqual([
		["same-data", true],
		["independent", false],
	]);
	expect(estimates.map(({ group }) => group.country)).toEqual(["KAZ", "KAZ@2018", "KAZ@2024"]);
	expect(comparisons[1]?.pAdjusted).toBe(comparisons[1]?.p);
});

describe("saved results", () => {
	const of = (country: string, estimate: number, more: object = {}) =>
		row("subject", { group: { country }, estimate, ...more });

	test("an average among them is no sample of its own", async () => {
		const saved = results(2018, [of("FRA", 50), of("ITA", 60), of("average:oecd-2", 55, { se: 0.7 })]);
		const { comparisons } = await compare([saved], { between: "country" });
		expect(comparisons.map(({ between: { a, b } }) => [a, b])).toEqual([["FRA", "ITA"]]);
		const against = await compare([saved], { between: "country", reference: "average:oecd" });
		expect(against.comparisons.map(({ kind }) => kind)).toEqual(["part-whole", "part-whole"]);
	});

	test("a named reference is kept beside --average", async () => {
		const saved = results(2018, [of("FRA", 50), of("ITA", 60)]);
		const { comparisons } = await compare([saved], { between: "country", reference: "FRA", average: "oecd" });
		expect(comparisons.map(({ between: { a, b } }) => [a, b])).toEqual([["ITA", "FRA"]]);
	});

	test("what may differ does so only where nothing agrees", async () => {
		const level = (population: string, estimate: number) =>
			row("subject", { group: { country: "KAZ", population }, estimate });
		const { comparisons } = await compare(
			[
				results(2018, [level("isced1", 10), level("isced2", 20)]),
				results(2024, [level("isced1", 30), level("isced2", 50)]),
			],
			{ allowMismatch: ["population"] },
		);
		expect(comparisons.map(({ difference }) => difference)).toEqual([20, 30]);
	});

	test.each([
		[undefined, null],
		["none", 10],
	] as const)("hidden rows that bring numbers, --suppress %s", async (suppress, difference) => {
		const few = of("KAZ", 50, { status: "few-teachers" });
		const { comparisons } = await compare([results(2018, [few]), results(2024, [of("KAZ", 60)])], {
			suppress,
		});
		expect(comparisons.map((one) => one.difference)).toEqual([difference]);
	});

	test.each([
		[{ benchmark: ["KAZ@2024"] }, /--benchmark does not change/],
		[{ variables: ["types"] }, /--variable does not change/],
		[{ protect: true }, /--protect does not change/],
		[{ scale: 2 }, /--scale does not change/],
		[{ between: "population", average: "all" }, /only between countries or cycles/],
		[{ between: "country", average: "all", pairs: "all" }, /only between countries or cycles/],
	] as [CompareSpec, RegExp][])("refuse what they cannot answer: %j", async (spec, message) => {
		const saved = results(2018, [of("FRA", 50), of("ITA", 60)]);
		expect(await refusal(() => compare([saved], { between: "country", ...spec }))).toMatch(message);
	});
});

test("gaps are between the two topics in the codebook's order, or between two others in the order asked", async () => {
	const usual = await gaps([sample], { items: ["ict"] });
	for (const topics of [
		["needs", "focus"],
		["focus", "needs"],
	]) {
		expect((await gaps([sample], { items: ["ict"], topics })).comparisons).toEqual(usual.comparisons);
	}
});

test("a part of a member, whose share nobody can tell, is not tested against its average", async () => {
	const country = (code: string) => row("subject", { group: { country: code } });
	const codes = ["BEL", "BFL", "FRA", "ITA"];
	const tested = await compare([results(2018, codes.map(country))], {
		between: "country",
		reference: "average:oecd",
	});
	const text = ({ code }: { code: string }) => code === "part-untested";
	expect(tested.notes.filter(text).map((note) => note.text)).toEqual([
		expect.stringMatching(/^A part of a country is not tested .*: BFL − oecd-3-of-31\.$/),
	]);
	const among = await compare([results(2018, codes.map(country))], { between: "country", reference: "FRA" });
	expect(among.notes.filter(text)).toEqual([]);
});
