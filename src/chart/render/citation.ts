import type { TopLevelSpec } from "vega-lite";

/** What the chart is called, and where its figures are from: title and foot of its specification. */
export function chartWords(spec: TopLevelSpec): { heading: string; citation: string } {
	const { title, vconcat = [] } = spec as unknown as { title?: Lines; vconcat?: { title?: Lines }[] };
	const foot = vconcat[0]?.title;
	const heading = flat(title?.text);
	const lines = [heading, flat(foot?.text), flat(foot?.subtitle)];
	return { heading, citation: lines.filter((line) => line !== "").join(". ") };
}

interface Lines {
	text?: string | string[];
	subtitle?: string | string[];
}

function flat(lines: string | string[] | undefined): string {
	return [lines ?? []].flat().join(" ");
}
