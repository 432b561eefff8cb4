import { readFileSync } from "node:fs";
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { parseAction } from "@actions/workflow-parser/actions/action-parser";
import { describe, expect, test } from "vitest";

/** GitHub's own readers: what each finds wrong with a file. */
const READERS = { "docs/report-workflow.yml": parseWorkflow, "action.yml": parseAction };

function faults(name: keyof typeof READERS, content: string): string {
	const { context } = READERS[name]({ name, content }, new NoOperationTraceWriter());
	return context.errors
		.getErrors()
		.map(({ message }) => message)
		.join("\n");
}

describe.each(Object.keys(READERS) as (keyof typeof READERS)[])("%s", (name) => {
	test("is taken by GitHub's parser as it is", () => {
		expect(faults(name, readFileSync(name, "utf8"))).toBe("");
	});
});

test.each([
	["docs/report-workflow.yml", "runs-on:", "run-on:", "Unexpected value 'run-on'"],
	["docs/report-workflow.yml", "steps.report.outputs", "step.report.outputs", "'step'"],
	["action.yml", "using: composite", "using: compsite", "compsite"],
	["action.yml", "shell: bash", "shel: bash", "shel"],
] as const)("%s with a slip in it (%s → %s) is not", (name, right, wrong, fault) => {
	const text = readFileSync(name, "utf8");
	expect(text).toContain(right);
	expect(faults(name, text.replace(right, wrong))).toContain(fault);
});
