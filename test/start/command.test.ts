import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([[["--bogus"]], [["--out", join(folder, "none/rates.csv")]]])(
	"ends where the thread that waits for a large file is never told to read it: %s",
	(options) => {
		const path = join(folder, "large.csv");
		writeFileSync(path, "CNTRY,TCHWGT\n");
		truncateSync(path, 1 << 24);
		const { status } = spawnSync(
			process.execPath,
			[join(root, "bin/talis-pd.js"), "rates", path, ...options],
			{
				timeout: 10_000,
			},
		);
		expect(status).toBe(2);
	},
);
