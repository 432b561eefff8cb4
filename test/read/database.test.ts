import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeError, rates, UserError } from "../../src/index.js";
import { openTable } from "../../src/read/database/open.js";
import { duckdbFile } from "../support/duckdb.js";
import { expectSame } from "../support/same.js";
import {
	READER,
	type Server,
	startClickhouse,
	startPostgresql,
	withoutClickhouse,
	withoutPostgresql,
} from "../support/servers.js";
import { file, HEADER, makeRows } from "../support/survey.js";

/** Names and values that try to break out of where they stand. */
const HOSTILE = [
	`a"b'c`,
	"back\\slash",
	"tick`tock",
	`'; DROP TABLE teachers; --`,
	`"; DROP TABLE teachers; --`,
	"`; DROP TABLE teachers; --",
	"\\'; DROP TABLE teachers; --",
	"$1 :x %s ?",
];
const COLUMN = `re"gi'on\\`;
const TABLE = `od"d ta'b\\le; --`;

const header = [...HEADER, COLUMN];
const rows = makeRows(400, 5).map((row, place) => [...row, HOSTILE[place % HOSTILE.length] as string]);
const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`;
const teachers = file([header, ...rows].map((row) => row.map(quoted).join(",")).join("\n"));
const spec = { by: [COLUMN], topics: ["activities"], suppress: "none" } as const;
const where = { ...spec, by: [], where: [`${COLUMN}=${HOSTILE[3]}`] };

/** What is said where it fails. */
async function said(address: string, options: object = {}): Promise<string> {
	const error = await rates([address], { topics: ["activities"], ...options }).catch((reason) => reason);
	expect(error).toBeInstanceOf(UserError);
	expect(error.exitCode).toBe(2);
	const text = describeError(error);
	expect(text).not.toContain(READER.password);
	return text;
}

async function expectUnbroken(address: (table: string) => string): Promise<void> {
	const odd = [address(TABLE)];
	const found = await rates(odd, spec);
	expectSame(found, await rates([teachers], spec));
	expect(JSON.stringify(found)).not.toContain(JSON.stringify(READER.password).slice(1, -1));
	expectSame(await rates(odd, where), await rates([teachers], where));
	expectSame(await rates([address("teachers")], spec), await rates([teachers], spec));
}

describe("DuckDB", async () => {
	const { path, beside } = await duckdbFile(() => [
		`CREATE TABLE teachers AS SELECT * FROM read_csv('${teachers}', all_varchar = true)`,
		`CREATE TABLE "${TABLE.replaceAll('"', '""')}" AS SELECT * FROM teachers`,
		"CREATE TABLE dated AS SELECT * REPLACE (DATE '2024-01-01' AS TCHWGT, DATE '2024-01-01' AS TT3G22A) FROM teachers",
		"CREATE TABLE coded AS SELECT * REPLACE (DATE '2024-01-01' AS TT3G22A) FROM teachers",
		"CREATE TABLE negative AS SELECT * REPLACE ('-1' AS TRWGT7) FROM teachers",
		"CREATE TABLE nothing AS SELECT * FROM teachers WHERE false",
	]);
	const address = (table: string) => `duckdb:${path}?table=${table}`;

	it("does not mind names and values that try to break out", () => expectUnbroken(address));

	it.each([
		["a table that is not there", "teacher", /has no table "teacher" — did you mean teachers\?/],
		[
			"weights that are days",
			"dated",
			/column TCHWGT: the weight is empty, negative or no finite number in 400 rows/,
		],
		[
			"answers that are days",
			"coded",
			/column TT3G22A: the code 2024-01-01 is not in the codebook \(400 rows\)/,
		],
		["a negative replicate", "negative", /column TRWGT7: the weight is empty, negative or no finite number/],
		["no rows", "nothing", /has columns but no rows/],
	])("refuses %s", async (_, table, message) => {
		expect(await said(address(table))).toMatch(message);
	});

	it("refuses addresses without a table, with something else, and files that are none", async () => {
		expect(await said(`duckdb:${path}`)).toMatch(
			/no table is named — write duckdb:FILE\?table=NAME; it has coded, /,
		);
		expect(await said(`duckdb:${path}?table=teachers&mode=rw`)).toMatch(/has mode — leave it out/);
		expect(await said("duckdb:nowhere.duckdb?table=t")).toMatch(/there is no such file/);
		expect(await said("duckdb:nowhere/*.parquet")).toMatch(/no file matches/);
		const other = beside("text.duckdb");
		writeFileSync(other, "no database");
		expect(await said(`duckdb:${other}?table=t`)).toMatch(/is not a file that DuckDB can open/);
	});

	it("counts unknown codes as missing where that is asked for, as of a file", async () => {
		const missing = { unknownCodes: "missing", topics: ["activities"] } as const;
		const { estimates, notes } = await rates([address("coded")], missing);
		expect(estimates.find(({ item }) => item === "courses-in-person")?.n).toBe(0);
		expect(notes.map(({ code }) => code)).toContain("unknown-codes");
	});

	it("stops when it is told to", async () => {
		const signal = AbortSignal.timeout(20);
		const error = await rates([address("teachers")], { signal }).catch((reason) => reason);
		expect(error).toBe(signal.reason);
	});
});

const READ_ONLY = /read-only|readonly|Cannot execute query/i;

/** Milliseconds after which a test takes a server for silent. */
const PATIENCE = { every: 200, longest: 3000 };

