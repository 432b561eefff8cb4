// One file through inspect, doctor, codebook init, rates and convert, in a process of its own.
import { writeFileSync } from "node:fs";
import { codebooks, convert, doctor, inspect, rates, UserError } from "../../dist/index.js";

const [file, converted] = process.argv.slice(2);

/** What work comes to; a problem that is its reader's is told in words, any other ends the process. */
async function outcome(what, work) {
	try {
		return { value: await work() };
	} catch (error) {
		if (error instanceof UserError) {
			if (/\n|undefined|\[object/.test(error.message)) fail(what, error);
			return { said: error.message };
		}
		return fail(what, error);
	}
}

function fail(what, error) {
	process.stderr.write(`${what}: ${error?.stack ?? error}\n`);
	process.exit(1);
}

await outcome("inspect", () => inspect(file));
await outcome("doctor", () => doctor(file));
const { value: draft } = await outcome("codebook init", () => codebooks.draft(file));
if (draft !== undefined) {
	const codebook = `${converted}.yaml`;
	writeFileSync(codebook, draft.text);
	const { said } = await outcome("rates", () => rates([file], { codebook }));
	// A draft fits the file it is of.
	if (said !== undefined) fail("rates", `refused its own draft: ${said}`);
	await outcome("inspect", () => inspect(file, { codebook }));
	await outcome("doctor", () => doctor(file, { codebook }));
}
await outcome("convert", () => convert(file, `${converted}.parquet`));
const { value, said } = await outcome("convert", () => convert(file, converted));
process.stdout.write(JSON.stringify({ read: value !== undefined, said }));
