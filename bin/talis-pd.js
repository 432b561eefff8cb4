#!/usr/bin/env node
import { standBy } from "../dist/read/threads.js";

standBy(process.argv.slice(2));
const { main, processIo } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2), processIo());
