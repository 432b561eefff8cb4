import type { Status } from "../results/result-set.js";
import type { Locale } from "./locale.js";
import { DASH } from "./numbers.js";

/** What can stand in the place of a figure: its status, or that both sides of a pair are one figure. */
export type ShownStatus = Status | "same-data" | "not-estimable" | "collinear";

/** Why a figure is not there; – where nothing says so. */
export function statusText(status: ShownStatus, locale: Locale): string {
	if (status === "ok") return DASH;
	return locale.text(status === "same-data" ? "compare.kind.same-data" : `status.${status}`);
}
