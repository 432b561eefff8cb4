import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Papa from "papaparse";

/** A server on loopback that a test has started. */
export interface Server {
	port: number;
	/** Makes a table of the rows of a CSV file: numbers where all of a column's cells are such, else texts. */
	load(table: string, csv: string, part?: (row: number) => boolean): Promise<void>;
	/** Runs statements as its owner. */
	run(sql: string): Promise<void>;
	/** Lets it do nothing any more, as when its machine stands still; its connections stay open. */
	freeze(): void;
	thaw(): void;
	/** Ends it, whoever is waiting for an answer. */
	stop(): Promise<void>;
}

/** Who may only read, and with which password. */
export const READER = { user: "reader", password: `a "b' c\\d` };

const CLUSTERS = "/usr/lib/postgresql";
const PROGRAMS = existsSync(CLUSTERS)
	? readdirSync(CLUSTERS)
			.map((version) => join(CLUSTERS, version, "bin"))
			.filter((folder) => existsSync(join(folder, "initdb")))
	: [];
const CLICKHOUSE = ["/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server"].find(existsSync);

/** Why tests of a server are left out; undefined where it can be started. */
export const withoutPostgresql = PROGRAMS.length > 0 ? undefined : "PostgreSQL is not installed";
export const withoutClickhouse = CLICKHOUSE === undefined ? "ClickHouse is not installed" : undefined;

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as { port: number };
	await new Promise((done) => server.close(done));
	return port;
}

interface Cells {
	columns: { name: string; isNumber: boolean }[];
	/** With tabs, and \N for what is empty. */
	lines: string[];
}

function cellsOf(csv: string): Cells {
	const [head = [], ...cells] = Papa.parse<string[]>(readFileSync(csv, "utf8").trimEnd()).data;
	const columns = head.map((name, place) => ({
		name,
		isNumber: cells.every((row) => row[place] === "" || Number.isFinite(Number(row[place]))),
	}));
	return {
		columns,
		lines: cells.map((row) =>
			row.map((cell) => (cell === "" ? "\\N" : cell.replaceAll("\\", "\\\\"))).join("\t"),
		),
	};
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

async function end(child: ChildProcess): Promise<void> {
	const ended = new Promise((done) => child.once("exit", done));
	if (child.exitCode === null && child.signalCode === null) {
		child.kill("SIGKILL");
		await ended;
	}
	running.delete(child);
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		if (await isSo()) return;
		await wait(100);
	}
	throw new Error(`${what} did not start`);
}

/** A process and those it has started. */
function family(pid: number): number[] {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
		.trim()
		.split(" ")
		.filter(Boolean);
	return [pid, ...children.flatMap((child) => family(Number(child)))];
}

function signalAll(pid: number, signal: "SIGSTOP" | "SIGCONT"): void {
	for (const one of family(pid)) {
		try {
			process.kill(one, signal);
		} catch {
			// It has ended since.
		}
	}
}

/** Ports that were free may be taken before a server listens to them. */
const TRIES = 5;

/** Starts a server on other ports where it ended by itself before it answered. */
async function started<T>(what: string, start: () => Promise<T | null>): Promise<T> {
	for (let tries = 0; tries < TRIES; tries++) {
		const server = await start();
		if (server !== null) return server;
	}
	throw new Error(`${what} ended as it started`);
}

/** Waits until a server answers. @returns false where it ended instead, and its folder is gone. */
async function hasStarted(
	what: string,
	{ child, folder }: { child: ChildProcess; folder: string },
	answers: () => boolean | Promise<boolean>,
): Promise<boolean> {
	const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
	await until(what, async () => hasEnded() || (await answers()));
	if (!hasEnded()) return true;
	await end(child);
	rmSync(folder, { recursive: true, force: true });
	return false;
}

/** PostgreSQL, which does not run as root. */
export async function startPostgresql(): Promise<Server> {
	return started("PostgreSQL", async () => postgresqlAt(await freePort()));
}

