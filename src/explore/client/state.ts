import { isAverage } from "../../results/result-set.js";
import { type Choice, settled } from "../model/choice.js";
import type { Pack } from "../pack.js";

export const VIEWS = ["rank", "map", "table", "trend", "groups"] as const;
export const ORDERS = ["high", "low", "name"] as const;

/** How many times larger than its place the map can be. */
export const ZOOMS = ["1", "2", "4", "8"] as const;

/** All that the reader has chosen; it stands in the page's address. */
export interface State {
	choice: Choice;
	view: (typeof VIEWS)[number];
	order: (typeof ORDERS)[number];
	zoom: (typeof ZOOMS)[number];
	/** An average by its id, or a printed one by its code; empty for none. */
	average: string;
	/** Code of a pinned system, or an average as above: what the pinned ones are compared with; empty takes the average. */
	reference: string;
	pins: readonly string[];
	/** Breakdown of the view of groups, or `item`. */
	by: string;
	language: string;
}

/** The state that an address names, as far as the pack has it. */
export function stateAt(hash: string, pack: Pack): State {
	const asked = new URLSearchParams(hash.replace(/^#/, ""));
	const get = (name: string) => asked.get(name) ?? undefined;
	const [topic = "", item = ""] = get("item")?.split(":") ?? [];
	const wanted = { topic, item, edition: get("cycle"), level: get("level"), group: get("group") };
	const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
	const codes = new Set(pack.editions.flatMap(({ systems }) => systems));
	const pins = (get("pins") ?? "").split(",").filter((code) => codes.has(code));
	const choice = settled(pack, given);
	return {
		choice,
		view: VIEWS.find((view) => view === get("view")) ?? usualView(choice, pack),
		order: ORDERS.find((order) => order === get("sort")) ?? "high",
		zoom: ZOOMS.find((zoom) => zoom === get("zoom")) ?? "1",
		average: get("average") ?? usualAverage(pack),
		reference: get("with") ?? "",
		pins: [...new Set(pins)],
		by: get("by") ?? "",
		language: pack.languages.find((one) => one === get("lang")) ?? (pack.languages[0] as string),
	};
}

/** A ranking, except of figures of one system, which are read by group and by item. */
function usualView({ edition }: Choice, { editions }: Pack): State["view"] {
	const systems = editions.find(({ id }) => id === edition)?.systems.filter((code) => !isAverage(code));
	return systems?.length === 1 ? "groups" : "rank";
}

/** The first average that a codebook has. */
function usualAverage({ averages }: Pack): string {
	return Object.keys(averages)[0] ?? "";
}

/** The address of a state, without what is as it would be anyway. */
export function addressOf(state: State, pack: Pack): string {
	const { choice, view, order, zoom, average, reference, pins, by, language } = state;
	const parts: [name: string, value: string, usual: string][] = [
		["item", `${choice.topic}:${choice.item}`, ""],
		["cycle", choice.edition, ""],
		["level", choice.level ?? "", ""],
		["group", choice.group, ""],
		["view", view, usualView(choice, pack)],
		["sort", order, "high"],
		["zoom", zoom, "1"],
		["average", average, usualAverage(pack)],
		["with", reference, ""],
		["pins", pins.join(","), ""],
		["by", by, ""],
		["lang", language, pack.languages[0] as string],
	];
	const said = parts.filter(([, value, usual]) => value !== usual);
	// Colons, commas and signs of equality are no trouble in this part of an address, and people read it.
	return `#${said.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%3D/g, "=")}`).join("&")}`;
}
