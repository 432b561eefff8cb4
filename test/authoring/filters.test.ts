import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { codebooks, means, rates } from "../../src/index.js";
import { bytesFile } from "../support/read.js";
import { type SavCell, type SavVariable, sav } from "../support/sav.js";
import { file } from "../support/survey.js";
import { sheetRows, workbook } from "../support/xlsx.js";

type Row = Record<string, string>;

/** The same numbers between 0 and 1 each time. */
function chances(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1103515245 + 12345) % 2147483648;
		return state / 2147483648;
	};
}

function rowsOf(count: number, make: (chance: () => number, row: number) => Row, seed = 7): Row[] {
	const chance = chances(seed);
	return Array.from({ length: count }, (_, row) => ({ id: `${row + 1}`, ...make(chance, row) }));
}

const yesNo = (chance: () => number, share = 0.5) => (chance() < share ? "yes" : "no");
const battery = (name: string, parts: string, answer: (part: string) => string): Row =>
	Object.fromEntries([...parts].map((part) => [`${name}${part}`, answer(part)]));

function csv(rows: readonly Row[]): string {
	const head = Object.keys(rows[0] as Row);
	return file(`${[head, ...rows.map((row) => head.map((name) => row[name]))].map(String).join("\n")}\n`);
}

function xlsx(rows: readonly Row[]): string {
	const head = Object.keys(rows[0] as Row);
	const cells = [head, ...rows.map((row) => head.map((name) => row[name] ?? ""))];
	return file(workbook({ sheets: [{ name: "Answers", rows: sheetRows(cells) }] }), ".xlsx");
}

/** Yes, no and the rest in codes, with labels. */
function spss(rows: readonly Row[], without: [number, string] | null): string {
	const head = Object.keys(rows[0] as Row);
	const values: [number, string][] = [[1, "Yes"], [2, "No"], ...(without === null ? [] : [without])];
	const variables = head.map((name): SavVariable => (name === "id" ? { name } : { name, values }));
	const code = (text = ""): SavCell =>
		text === "yes" ? 1 : text === "no" ? 2 : text === "" ? (without?.[0] ?? null) : Number(text);
	return bytesFile(sav({ variables, rows: rows.map((row) => head.map((name) => code(row[name]))) }), "sav");
}

async function drafted(path: string) {
	const { text, decisions, questions } = await codebooks.draft(path);
	const codebook = file(text, ".yaml");
	const { estimates, bases } = await rates([path], { codebook, suppress: "none" }).then((found) => ({
		estimates: found.estimates,
		bases: Object.fromEntries(found.estimates.map(({ item, base }) => [item, base])),
	}));
	const found = Object.fromEntries(estimates.map(({ item, estimate, n }) => [item, [estimate, n]]));
	return { codebook, parsed: parse(text), decisions, questions, found, bases };
}

const CLASSIC = rowsOf(300, (chance) => {
	const took = yesNo(chance, 0.6);
	return {
		town: yesNo(chance),
		q6: took,
		...battery("q6", "abcdef", () => (took === "yes" ? yesNo(chance, 0.4) : "")),
		q8: yesNo(chance, 0.3),
	};
});
const ASKED = CLASSIC.filter(({ q6 }) => q6 === "yes").length;

