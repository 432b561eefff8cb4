export type Adjustment = "none" | "holm" | "bh" | "bonferroni";

/**
 * p-values adjusted for multiple testing, in the order given, as in R's p.adjust: Bonferroni n·p, Holm (1979)
 * step-down, Benjamini & Hochberg (1995) step-up. None exceeds 1.
 */
export function adjust(p: readonly number[], method: Adjustment): number[] {
	const n = p.length;
	if (method === "none") return [...p];
	if (method === "bonferroni") return p.map((value) => Math.min(1, n * value));
	const order = p.map((_, index) => index).sort((a, b) => (p[a] as number) - (p[b] as number));
	const adjusted = new Array<number>(n);
	if (method === "holm") {
		let most = 0;
		for (const [rank, index] of order.entries()) {
			most = Math.max(most, (n - rank) * (p[index] as number));
			adjusted[index] = Math.min(1, most);
		}
		return adjusted;
	}
	let least = 1;
	for (let rank = n; rank >= 1; rank--) {
		const index = order[rank - 1] as number;
		least = Math.min(least, (n / rank) * (p[index] as number));
		adjusted[index] = least;
	}
	return adjusted;
}
