import type { EstimateRow, Status } from "../results/result-set.js";
import type { Response } from "./margin.js";

/** Least numbers a figure may be printed with. */
export interface SuppressionRule {
	teachers: number;
	schools: number;
	/** Largest share of missing answers among those asked, in percent of rows. */
	nonresponse: number;
}

/** NCES's Rule of 62: fewer respondents and no figure is shown. */
export const NCES_RULE: SuppressionRule = { teachers: 62, schools: 0, nonresponse: 100 };

/**
 * The first that applies of not-administered, no-data, few-teachers, few-schools, low-response, no-variance, ok.
 * @param schools Distinct schools with a valid answer; null where the file has none to count.
 * @param rule Null: nothing is too few, and only what cannot be computed has another status than ok.
 * @param varies False where the design has no degree of freedom to tell the figure's error by.
 */
export function statusOf(
	response: Response,
	schools: number | null,
	rule: SuppressionRule | null,
	varies = true,
): Status {
	const { valid, missing, notAdministered } = response;
	if (valid === 0) return notAdministered > 0 && missing === 0 ? "not-administered" : "no-data";
	const tooFew = rule === null ? undefined : unreliable(valid, missing, schools, rule);
	return tooFew ?? (varies ? "ok" : "no-variance");
}

function unreliable(
	valid: number,
	missing: number,
	schools: number | null,
	{ teachers, schools: least, nonresponse }: SuppressionRule,
): Status | undefined {
	if (valid < teachers) return "few-teachers";
	if (schools !== null && schools < least) return "few-schools";
	return (100 * missing) / (valid + missing) > nonresponse ? "low-response" : undefined;
}

/** Whether a status keeps the numbers from being shown; without a standard error the figure itself is seen. */
export function isHidden(status: Status, showSuppressed: boolean): boolean {
	if (status === "no-data" || status === "not-administered") return true;
	return status !== "ok" && status !== "no-variance" && !showSuppressed;
}

/** A hidden row keeps n, schools and status. */
export function hide(row: EstimateRow): EstimateRow {
	const nothing = { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null };
	return { ...row, ...nothing, weightedN: null, coverage: null, deff: null };
}
