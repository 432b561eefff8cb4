import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/index.js";
import { random } from "../../src/synth/sample/random.js";
import { readAll } from "../support/read.js";

const { below } = random(7, "unpack", 1);
const word = () => "абвгд abc 0123456789"[below(20)] as string;
/** Runs, repeats, and nothing that repeats. */
const TABLES: Record<string, string[]> = {
	"one cell": ["x"],
	"a long run": Array.from({ length: 30_000 }, () => "0000000000"),
	"no repeats": Array.from({ length: 20_000 }, () => Array.from({ length: 20 }, word).join("").trim() || "x"),
	"repeats from far back": Array.from(
		{ length: 60_000 },
		(_, row) => `row ${row % 20_011} ${(row * 7919) % 101}`,
	),
};
const textOf = (cells: readonly string[]) => `cell\n${cells.join("\n")}\n`;

const PROGRAMS: [name: string, program: string, args: string[]][] = [
	["gzip", "gzip", ["-c"]],
	["bzip2 in small blocks", "bzip2", ["-1c"]],
	["bzip2 in large blocks", "bzip2", ["-9c"]],
	["xz", "xz", ["-c"]],
	["xz as R writes it", "xz", ["-9ec", "--check=crc32"]],
	["xz in blocks", "xz", ["-c", "--block-size=100000", "--check=sha256"]],
	["xz without a checksum", "xz", ["-0c", "--check=none"]],
	["xz with other properties", "xz", ["-c", "--lzma2=preset=6,lc=0,lp=2,pb=4"]],
];

describe.each(PROGRAMS)("%s", (name, program, args) => {
	const has = spawnSync(program, ["--version"], { input: "" }).status === 0;
	const packed = (text: string) => spawnSync(program, args, { input: text, maxBuffer: 1 << 26 }).stdout;

	test.skipIf(!has).each(Object.entries(TABLES))(
		`%s${has ? "" : ` (skipped: ${program} is absent)`}`,
		async (_, cells) => {
			const { rows, format } = await readAll(packed(textOf(cells)));
			expect(format).toBe("csv");
			expect(rows.length).toBe(cells.length);
			expect(rows.every(([cell], row) => cell === cells[row])).toBe(true);
		},
	);

	test.skipIf(!has)("several streams, one after the other", async () => {
		const bytes = Buffer.concat([packed("cell\na\n"), packed("b\n")]);
		expect((await readAll(bytes)).rows).toEqual([["a"], ["b"]]);
	});

	test.skipIf(!has)("bits that are wrong, and bytes that are missing, are told or do no harm", async () => {
		const cells = Array.from({ length: 300 }, (_, row) => `row ${(row * 7919) % 101}`);
		const whole = packed(textOf(cells));
		const outcome = (bytes: Buffer) =>
			readAll(bytes).then(
				({ rows }) => rows.map(([cell]) => cell),
				(error: unknown) => error,
			);
		// Behind what tells how it is packed.
		for (let at = 11; at < whole.length; at += 5) {
			const copy = Buffer.from(whole);
			copy[at] = (copy[at] as number) ^ (1 << (at % 8));
			const found = await outcome(copy);
			if (found instanceof UserError)
				expect(found.message).toMatch(new RegExp(`the ${program} file is damaged`));
			else if (!/without/.test(name)) expect(found, `byte ${at}`).toEqual(cells);
			const cut = await outcome(whole.subarray(0, at));
			expect(cut, `${at} of ${whole.length} bytes`).toBeInstanceOf(UserError);
		}
	});
});
