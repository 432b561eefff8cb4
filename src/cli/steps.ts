import type { ResultSet } from "../index.js";
import type { Io } from "./io.js";

/** Under `--verbose`, reports on stderr what was decided and how long each step took. */
export class Steps {
	constructor(
		private readonly io: Io,
		private readonly isTold: boolean,
	) {}

	/** Runs a step and says how long it took. */
	async timed<T>(name: string, step: () => T | Promise<T>): Promise<T> {
		const start = Date.now();
		const made = await step();
		this.say(`${name}: ${((Date.now() - start) / 1000).toFixed(2)} s`);
		return made;
	}

	/** By which files, codebook, design and settings results were made. */
	decided(
		results: ResultSet,
		codebook: string | undefined,
		plans: readonly { travels?: string }[] = [],
	): void {
		if (!this.isTold) return;
		const { source, design, settings, estimates, counted } = results;
		for (const { file, format, rows, sha256 } of source) {
			this.say(`read ${file}: ${format}, ${rows} rows${sha256 === "" ? "" : `, SHA-256 ${sha256}`}`);
		}
		if (counted?.used !== undefined) this.say(`rows used: ${counted.used}`);
		for (const { travels } of plans) if (travels !== undefined) this.say(travels);
		const why = codebook === undefined ? "told from the columns" : "as asked";
		const { id, version, rules } = results.codebook;
		this.say(`codebook ${id} ${version}: ${why}${rules === undefined ? "" : `; rules ${rules}`}`);
		if (counted !== undefined) this.say(`counted as missing: ${partsOf(counted.missing)}`);
		this.say(`design: ${partsOf(design)}`);
		this.say(`settings: ${partsOf(settings)}`);
		const hidden = estimates.filter(({ estimate }) => estimate === null).length;
		this.say(`${estimates.length} figures, ${hidden} of them not shown`);
	}

	private say(line: string): void {
		if (this.isTold) this.io.stderr.write(`talis-pd: ${line}\n`);
	}
}

/** What says something, by name. */
function partsOf(record: object): string {
	return Object.entries(record)
		.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)])
		.filter(([, text]) => !["", "null", "false", "[]", "{}", undefined].includes(text))
		.map(([name, text]) => `${name} ${text}`)
		.join(", ");
}
