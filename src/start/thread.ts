// What a thread does first. Its argument is the part of the bundle that it runs.
import { loadBundle } from "./bundle.js";

const [, , part] = process.argv;
loadBundle()[part as "reading" | "workbook"]();
