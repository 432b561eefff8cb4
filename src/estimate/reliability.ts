import type { EstimateRow, Status } from "../results/result-set.js";
import type { Response } from "./margin.js";

/** Smallest numbers with which a figure may be published. */
export interface SuppressionRule {
	teachers: number;
	schools: number;
	/** Largest share of missing answers among those asked, in percent of rows. */
	nonresponse: number;
}

/** NCES's Rule of 62: with fewer respondents no figure is shown. */
export const NCES_RULE: SuppressionRule = { teachers: 62, schools: 0, nonresponse: 100 };

/**
 * The first status that applies: not-administered, no-data, few-teachers, few-schools, low-response, no-variance, ok.
 * @param schools Distinct schools with a valid answer; null if the file does not identify schools.
 * @param rule Null sets no minimum; then only what cannot be computed differs from ok.
 * @param varies False if the design has no degrees of freedom from which to estimate the error.
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

/** Whether a status hides the numbers. A figure that only lacks a standard error stays visible. */
export function isHidden(status: Status, showSuppressed: boolean): boolean {
	if (status === "no-data" || status === "not-administered") return true;
	return status !== "ok" && status !== "no-variance" && !showSuppressed;
}

/** A hidden row keeps only n, schools and status. */
export function hide(row: EstimateRow): EstimateRow {
	const nothing = { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null };
	return { ...row, ...nothing, weightedN: null, coverage: null, deff: null };
}
