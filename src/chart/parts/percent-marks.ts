import type { Locale } from "../../wording/locale.js";
import { GUIDE } from "../theme/theme.js";
import type { percentScale } from "./scales.js";

/** A dotted line leads the eye from the label to the dot. */
export function guide(x: X, down: { yOffset?: number } = {}) {
	return {
		mark: { type: "rule" as const, color: GUIDE, strokeDash: [1, 3], ...down },
		encoding: { x: { field: "start", ...x }, x2: { datum: 0 } },
	};
}

/** What a point or bar says when it is pointed at. */
export function tooltip(locale: Locale) {
	return [
		{ field: "item", type: "nominal" as const, title: locale.text("chart.item") },
		{ field: "group", type: "nominal" as const, title: locale.text("chart.group") },
		{ field: "about", type: "nominal" as const, title: locale.text("chart.estimate") },
	];
}

export type X = ReturnType<typeof percentScale>;
