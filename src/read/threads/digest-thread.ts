// What a thread does that only works out the SHA-256 of a file as stored, while others read it (ahead.ts).
import { parentPort, workerData } from "node:worker_threads";
import { FileDigest } from "../held-file.js";

parentPort?.postMessage(new FileDigest(workerData as number).finish());
