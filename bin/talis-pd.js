#!/usr/bin/env node
import { standBy } from "../dist/read/threads.js";

const [command, ...args] = process.argv.slice(2);
if (["rates", "compare", "gaps", "means"].includes(command)) standBy(args);
const { main, processIo } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2), processIo());
