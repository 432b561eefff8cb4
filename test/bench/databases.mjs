// The same question of a file, of Parquet files by DuckDB, and of a table over two ClickHouse servers on this machine.
import {
	closeSync,
	createReadStream,
	existsSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

/** Parquet files that are one another under other names. */
export function copiesOf(parquet, count) {
	const folder = parquet.replace(/\.parquet$/, `-x${count}`);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder);
	for (let copy = 0; copy < count; copy++) linkSync(parquet, join(folder, `${copy}.parquet`));
	return `duckdb:${join(folder, "*.parquet")}`;
}

/** Where it stands which servers wait to be measured. */
const waiting = (folder) => join(folder, "servers.json");

/**
 * Two servers that share the rows of a file, each with half of so many copies, until they have been measured.
 * @returns Once they have.
 */
export async function fillServers(folder, csv, copies) {
	const servers = await filled(csv, copies);
	if (servers === null) return;
	const about = { address: servers.address, pids: servers.pids };
	writeFileSync(waiting(folder), JSON.stringify(about));
	process.stderr.write("filled; waits to be measured\n");
	while (existsSync(waiting(folder))) await wait(500);
	await servers.stop();
}

/** The two servers: those that wait, else new ones; null where there is no ClickHouse. */
export async function twoServers(folder, csv, copies) {
	if (!existsSync(waiting(folder))) {
		const servers = await filled(csv, copies);
		return servers && { ...servers, ...measured(servers.pids) };
	}
	const { address, pids } = JSON.parse(readFileSync(waiting(folder), "utf8"));
	return { address, ...measured(pids), stop: () => rmSync(waiting(folder)) };
}

function measured(pids) {
	return {
		/** Seconds of all cores that both have worked so far. */
		cpu: () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0),
		/** Peak memory in MB of the one that had more. */
		memory: () => Math.max(...pids.map(peakOf)),
	};
}

async function filled(csv, copies) {
	// Beside this file, from where its packages are found.
	const outfile = "test/bench/.servers.mjs";
	const options = { bundle: true, platform: "node", format: "esm", packages: "external" };
	buildSync({ entryPoints: ["test/support/servers.ts"], outfile, ...options });
	const loading = import(pathToFileURL(outfile).href).finally(() => rmSync(outfile));
	const { startClickhouse, withoutClickhouse } = await loading;
	if (withoutClickhouse !== undefined) return null;
	const second = await startClickhouse();
	const first = await startClickhouse([second]);
	const servers = [first, second];
	const [head, row] = firstLines(csv);
	const columns = head.map((name, place) => {
		const type = Number.isFinite(Number(row[place])) ? "Float64" : "String";
		return `\`${name}\` ${type === "String" ? type : `Nullable(${type})`}`;
	});
	for (const [place, server] of servers.entries()) {
		await server.run(`CREATE TABLE teachers (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
		await server.run(`CREATE TABLE all_teachers AS teachers ENGINE = Distributed(both, default, teachers)`);
		if (place >= copies) continue;
		await insert(server.port, csv);
		// Rows that are there already need not be parsed again.
		const more = Math.ceil((copies - place) / servers.length) - 1;
		await server.run("CREATE TABLE once AS teachers ENGINE = MergeTree ORDER BY tuple()");
		await server.run("INSERT INTO once SELECT * FROM teachers");
		for (let copy = 0; copy < more; copy++) await server.run("INSERT INTO teachers SELECT * FROM once");
		await server.run("DROP TABLE once");
	}
	return {
		address: `clickhouse://127.0.0.1:${first.port}?table=all_teachers`,
		pids: servers.map(({ pid }) => pid),
		stop: () => Promise.all(servers.map((server) => server.stop())),
	};
}

async function insert(port, csv) {
	const query = encodeURIComponent("INSERT INTO teachers FORMAT CSVWithNames");
	const answer = await fetch(`http://127.0.0.1:${port}/?query=${query}`, {
		...{ method: "POST", body: createReadStream(csv), duplex: "half" },
	});
	if (!answer.ok) throw new Error(await answer.text());
}

/** Header and first row of a file. */
function firstLines(csv) {
	const bytes = Buffer.alloc(1 << 16);
	const file = openSync(csv, "r");
	const length = readSync(file, bytes);
	closeSync(file);
	const lines = bytes.toString("latin1", 0, length).split("\n");
	return lines.slice(0, 2).map((line) => line.split(","));
}

const TICKS = 100;

function cpuOf(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function peakOf(pid) {
	const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
	return Number(kilobytes) / 1024;
}
