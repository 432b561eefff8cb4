import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { compile, type TopLevelSpec } from "vega-lite";
import { expect } from "vitest";

const schema = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
// The schema names formats that Ajv does not bring; they concern colours and addresses only.
const validate = new Ajv({ strict: false, validateFormats: false }).compile(
	JSON.parse(readFileSync(schema, "utf8")),
);

/** Holds a chart against the Vega-Lite schema, and compiles it without a warning. */
export function expectValid(spec: TopLevelSpec): void {
	expect(validate(JSON.parse(JSON.stringify(spec))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
	const warnings: unknown[] = [];
	compile(spec, { logger: collector(warnings) });
	expect(warnings).toEqual([]);
}

function collector(warnings: unknown[]) {
	const logger = {
		level: () => logger,
		warn: (...words: readonly unknown[]) => {
			warnings.push(...words);
			return logger;
		},
		error: (...words: readonly unknown[]) => {
			warnings.push(...words);
			return logger;
		},
		info: () => logger,
		debug: () => logger,
	};
	return logger as never;
}