/** What both servers refuse alike. */
function refusals(start: () => string) {
	it("does not wait for who says nothing", async () => {
		const silent = createServer(() => {}).listen(0, "127.0.0.1");
		await once(silent, "listening");
		const [scheme] = start().split(" ");
		const address = `${scheme}://${READER.user}@127.0.0.1:${(silent.address() as AddressInfo).port}?table=t`;
		const error = await openTable(address, undefined, { every: 100, longest: 300 }).catch((reason) => reason);
		expect(describeError(error)).toMatch(/no server answers there|has been silent for 1 s/);
		silent.close();
	});

	it("refuses a wrong password, passwords in addresses, and servers that are not there", async () => {
		const [scheme, port] = start().split(" ");
		const to = (user: string, at = port) => `${scheme}://${user}@127.0.0.1:${at}`;
		const { PGPASSWORD, CLICKHOUSE_PASSWORD } = process.env;
		process.env.PGPASSWORD = "wrong";
		process.env.CLICKHOUSE_PASSWORD = "wrong";
		expect(await said(`${to(READER.user)}?table=t`)).toMatch(/the server does not let this user in/);
		Object.assign(process.env, { PGPASSWORD, CLICKHOUSE_PASSWORD });
		const open = await said(`${to("reader:hidden-word")}?table=t`);
		expect(open).toMatch(/an address with a password would be seen/);
		expect(open).not.toContain("hidden-word");
		expect(await said(`${to(READER.user, "1")}?table=t`)).toMatch(/no server answers there/);
	});
}

/** A server that freezes ends in a sentence, and one that runs lets only read. */
function freezes(slow: () => string, served: () => Pick<Server, "freeze" | "thaw">): void {
	it("says so when the server freezes while it counts, and lets only read", async () => {
		const source = await openTable(slow(), undefined, PATIENCE);
		const { ask, relation } = source.table;
		await expect(ask(`CREATE TABLE more AS SELECT * FROM ${relation}`)).rejects.toThrow(READ_ONLY);
		const other = await openTable(slow(), undefined, PATIENCE);
		const asked = other.table.ask(`SELECT count(*) FROM ${relation}`);
		await wait(500);
		served().freeze();
		await expect(asked).rejects.toThrow(/has been silent for 3 s/);
		await source.close?.();
		await other.close?.();
		served().thaw();
	}, 60_000);
}

describe.skipIf(withoutPostgresql)(`PostgreSQL (${withoutPostgresql ?? "here"})`, () => {
	let server: Server;
	beforeAll(async () => {
		process.env.PGPASSWORD = READER.password;
		server = await startPostgresql();
		for (const table of ["teachers", TABLE]) await server.load(table, teachers);
		await server.run(
			"CREATE VIEW slow AS SELECT * FROM teachers WHERE (SELECT count(*) FROM pg_sleep(20)) = 1;\nCREATE MATERIALIZED VIEW kept AS SELECT * FROM teachers;\nGRANT SELECT ON kept TO reader;\nCREATE TABLE closed AS SELECT * FROM teachers;\nREVOKE SELECT ON closed FROM reader;",
		);
	}, 60_000);
	afterAll(() => server?.stop());
	const address = (table: string) =>
		`postgresql://${READER.user}@127.0.0.1:${server.port}/postgres?table=${encodeURIComponent(table)}`;

	it("does not mind names and values that try to break out", () => expectUnbroken(address), 60_000);
	refusals(() => `postgresql ${server.port}`);

	it("counts materialized views as tables", async () => {
		expectSame(await rates([address("kept")], where), await rates([teachers], where));
	});

	it("refuses tables and databases that are not there, or not to be read", async () => {
		expect(await said(address("teacher"))).toMatch(/has no table "teacher"/);
		expect(await said(address("closed"))).toMatch(/this user is not allowed to read it/);
		expect(await said(address("teachers").replace("/postgres?", "/elsewhere?"))).toMatch(/no such database/);
	});

	freezes(
		() => address("slow"),
		() => server,
	);

	it("says so when the server stops while it counts", async () => {
		const asked = said(address("slow"));
		await wait(3000);
		await server.stop();
		expect(await asked).toMatch(/the connection was lost before the answer came/);
	}, 60_000);
});

describe.skipIf(withoutClickhouse)(`ClickHouse (${withoutClickhouse ?? "here"})`, () => {
	let server: Server;
	beforeAll(async () => {
		process.env.CLICKHOUSE_PASSWORD = READER.password;
		server = await startClickhouse();
		for (const table of ["teachers", TABLE]) await server.load(table, teachers);
		await server.run("CREATE VIEW slow AS SELECT * FROM teachers WHERE sleepEachRow(0.005) = 0");
	}, 60_000);
	afterAll(() => server?.stop());
	const address = (table: string) =>
		`clickhouse://${READER.user}@127.0.0.1:${server.port}?table=${encodeURIComponent(table)}`;

	it("does not mind names and values that try to break out", () => expectUnbroken(address), 120_000);
	refusals(() => `clickhouse ${server.port}`);

	it("refuses tables and databases that are not there", async () => {
		expect(await said(address("teacher"))).toMatch(/has no table "teacher"/);
		expect(await said(address("teachers").replace("?", "/elsewhere?"))).toMatch(
			/no such database|has no table/,
		);
	});

	freezes(
		() => address("slow"),
		() => server,
	);

	it("says so when the server stops while it counts", async () => {
		const asked = said(address("slow"));
		await wait(3000);
		await server.stop();
		expect(await asked).toMatch(/the connection was lost before the answer came|no server answers there/);
	}, 60_000);
});
