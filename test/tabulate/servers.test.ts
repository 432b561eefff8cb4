import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare, gaps, means, rates, type SurveyInput } from "../../src/index.js";
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
const user = `${READER.user}@127.0.0.1`;

/** The questions that every engine answers as the file does. */
async function expectAsFile(kazakhstan: SurveyInput, systems: SurveyInput): Promise<void> {
	const spec = { by: ["gender"], total: true, where: ["experience>=3"] };
	expectSame(await rates(kazakhstan, spec), await rates([KAZAKHSTAN], spec));
	const topics = ["activities", "modes", "needs", "barriers"];
	expectSame(await rates(systems, { topics }), await rates([FOUR_SYSTEMS], { topics }));
	const between = { between: "country", topics: ["needs"] };
	expectSame(await compare(systems, between), await compare([FOUR_SYSTEMS], between));
	expectSame(await means(kazakhstan), await means([KAZAKHSTAN]));
	expectSame(await gaps(kazakhstan), await gaps([KAZAKHSTAN]));
}

describe.skipIf(withoutPostgresql)(`PostgreSQL (${withoutPostgresql ?? "here"})`, () => {
	let server: Server;
	beforeAll(async () => {
		process.env.PGPASSWORD = READER.password;
		server = await startPostgresql();
		await server.load("teachers", KAZAKHSTAN);
		await server.load("four systems", FOUR_SYSTEMS);
	}, 60_000);
	afterAll(() => server?.stop());
	const table = (name: string) => [`postgresql://${user}:${server.port}/postgres?table=${name}`];

	it("gives what the file gives", async () => {
		await expectAsFile(table("teachers"), table("four systems"));
	}, 120_000);
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
		}
		await first.load("whole", KAZAKHSTAN);
		await first.load("whole systems", FOUR_SYSTEMS);
	}, 60_000);
	afterAll(async () => {
		for (const server of servers) await server.stop();
	});
	const table = (name: string) => [`clickhouse://${user}:${servers[0]?.port}?table=${name}`];

	it("gives what the file gives", async () => {
		await expectAsFile(table("whole"), table("whole systems"));
	}, 120_000);

	it("gives the same from two servers", async () => {
		expect(await rates(table("teachers"))).not.toEqual(await rates([KAZAKHSTAN]));
		await expectAsFile(table("all_teachers"), table("all_four systems"));
	}, 120_000);
});
