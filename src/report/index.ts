import { readAsset } from "../read/open.js";

export { buildReport } from "./build.js";
export type { ReportOverrides } from "./config.js";

/** A config with every key, each with a comment. */
export function configTemplate(): string {
	return readAsset("report/report.yaml");
}
