import { UserError } from "../../base/errors.js";

/** Engines that tables are counted in. */
export type Engine = "duckdb" | "postgresql" | "clickhouse";

/** Where a table is. */
export interface Address {
	engine: Engine;
	/** The address without anything secret, for messages and results. */
	name: string;
	/** What is between the engine and the question mark: a file, a pattern of files, or server and database. */
	place: string;
	table: string | null;
}

const STARTS: readonly [start: string, engine: Engine][] = [
	["duckdb:", "duckdb"],
	["postgresql://", "postgresql"],
	["postgres://", "postgresql"],
	["clickhouse://", "clickhouse"],
];

/** Whether a name is of a table in a database, and not of a file. */
export function isAddress(name: unknown): name is string {
	return typeof name === "string" && STARTS.some(([start]) => name.startsWith(start));
}

/**
 * `duckdb:teachers.duckdb?table=teachers`, `duckdb:lake/*.parquet`, `postgresql://user@host/database?table=teachers`,
 * `clickhouse://host:8123/database?table=teachers`.
 * @throws UserError for passwords, which anybody on the machine could read there, and for other settings.
 */
export function parseAddress(text: string): Address {
	const [start, engine] = STARTS.find(([one]) => text.startsWith(one)) as [string, Engine];
	const rest = text.slice(start.length);
	const mark =
		rest.lastIndexOf("?table=") >= 0 ? rest.lastIndexOf("?table=") : rest.indexOf("?", rest.lastIndexOf("/"));
	// In a pattern of files a question mark stands for a letter.
	const hasSettings = mark >= 0 && (engine !== "duckdb" || rest.startsWith("?table=", mark));
	const place = hasSettings ? rest.slice(0, mark) : rest;
	const settings = new URLSearchParams(hasSettings ? rest.slice(mark + 1) : "");
	if (engine !== "duckdb" && passwordIn(place)) throw withPassword(engine);
	const other = [...settings.keys()].find((key) => key !== "table");
	const name = `${start}${place}${settings.has("table") ? `?table=${settings.get("table")}` : ""}`;
	if (other !== undefined) {
		throw new UserError(`an address has ?table=NAME and nothing else, and this one has ${other}`, {
			where: { file: name },
			hint: "leave it out; other settings belong in the environment or the engine's own files",
		});
	}
	return { engine, name, place, table: settings.get("table") };
}

function passwordIn(place: string): boolean {
	const server = place.split("/")[0] as string;
	return server.includes("@") && server.slice(0, server.lastIndexOf("@")).includes(":");
}

function withPassword(engine: Engine): UserError {
	const where = engine === "postgresql" ? "PGPASSWORD, or in ~/.pgpass" : "CLICKHOUSE_PASSWORD";
	return new UserError("an address with a password would be seen by everybody on this machine", {
		code: "option",
		hint: `leave it out of the address and put it in ${where}`,
	});
}

/** An address with the file or pattern that it names taken from another folder; servers stay where they are. */
export function relocated(address: string, from: (file: string) => string): string {
	const start = "duckdb:";
	return address.startsWith(start) ? `${start}${from(address.slice(start.length))}` : address;
}
