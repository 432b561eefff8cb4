import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watched } from "../../src/cli/progress.js";
import type { Progress } from "../../src/index.js";

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

/** The last line that a terminal shows before the work is done, told of progress at some seconds. */
async function shownAfter(...told: (readonly [seconds: number, progress: Progress])[]): Promise<string> {
	const lines: string[] = [];
	const sink = { write: (text: string) => lines.push(text), isTTY: true };
	vi.setSystemTime(0);
	await watched({ stdin: Readable.from([]), stdout: sink, stderr: sink, env: {} }, {}, async (run) => {
		for (const [seconds, progress] of told) {
			vi.setSystemTime(seconds * 1000);
			run.onProgress?.(progress);
		}
	});
	expect(lines.at(-1)).toBe("\r\u001b[K");
	return (lines.at(-2) ?? "").replace("\r\u001b[K", "");
}

const bytes = (read: number) => ({ file: "data/teachers.csv", read: read * 1e6, size: 400e6 });
const charts = (read: number): Progress => ({ file: "charts", read, size: 40, unit: "charts" });

test("a large file's bar says how much is left, and after a while how long", async () => {
	expect(await shownAfter([0, bytes(0)], [0.5, bytes(50)])).toBe(
		"teachers.csv ███░░░░░░░░░░░░░░░░░░░░░ 50 MB of 400 MB",
	);
	expect(await shownAfter([0, bytes(0)], [2, bytes(100)])).toMatch(/ 100 MB of 400 MB, 6 s left$/);
	expect(await shownAfter([0, bytes(0)], [100, bytes(100)])).toMatch(/, 5 min left$/);
});

test("charts are counted by themselves, from when they begin", async () => {
	const line = await shownAfter([0, bytes(0)], [50, bytes(400)], [60, charts(0)], [70, charts(10)]);
	expect(line).toMatch(/^charts █+░+ 10 of 40, 30 s left$/);
});
