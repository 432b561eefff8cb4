// What the command does first: the thread that reads a large file starts while the code is still being loaded.
import { standBy } from "../read/threads/file-threads.js";
import { loadBundle, loadCommandLine } from "./bundle.js";

const READING = ["rates", "compare", "gaps", "means", "model", "relate", "explain"];

const argv = process.argv.slice(2);
const [command = "", ...args] = argv;
const waiting = READING.includes(command) ? standBy(args) : undefined;
if (waiting !== undefined) loadBundle().threads().takeOver(waiting);
const { main, processIo } = loadCommandLine();
// What ends before it is done has failed.
process.exitCode = 1;
void main(argv, processIo()).then((code) => {
	process.exitCode = code;
});
