import { execFileSync, spawnSync } from "node:child_process";
import {
	chmodSync,
	existsSync,
	linkSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { realPath } from "../../src/platform/links.js";
import {
	checkOutputFolder,
	checkOutputs,
	checkWritableFolder,
	writePieces,
	writeTogether,
	writeWhole,
} from "../../src/platform/outputs.js";

const root = mkdtempSync(join(tmpdir(), "talis-pd-outputs-"));
const mounted: string[] = [];
afterAll(() => {
	for (const folder of mounted) spawnSync("umount", [folder]);
	rmSync(root, { recursive: true, force: true });
});

/** A disk of 64 kB without room, where disks may be made; null elsewhere. */
function fullDisk() {
	const folder = join(root, "disk");
	mkdirSync(folder);
	const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
	if (status !== 0) return null;
	mounted.push(folder);
	const filler = join(folder, "filler");
	writeFileSync(filler, "x".repeat(1 << 16));
	return { folder, free: () => rmSync(filler) };
}

let folders = 0;

/** A new folder with a survey file in it. */
function folderWith(...names: string[]): (name: string) => string {
	const folder = join(root, String(folders++));
	mkdirSync(folder);
	for (const name of names) writeFileSync(join(folder, name), `old ${name}`);
	return (name) => join(folder, name);
}

describe("what is written is never what is read", () => {
	it.each([
		["the file itself", (at: (name: string) => string) => at("k.csv"), "k.csv"],
		["a link to it", (at) => symlinkSync("k.csv", at("kl.csv")), "kl.csv"],
		["another name of it", (at) => linkSync(at("k.csv"), at("hard.csv")), "hard.csv"],
		[
			"a link to a link",
			(at) => {
				symlinkSync("k.csv", at("one.csv"));
				symlinkSync("one.csv", at("two.csv"));
			},
			"two.csv",
		],
		["it in a linked folder", (at) => symlinkSync(".", at("same"), "dir"), "same/k.csv"],
	] as [string, (at: (name: string) => string) => void, string][])("%s", (_, make, output) => {
		const at = folderWith("k.csv");
		make(at);
		expect(() => checkOutputs([at(output)], [at("k.csv")])).toThrow(/writing it would destroy the data/);
		// The other way round: what is read is the link, what is written the file.
		expect(() => checkOutputs([at("k.csv")], [at(output)])).toThrow(/writing it would destroy the data/);
	});

	it("and not a file of a folder that is replaced as a whole", () => {
		const at = folderWith("k.csv");
		mkdirSync(at("report"));
		writeFileSync(at("report/results.json"), "{}");
		symlinkSync("report", at("link"), "dir");
		expect(() => checkOutputFolder(at("link"), [at("report/results.json")])).toThrow(
			/holds results\.json, which is read/,
		);
		expect(() => checkOutputFolder(at("report"), [at("k.csv")])).not.toThrow();
	});

	it("but may stand beside it, and standard input is no file", () => {
		const at = folderWith("k.csv");
		expect(() =>
			checkOutputs([at("new.csv"), at("new.svg")], [at("k.csv"), "-", "talis-2018-teacher"]),
		).not.toThrow();
	});
});

describe("what cannot be written is refused before the work", () => {
	const at = folderWith("read-only.csv", "file");
	chmodSync(at("read-only.csv"), 0o444);
	mkdirSync(at("folder"));
	symlinkSync("nowhere.csv", at("dangling.csv"));
	symlinkSync("ring.csv", at("ring.csv"));

	it.each([
		["read-only.csv", /read-only/],
		["folder", /is a folder/],
		["dangling.csv", /is a link to a file that is not there/],
		["ring.csv", /cannot be written/],
		["absent/x.csv", /the folder .*absent does not exist/],
		["file/x.csv", /cannot be written: a part of its path is a file/],
		[`${"x".repeat(256)}.csv`, /cannot be written/],
	])("%s", (name, message) => {
		expect(() => checkOutputs([at(name)])).toThrow(message);
	});

	it.each([
		["file", /is not a folder/],
		["file/below", /a part of its path is a file/],
		["dangling.csv", /is a link to a folder that is not there/],
	])("a folder %s", (name, message) => {
		expect(() => checkWritableFolder(at(name))).toThrow(message);
		expect(() => checkWritableFolder(at("folder/new/newer"))).not.toThrow();
	});

	const disk = fullDisk();
	it.skipIf(disk === null)("on a disk that is full, or read-only", () => {
		const { folder, free } = disk as NonNullable<typeof disk>;
		const file = join(folder, "a.csv");
		expect(() => checkOutputs([file])).toThrow("cannot be written: the disk is full");
		expect(() => checkWritableFolder(join(folder, "report"))).toThrow("cannot be written: the disk is full");
		free();
		expect(() => checkOutputs([file])).not.toThrow();
		// There is room for the first, and not for the second.
		writeFileSync(file, "old");
		const contents: [string, string][] = [
			[file, "new"],
			[join(folder, "b.svg"), "x".repeat(1 << 20)],
		];
		expect(() => writeTogether(contents)).toThrow(/b\.svg|cannot be written: the disk is full/);
		expect(readFileSync(file, "utf8")).toBe("old");
		expect(readdirSync(folder)).toEqual(["a.csv"]);
		execFileSync("mount", ["-o", "remount,ro", folder]);
		expect(() => checkOutputs([file])).toThrow("cannot be written: the disk is read-only");
		expect(() => checkWritableFolder(join(folder, "report"))).toThrow("the disk is read-only");
	});

	it("and one file under two names", () => {
		symlinkSync("file", at("other"));
		expect(() => checkOutputs([at("file"), at("other")])).toThrow(/is the same file as/);
		expect(() => checkOutputs([at("a.svg"), at("./a.svg")])).toThrow(/is the same file as/);
	});
});

describe("a file that is written", () => {
	it("keeps its mode", () => {
		const at = folderWith("k.csv");
		chmodSync(at("k.csv"), 0o600);
		writeWhole(at("k.csv"), "new");
		expect(statSync(at("k.csv")).mode & 0o777).toBe(0o600);
		expect(readFileSync(at("k.csv"), "utf8")).toBe("new");
	});

	it("stays where its link leads to", () => {
		const at = folderWith("k.csv");
		symlinkSync("k.csv", at("kl.csv"));
		writeWhole(at("kl.csv"), "new");
		expect(readFileSync(at("k.csv"), "utf8")).toBe("new");
		expect(realPath(at("kl.csv"))).toBe(realPath(at("k.csv")));
	});

	it("may have a name as long as the system allows", () => {
		const at = folderWith();
		const name = `${"x".repeat(251)}.csv`;
		checkOutputs([at(name)]);
		writeWhole(at(name), "new");
		expect(readFileSync(at(name), "utf8")).toBe("new");
	});

	it("is not replaced where another of the same command cannot be", () => {
		const at = folderWith("a.csv", "b.csv");
		expect(() =>
			writeTogether([
				[at("a.csv"), "new"],
				[at("gone/b.csv"), "new"],
			]),
		).toThrow(/cannot be written/);
		expect(readFileSync(at("a.csv"), "utf8")).toBe("old a.csv");
		expect(readdirSync(at(".")).sort()).toEqual(["a.csv", "b.csv"]);
	});

	it("is not replaced where making it fails half way, and leaves nothing", async () => {
		const at = folderWith("a.csv");
		async function* broken() {
			yield "new";
			throw new Error("half way");
		}
		await expect(writePieces(at("a.csv"), broken())).rejects.toThrow("half way");
		expect(readFileSync(at("a.csv"), "utf8")).toBe("old a.csv");
		expect(readdirSync(at("."))).toEqual(["a.csv"]);
		expect(process.listenerCount("SIGTERM")).toBe(0);
	});

	it("may be a device", () => {
		if (!existsSync("/dev/null")) return;
		checkOutputs(["/dev/null"]);
		writeWhole("/dev/null", "new");
		expect(statSync("/dev/null").isFile()).toBe(false);
	});
});
