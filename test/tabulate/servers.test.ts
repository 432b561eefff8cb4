import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	compare,
	describeError,
	gaps,
	inspect,
	means,
	model,
	type ResultSet,
	rates,
	type SurveyInput,
	UserError,
} from "../../src/index.js";
import { openTable } from "../../src/read/database/open.js";
import { expectSame } from "../support/same.js";
import {
	READER,
	type Server,
	startClickhouse,
	startPostgresql,
	withoutClickhouse,
	withoutPostgresql,
} from "../support/servers.js";

const KAZAKHSTAN = "data/samples/synthetic-kazakhstan-2018.csv";
const FOUR_SYSTEMS = "data/samples/synthetic-talis-2024.csv";
const PRINCIPALS = "test/fixtures/schools/BCGKAZT3.csv";
const NATIONAL = "data/samples/synthetic-national-pd-survey.csv";
const user = `${READER.user}@127.0.0.1`;

/** The questions that every engine answers as the file does. */
const QUESTIONS: [name: string, file: string, ask: (input: SurveyInput) => Promise<ResultSet>][] = [
	[
		"rates, by breakdowns and conditions",
		KAZAKHSTAN,
		(input) =>
			rates(input, { by: ["gender"], total: true, where: ["experience>=3"], topics: ["activities"] }),
	],
	["rates of three forms", FOUR_SYSTEMS, (input) => rates(input, { topics: ["modes", "needs", "barriers"] })],
	["compare", FOUR_SYSTEMS, (input) => compare(input, { between: "country", topics: ["needs"] })],
	["means", KAZAKHSTAN, (input) => means(input)],
	["gaps", KAZAKHSTAN, (input) => gaps(input)],
	[
		"models",
		KAZAKHSTAN,
		(input) => model(input, { outcomes: ["types", "peer-coaching"], predict: "gender,experience" }),
	],
	[
		"linear models of numbers",
		KAZAKHSTAN,
		(input) => model(input, { outcomes: ["types", "TT3G11B"], predict: "TT3G11A * gender" }),
	],
];

/** What `inspect` tells of a table that it tells of the file. */
async function expectInspected(address: string, file: string): Promise<void> {
	const { rows, systems, weights, topics, groups, unknownCodes, duplicateTeachers } = await inspect(address);
	expect(await inspect(file)).toMatchObject({
		...{ rows, systems, weights, topics, groups },
		...{ unknownCodes, duplicateTeachers },
	});
}

describe.skipIf(withoutPostgresql)(`PostgreSQL (${withoutPostgresql ?? "here"})`, () => {
	let server: Server;
	beforeAll(async () => {
		process.env.PGPASSWORD = READER.password;
		server = await startPostgresql();
		await server.load("teachers", KAZAKHSTAN);
		await server.load("four systems", FOUR_SYSTEMS);
		await server.load("principals", PRINCIPALS);
		await server.load("national", NATIONAL);
	}, 60_000);
	afterAll(() => server?.stop());
	const table = (name: string) => [`postgresql://${user}:${server.port}/postgres?table=${name}`];

	it("is inspected as the file is", () => expectInspected(table("four systems")[0] as string, FOUR_SYSTEMS));

	it.each(QUESTIONS)("gives what the file gives: %s", async (_, file, ask) => {
		const name = file === KAZAKHSTAN ? "teachers" : "four systems";
		expectSame(await ask(table(name)), await ask([file]), 1e-9);
	});

	it("joins principals to teachers", async () => {
		const spec = { by: ["location"], topics: ["activities" as const], suppress: "none" as const };
		const found = await rates([...table("teachers"), ...table("principals")], spec);
		expectSame(
			{ ...found, notes: [] },
			{ ...(await rates([KAZAKHSTAN, PRINCIPALS], spec)), notes: [] },
			1e-9,
		);
	});

	it("has the sums of each sampling unit", async () => {
		expectSame(await gaps(table("national")), await gaps([NATIONAL]), 1e-9);
	});
});

