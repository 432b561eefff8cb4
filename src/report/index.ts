export { buildReport } from "./build.js";
