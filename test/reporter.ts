import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Closes a run with one plain line: `12 passed, 0 failed`, and `, 1 skipped` where tests were skipped. */
export class ClosingLine implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
		const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
		for (const module of modules) {
			for (const test of module.children.allTests()) count[test.result().state]++;
			// A file or a suite that broke outside its tests fails too, though no test of it may have run.
			count.failed += module.errors().length;
			for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
		}
		const skipped = count.skipped + count.pending;
		const line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
		process.stdout.write(`${line}\n`);
	}
}