describe.skipIf(withoutClickhouse)(`ClickHouse (${withoutClickhouse ?? "here"})`, () => {
	let servers: Server[] = [];
	beforeAll(async () => {
		process.env.CLICKHOUSE_PASSWORD = READER.password;
		const second = await startClickhouse();
		const first = await startClickhouse([second]);
		servers = [first, second];
		for (const [place, server] of servers.entries()) {
			const half = (row: number) => row % 2 === place;
			await server.load("teachers", KAZAKHSTAN, half);
			await server.load("four systems", FOUR_SYSTEMS, half);
			await server.load("national", NATIONAL, half);
		}
		await first.load("principals", PRINCIPALS);
		await first.load("whole", KAZAKHSTAN);
		await first.load("whole systems", FOUR_SYSTEMS);
	}, 60_000);
	afterAll(async () => {
		for (const server of servers) await server.stop();
	});
	const table = (name: string) => [`clickhouse://${user}:${servers[0]?.port}?table=${name}`];

	it("is inspected as the file is", () =>
		expectInspected(table("all_four systems")[0] as string, FOUR_SYSTEMS));

	it.each(QUESTIONS)("gives what the file gives: %s", async (_, file, ask) => {
		const name = file === KAZAKHSTAN ? "whole" : "whole systems";
		expectSame(await ask(table(name)), await ask([file]), 1e-9);
	});

	it.each(QUESTIONS)("gives the same from two servers: %s", async (_, file, ask) => {
		const name = file === KAZAKHSTAN ? "teachers" : "four systems";
		const half = await ask(table(name)).catch((reason: unknown) => reason);
		const whole = await ask([file]);
		expect(half).not.toEqual(whole);
		expectSame(await ask(table(`all_${name}`)), whole, 1e-9);
	});

	it("joins principals to teachers of two servers", async () => {
		const spec = { by: ["location"], topics: ["activities" as const], suppress: "none" as const };
		const found = await rates([...table("all_teachers"), ...table("principals")], spec);
		expectSame(
			{ ...found, notes: [] },
			{ ...(await rates([KAZAKHSTAN, PRINCIPALS], spec)), notes: [] },
			1e-9,
		);
	});

	it("has the sums of each sampling unit from two servers", async () => {
		expectSame(await rates(table("all_national")), await rates([NATIONAL]), 1e-9);
	});

	describe("a server that holds a part", () => {
		const patience = { every: 200, longest: 2000 };
		const SLOW = "SELECT * FROM teachers WHERE sleepEachRow(0.0025) = 0 AND sleepEachRow(0.0024) = 0";
		const counted = async (name: string) => {
			const { table: opened } = await openTable(table(name)[0] as string, undefined, patience);
			const asked = opened.ask(`SELECT toString(count(*)) FROM ${opened.relation}`);
			return asked.finally(() => opened.close());
		};

		it("may work for longer than it may say nothing", async () => {
			for (const server of servers) await server.run(`CREATE VIEW slow AS ${SLOW}`);
			await servers[0]?.run("CREATE TABLE all_slow AS slow ENGINE = Distributed(both, default, slow)");
			const asked = performance.now();
			expect(await counted("all_slow")).toEqual([["2000"]]);
			expect(performance.now() - asked).toBeGreaterThan(patience.longest);
		});

		it.each(["all_teachers", "seen"])("freezes while it counts: %s", async (name) => {
			await servers[0]?.run("CREATE VIEW IF NOT EXISTS seen AS SELECT * FROM all_teachers");
			servers[1]?.freeze();
			const error = await counted(name).catch((reason: unknown) => reason as UserError);
			servers[1]?.thaw();
			expect(error).toBeInstanceOf(UserError);
			expect(describeError(error as UserError)).toMatch(
				/a server that holds a part of the table has been silent for 2 s/,
			);
		});
	});

	// The last one: one of the servers is gone then.
	it("says so when a server that holds a part has stopped", async () => {
		await servers[1]?.stop();
		servers.splice(1);
		await expect(rates(table("all_teachers"))).rejects.toThrow(
			/a server that holds a part of the table does not answer/,
		);
	}, 60_000);
});