describe("a question asked only of those who said yes", () => {
	test.each<[string, () => string]>([
		["blanks in a text", () => csv(CLASSIC)],
		["blanks in a workbook", () => xlsx(CLASSIC)],
		["system-missing in SPSS", () => spss(CLASSIC, null)],
		["-1 not applicable in SPSS", () => spss(CLASSIC, [-1, "Not applicable"])],
		["99 not asked in SPSS", () => spss(CLASSIC, [99, "Not applicable (filter)"])],
	])("%s", async (_, path) => {
		const { bases, decisions, questions, found } = await drafted(path());
		expect(bases).toMatchObject({ town: "all", q6: "all", q6a: "q6", q6f: "q6", q8: "all" });
		expect(found.q6a?.[1]).toBe(ASKED);
		expect(decisions.filter((line) => /asked only of/.test(line))).toEqual([
			expect.stringMatching(
				/^q6a, q6b, q6c, q6d, q6e, q6f: asked only of those who answered "[Yy]es" to "q6"/,
			),
		]);
		expect(questions).toEqual([]);
	});

	test("the base of all counts those who were routed past as no", async () => {
		const path = csv(CLASSIC);
		const { codebook } = await drafted(path);
		const { estimates } = await rates([path], { codebook, base: "all", items: ["q6a"] });
		expect(estimates[0]?.n).toBe(300);
	});

	test("boxes of those who were not asked are no answers", async () => {
		const rows = rowsOf(200, (chance) => {
			const took = yesNo(chance, 0.6);
			return { took, ...battery("kind_", "12345", () => (took === "yes" && chance() < 0.5 ? "x" : "")) };
		});
		const { bases, found } = await drafted(csv(rows));
		const asked = rows.filter(({ took }) => took === "yes");
		const ticked = asked.filter((row) => row.kind_1 === "x").length;
		expect(bases["kind-1"]).toBe("took");
		expect(found["kind-1"]).toEqual([expect.closeTo((100 * ticked) / asked.length), asked.length]);
	});

	test("several levels, each of which is within the one before", async () => {
		const rows = rowsOf(400, (chance) => {
			const took = yesNo(chance, 0.7);
			const online = took === "yes" ? yesNo(chance, 0.6) : "";
			return {
				took,
				online,
				...battery("p", "123", () => (online === "yes" ? yesNo(chance) : "")),
			};
		});
		const { parsed, bases, decisions } = await drafted(csv(rows));
		expect(bases).toMatchObject({ took: "all", online: "took", p1: "online", p3: "online" });
		expect(parsed.bases.online).toMatchObject({ gate: "online:online", within: "took" });
		expect(decisions.filter((line) => /asked only of/.test(line))).toHaveLength(2);
	});

	test("3 % of mistakes are asked about", async () => {
		const chance = chances(11);
		const rows = CLASSIC.map((row) =>
			Object.fromEntries(
				Object.entries(row).map(([name, text]) => {
					if (!/^q6./.test(name) || chance() >= 0.03) return [name, text];
					return [name, text === "" ? "no" : ""];
				}),
			),
		);
		const { bases, decisions, questions } = await drafted(csv(rows));
		expect(bases).toMatchObject({ q6a: "q6", q6f: "q6" });
		expect(decisions.join()).not.toMatch(/asked only of/);
		expect(questions).toEqual([
			expect.stringMatching(/^q6a, .*q6f: seems to be asked only of those who answered "yes"/),
		]);
	});

	test("a filter that stands after its question is asked about", async () => {
		const rows = CLASSIC.map(({ q6, ...row }) => ({ ...row, q6 }) as Row);
		const { bases, questions } = await drafted(csv(rows));
		expect(bases.q6a).toBe("q6");
		expect(questions).toEqual([
			expect.stringMatching(/^q6a, .*answered only by .*"q6", as a later column tells/),
		]);
	});

	test("two columns that explain it as well are asked about", async () => {
		const rows = CLASSIC.map(
			({ id, q6, ...row }) => ({ id, participant: q6 === "yes" ? "In" : "Out", q6, ...row }) as Row,
		);
		const { bases, questions } = await drafted(csv(rows));
		expect(bases.q6a).toBe("q6");
		expect(questions).toEqual([
			expect.stringMatching(
				/^q6a, .*asked only of those who answered "yes" to "q6", or of those who answered "In" to "participant"/,
			),
		]);
	});
});

describe("what tells who was asked", () => {
	test("a no", async () => {
		const rows = rowsOf(200, (chance) => {
			const took = yesNo(chance, 0.6);
			return { took, ...battery("why", "123", () => (took === "no" ? yesNo(chance) : "")) };
		});
		const { parsed, bases, found } = await drafted(csv(rows));
		expect(found.why1?.[1]).toBe(rows.filter(({ took }) => took === "no").length);
		expect(bases.why1).toBe("took-no");
		expect(parsed.topics.asked.derived["took-no"].define).toBe("not took:took");
		expect(parsed.defaults.topics).not.toContain("asked");
	});

	test("one of several answers", async () => {
		const kinds = ["Online", "In person", "Not at all"];
		const rows = rowsOf(240, (chance) => {
			const how = kinds[Math.floor(chance() * 3)] as string;
			return { how, ...battery("u", "123", () => (how === "Not at all" ? "" : yesNo(chance))) };
		});
		const { parsed, found, decisions } = await drafted(csv(rows));
		expect(found.u1?.[1]).toBe(rows.filter(({ how }) => how !== "Not at all").length);
		expect(Object.values(parsed.topics.asked.items)).toMatchObject([{ option: ["In person", "Online"] }]);
		expect(decisions.join("\n")).toMatch(/asked only of those who answered "In person, Online" to "how"/);
	});

	test("codes 1 and 2 without labels", async () => {
		const rows = rowsOf(200, (chance) => {
			const part = chance() < 0.6 ? "1" : "2";
			return { part, ...battery("z", "123", () => (part === "1" ? yesNo(chance) : "")) };
		});
		const { found, parsed } = await drafted(csv(rows));
		expect(found.z1?.[1]).toBe(rows.filter(({ part }) => part === "1").length);
		expect(Object.values(parsed.topics.asked.items)).toMatchObject([{ variable: "part", option: ["1"] }]);
	});

	test("a number above 0", async () => {
		const rows = rowsOf(300, (chance) => {
			const days = chance() < 0.4 ? "0" : `${1 + Math.floor(chance() * 30)}`;
			return { days, ...battery("z", "123", () => (days === "0" ? "" : yesNo(chance))) };
		});
		const { found } = await drafted(csv(rows));
		expect(found.z1?.[1]).toBe(rows.filter(({ days }) => days !== "0").length);
	});

	test("any activity of a list of them", async () => {
		const rows = rowsOf(300, (chance) => {
			const row = battery("Activities: ", "ABC", () => yesNo(chance, 0.3));
			const any = Object.values(row).includes("yes");
			return { ...row, ...battery("Effects: ", "DEF", () => (any ? yesNo(chance) : "")) };
		});
		const { bases, parsed } = await drafted(csv(rows));
		expect(parsed.bases[bases.d as string].gate).toBe("activities:any");
	});

	test("the item of the same name", async () => {
		const rows = rowsOf(300, (chance) => {
			const row = battery("Took part in: ", "ABC", () => yesNo(chance, 0.5));
			const own = Object.entries(row).map(([name, text]) => [
				name.replace("Took part in", "Was useful"),
				text === "yes" ? yesNo(chance) : "",
			]);
			return { ...row, ...Object.fromEntries(own) };
		});
		const { parsed, decisions } = await drafted(csv(rows));
		const [, useful] = Object.values(parsed.topics) as { base: string }[];
		expect(parsed.bases[useful?.base as string]).toMatchObject({ gate: "took-part-in:*", within: "all" });
		expect(decisions.join("\n")).toMatch(
			/each asked only of those with a yes to the same item of "Took part in"/,
		);
	});

	test("an option of a list", async () => {
		const rows = rowsOf(200, (chance) => {
			const kinds = ["Courses", "Visits", "Reading"].filter(() => chance() < 0.5);
			const took = kinds.includes("Courses");
			return {
				kinds: kinds.join(";") || "None",
				...battery("c", "123", () => (took ? yesNo(chance) : "")),
			};
		});
		const { bases, parsed } = await drafted(csv(rows));
		expect(parsed.bases[bases.c1 as string].gate).toBe("kinds:courses");
	});

	test("numbers of those who were asked are of a base by name", async () => {
		const rows = rowsOf(200, (chance) => {
			const took = yesNo(chance, 0.6);
			return { took, hours: took === "yes" ? `${Math.floor(chance() * 90)}` : "" };
		});
		const path = csv(rows);
		const { codebook, decisions } = await drafted(path);
		expect(decisions).toEqual([
			expect.stringMatching(/^hours: numbers of those who answered "yes" to "took".*--base took/),
		]);
		const { estimates } = await means([path], { codebook, base: "took" });
		expect(estimates[0]).toMatchObject({ base: "took", n: rows.filter(({ took }) => took === "yes").length });
	});
});

