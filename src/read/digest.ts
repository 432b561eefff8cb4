// What a thread does that only works out the SHA-256 of a file as stored, while others read it (ahead.ts).
import { parentPort, workerData } from "node:worker_threads";
import { digestOf } from "./open.js";

parentPort?.postMessage(digestOf(workerData as number));
