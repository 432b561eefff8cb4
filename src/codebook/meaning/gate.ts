import { entryOf } from "../../base/entry-of.js";
import type { Base } from "../../results/result-set.js";
import { gateItem } from "../definition/gate-item.js";
import type { Codebook } from "../definition/schema.js";

/**
 * The item that decides who joins or leaves when an item asked on one base is reported on another. Null: nobody does,
 * or (base all) everybody who skipped it joins as no.
 */
export function gateOf(
	codebook: Codebook,
	item: string,
	own: Base,
	requested: Base,
): { item: string; widen: boolean } | "unrelated" | null {
	if (own === requested || requested === "all") return null;
	const up = ancestors(codebook, own);
	const place = up.indexOf(requested);
	if (place >= 0) return gate(codebook, item, (place === 0 ? own : up[place - 1]) as Base, true);
	return ancestors(codebook, requested).includes(own) ? gate(codebook, item, requested, false) : "unrelated";
}

/** Whether all teachers of a base are of another, too. */
export function isWithin(codebook: Codebook, base: Base, other: Base): boolean {
	return other === "all" || base === other || ancestors(codebook, base).includes(other);
}

function ancestors(codebook: Codebook, base: Base): Base[] {
	const within = entryOf(codebook.bases, base)?.within;
	return within === undefined ? [] : [within, ...ancestors(codebook, within)];
}

function gate(
	codebook: Codebook,
	key: string,
	base: Base,
	widen: boolean,
): { item: string; widen: boolean } | null {
	const item = gateItem(codebook, base, key);
	return item === undefined ? null : { item, widen };
}