async function postgresqlAt(port: number): Promise<Server | null> {
	const programs = PROGRAMS.at(-1) as string;
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-pg-"));
	const isRoot = process.getuid?.() === 0;
	if (isRoot) execFileSync("chown", ["postgres", folder]);
	const as = (program: string, args: string[]): [string, string[]] =>
		isRoot
			? ["runuser", ["-u", "postgres", "--", join(programs, program), ...args]]
			: [join(programs, program), args];
	const data = join(folder, "data");
	const [init, initArgs] = as("initdb", [
		...["-D", data, "-U", "owner", "-E", "UTF8", "--locale=C", "-N"],
		...["--auth-local=trust", "--auth-host=scram-sha-256"],
	]);
	execFileSync(init, initArgs, { stdio: "ignore" });
	const options = [
		"-D",
		data,
		"-p",
		String(port),
		"-k",
		folder,
		"-c",
		"listen_addresses=127.0.0.1",
		"-c",
		"fsync=off",
	];
	const [server, serverArgs] = as("postgres", options);
	const child = spawn(server, serverArgs, { stdio: "ignore" });
	running.add(child);
	const sql = (text: string) => {
		const args = [
			"-h",
			folder,
			"-p",
			String(port),
			"-U",
			"owner",
			"-d",
			"postgres",
			"-qX",
			"-v",
			"ON_ERROR_STOP=1",
		];
		const { status, stderr } = spawnSync(join(programs, "psql"), args, { input: text, encoding: "utf8" });
		if (status !== 0) throw new Error(stderr);
	};
	const answers = () =>
		spawnSync(join(programs, "pg_isready"), ["-q", "-h", folder, "-p", String(port)]).status === 0;
	if (!(await hasStarted("PostgreSQL", { child, folder }, answers))) return null;
	/** The postmaster is the child of who became its user; its own number is in its folder. */
	const postmaster = () => Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
	const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
	sql(`CREATE ROLE ${READER.user} LOGIN PASSWORD ${literal(READER.password)};`);
	sql(`ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ${READER.user};`);
	return {
		port,
		async load(table, csv) {
			const { columns, lines } = cellsOf(csv);
			const quoted = (own: string) => `"${own.replaceAll('"', '""')}"`;
			const name = quoted(table);
			const types = columns.map((one) => `${quoted(one.name)} ${one.isNumber ? "double precision" : "text"}`);
			sql(`CREATE TABLE ${name} (${types});\nCOPY ${name} FROM STDIN;\n${lines.join("\n")}\n\\.\n`);
		},
		run: async (text) => sql(text),
		freeze: () => signalAll(postmaster(), "SIGSTOP"),
		thaw: () => signalAll(postmaster(), "SIGCONT"),
		async stop() {
			const pid = join(data, "postmaster.pid");
			if (existsSync(pid)) {
				process.kill(postmaster(), "SIGQUIT");
				await until("the end of PostgreSQL", () => !existsSync(pid));
			}
			await end(child);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

type Clickhouse = Server & { tcp: number; pid: number };

/** ClickHouse; with others as its shards, a table `NAME` of several is `all_NAME`. */
export async function startClickhouse(shards: readonly { tcp: number }[] = []): Promise<Clickhouse> {
	return started("ClickHouse", async () => clickhouseAt(await freePort(), await freePort(), shards));
}

async function clickhouseAt(
	port: number,
	tcp: number,
	shards: readonly { tcp: number }[],
): Promise<Clickhouse | null> {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-ch-"));
	for (const part of ["data", "tmp"]) mkdirSync(join(folder, part));
	chmodSync(folder, 0o700);
	const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	const all = [...shards, { tcp }]
		.map((one) => `<shard><replica><host>127.0.0.1</host><port>${one.tcp}</port></replica></shard>`)
		.join("");
	writeFileSync(
		join(folder, "config.xml"),
		`<yandex>
<logger><level>error</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
<http_port>${port}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path><users_config>${folder}/users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database>
<mark_cache_size>67108864</mark_cache_size><remote_servers><both>${all}</both></remote_servers>
</yandex>`,
	);
	const user = (name: string, password: string, profile: string) =>
		`<${name}><password>${escaped(password)}</password><networks><ip>127.0.0.1</ip></networks><profile>${profile}</profile><quota>default</quota></${name}>`;
	writeFileSync(
		join(folder, "users.xml"),
		`<yandex><profiles><default/><reading><readonly>1</readonly></reading></profiles>
<users>${user("default", "", "default")}${user(READER.user, READER.password, "reading")}</users>
<quotas><default/></quotas></yandex>`,
	);
	const child = spawn(CLICKHOUSE as string, [`--config-file=${folder}/config.xml`], { stdio: "ignore" });
	running.add(child);
	const run = async (sql: string) => {
		const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: sql });
		const said = await answer.text();
		if (!answer.ok) throw new Error(said);
	};
	const answers = () =>
		run("SELECT 1").then(
			() => true,
			() => false,
		);
	if (!(await hasStarted("ClickHouse", { child, folder }, answers))) return null;
	return {
		port,
		tcp,
		pid: child.pid as number,
		run,
		async load(table, csv, part = () => true) {
			const { columns, lines } = cellsOf(csv);
			const quoted = (own: string) => `\`${own.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
			const types = columns.map(
				(one) => `${quoted(one.name)} Nullable(${one.isNumber ? "Float64" : "String"})`,
			);
			const name = quoted(table);
			await run(`CREATE TABLE ${name} (${types}) ENGINE = Log`);
			const own = lines.filter((_, row) => part(row));
			await run(`INSERT INTO ${name} FORMAT TabSeparated\n${own.join("\n")}\n`);
			await run(
				`CREATE TABLE ${quoted(`all_${table}`)} AS ${name} ENGINE = Distributed(both, default, ${name})`,
			);
		},
		freeze: () => child.kill("SIGSTOP"),
		thaw: () => child.kill("SIGCONT"),
		async stop() {
			await end(child);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