describe("empty cells that are no filter", () => {
	test.each([0.02, 0.1, 0.3])("answers left out by chance, %d of them", async (share) => {
		for (let seed = 1; seed <= 5; seed++) {
			const rows = rowsOf(
				300,
				(chance) => ({
					sex: chance() < 0.5 ? "Male" : "Female",
					region: `R${Math.floor(chance() * 12)}`,
					took: yesNo(chance, 0.9),
					...battery("q", "abcdef", () => (chance() < share ? "" : yesNo(chance))),
					scale:
						chance() < share ? "" : (["never", "sometimes", "often"][Math.floor(chance() * 3)] as string),
				}),
				seed,
			);
			const { parsed, questions } = await drafted(csv(rows));
			expect(Object.keys(parsed.bases)).toEqual(["all"]);
			expect(questions).toEqual([]);
		}
	});

	test("whole questions left out by chance, and people who stop", async () => {
		for (let seed = 1; seed <= 5; seed++) {
			const rows = rowsOf(
				300,
				(chance) => {
					const [stops, left] = [chance() < 0.08, chance() < 0.1];
					return {
						region: `R${Math.floor(chance() * 20)}`,
						took: yesNo(chance, 0.95),
						...battery("q", "abcdef", () => (stops || left ? "" : yesNo(chance))),
						...battery("w", "abcdef", () => (stops ? "" : yesNo(chance))),
					};
				},
				seed,
			);
			const { parsed } = await drafted(csv(rows));
			expect(Object.keys(parsed.bases)).toEqual(["all"]);
		}
	});

	test("a battery's own first item is none", async () => {
		const rows = rowsOf(200, (chance) => {
			const first = yesNo(chance);
			return { Q5_1: first, ...battery("Q5_", "234", () => (first === "yes" ? yesNo(chance) : "")) };
		});
		const { parsed } = await drafted(csv(rows));
		expect(Object.keys(parsed.bases)).toEqual(["all"]);
	});
});

test("those who do not know were asked, and options have any sign and blanks between them", async () => {
	for (const between of [";", "; ", ", "]) {
		const rows = rowsOf(240, (chance) => {
			const took = ["Courses", "Coaching", "Networks"].filter(() => chance() < 0.5);
			const asked = ["yes", "no", "do not know"][Math.floor(chance() * 3)] as string;
			return {
				took: `"${took.join(between)}${took.length > 0 ? between.trim() : ""}"`,
				useful: took.includes("Coaching") ? asked : "",
			};
		});
		const { parsed, decisions } = await drafted(csv(rows));
		expect(Object.values(parsed.bases)).toContainEqual(
			expect.objectContaining({ label: expect.objectContaining({ en: 'those who ticked "Coaching"' }) }),
		);
		expect(decisions.join("\n")).toContain("none of the");
	}
});
