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
 * The first that applies of not-administered, no-data, few-teachers, few-schools, low-response, ok.
 * @param schools Distinct schools with a valid answer; null where the file has none to count.
 * @param rule Null: nothing is too few, and only what cannot be computed has another status than ok.
 */
export function statusOf(response: Response, schools: number | null, rule: SuppressionRule | null): Status {
	const { valid, missing, notAdministered } = response;
	if (valid === 0) return notAdministered > 0 && missing === 0 ? "not-administered" : "no-data";
	if (rule === null) return "ok";
	if (valid < rule.teachers) return "few-teachers";
	if (schools !== null && schools < rule.schools) return "few-schools";
	return (100 * missing) / (valid + missing) > rule.nonresponse ? "low-response" : "ok";
}

/** Whether a status keeps the numbers from being shown. */
export function isHidden(status: Status, showSuppressed: boolean): boolean {
	return status === "no-data" || status === "not-administered" || (status !== "ok" && !showSuppressed);
}

/** A hidden row keeps n, schools and status. */
export function hide(row: EstimateRow): EstimateRow {
	const nothing = { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null };
	return { ...row, ...nothing, weightedN: null, coverage: null, deff: null };
}
