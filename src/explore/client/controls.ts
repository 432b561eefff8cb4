import { isAverage } from "../../results/result-set.js";
import { type Choice, offerOf, settled } from "../model/choice.js";
import { el, on } from "./dom.js";
import { codeOf, type Shown } from "./shown.js";
import { ORDERS, type State, VIEWS } from "./state.js";

/** Changes some of the state. */
export type ChangeState = (part: Partial<State>) => void;

/** Value and name of an option; several under one name make a group. */
type Option = readonly [value: string, name: string];

/** Everything that can be chosen of the figures. */
export function controls(shown: Shown, change: ChangeState): HTMLElement {
	const { pack, state, words } = shown;
	const { choice } = state;
	const offer = offerOf(pack, choice);
	const topic = pack.topics.find(({ id }) => id === choice.topic);
	const choose = (part: Partial<Choice>) => change({ choice: settled(pack, { ...choice, ...part }) });
	const known = pack.topics.map(({ id, label }): Option => [id, words.of(label)]);
	const items = (topic?.items ?? []).map(
		({ id }): Option => [id, words.item({ topic: choice.topic, item: id }, shown.edition)],
	);
	return el(
		"section",
		{ class: "controls", "aria-label": words.text("explore.controls") },
		select(
			"topic",
			words.text("between.topic"),
			known,
			choice.topic,
			(id) => {
				const first = pack.topics.find((one) => one.id === id)?.items[0]?.id;
				choose({ topic: id, ...(first === undefined ? {} : { item: first }) });
			},
			"wide",
		),
		select("item", words.text("between.item"), items, choice.item, (item) => choose({ item }), "wide"),
		select(
			"cycle",
			words.text("between.cycle"),
			offer.editions.map((edition): Option => [edition.id, words.edition(edition)]),
			choice.edition,
			(edition) => choose({ edition }),
		),
		offer.levels.length === 1 && offer.levels[0] === null
			? null
			: select(
					"level",
					words.text("between.population"),
					offer.levels.map((level): Option => [level ?? "", words.level(level)]),
					choice.level ?? "",
					(level) => choose({ level: level === "" ? null : level }),
				),
		select(
			"group",
			words.text("explore.group"),
			offer.groups.map((group): Option => [group, words.group(group)]),
			choice.group,
			(group) => choose({ group }),
		),
		select("average", words.text("explore.average"), averages(shown), shown.line?.id ?? "", (average) =>
			change({ average }),
		),
		select(
			"sort",
			words.text("explore.sort"),
			ORDERS.map((order): Option => [order, words.text(`explore.sort.${order}`)]),
			state.order,
			(order) => change({ order: order as State["order"] }),
		),
		search(shown, change),
	);
}

/** Averages that there are of the figures, and none. */
function averages({ lines, words, edition }: Shown): Option[] {
	return [
		...lines.map(({ id, figure }): Option => [id, words.system(codeOf(figure), edition)]),
		["", words.text("explore.average-none")],
	];
}

/** One of the views is shown. */
export function views({ state, words }: Shown, change: ChangeState): HTMLElement {
	return el(
		"div",
		{ class: "views", role: "group", "aria-label": words.text("explore.view") },
		...VIEWS.map((view) =>
			on(
				el(
					"button",
					{ type: "button", id: `view-${view}`, "aria-pressed": String(view === state.view) },
					words.text(`explore.view.${view}`),
				),
				"click",
				() => change({ view }),
			),
		),
	);
}

export function select(
	id: string,
	label: string,
	options: readonly Option[],
	chosen: string,
	act: (value: string) => void,
	look = "",
): HTMLElement {
	const list = el("select", { id });
	for (const [value, name] of options) {
		list.append(el("option", { value, selected: value === chosen }, name));
	}
	on(list, "change", () => act(list.value));
	return el("div", { class: `field ${look}` }, el("label", { for: id }, label), list);
}

/** A field in which the name or code of a system is typed; choosing it pins it. */
function search({ systems, words, edition, state }: Shown, change: ChangeState): HTMLElement {
	const named = new Map(systems.map((one) => [words.system(codeOf(one), edition), codeOf(one)]));
	const field = el("input", { id: "search", type: "search", list: "systems", autocomplete: "off" });
	const list = el(
		"datalist",
		{ id: "systems" },
		...[...named].map(([name, code]) => el("option", { value: name }, code)),
	);
	const missing = el("p", { class: "missing", role: "alert" });
	const take = (code: string) => change({ pins: [...new Set([...state.pins, code])] });
	on(field, "input", () => {
		missing.textContent = "";
		const code = named.get(field.value);
		if (code !== undefined) take(code);
	});
	on(field, "change", () => {
		const code = found(field.value, named);
		if (code !== undefined) take(code);
		else if (field.value.trim() !== "") missing.textContent = words.text("explore.search-none");
	});
	return el(
		"div",
		{ class: "field" },
		el("label", { for: "search" }, words.text("explore.search")),
		field,
		list,
		missing,
	);
}

/** The only system whose name begins or goes on with some letters, or whose code they are. */
function found(text: string, named: ReadonlyMap<string, string>): string | undefined {
	const letters = text.trim().toLocaleLowerCase();
	if (letters === "") return undefined;
	const all = [...named];
	const exact = all.find(
		([name, code]) => code.toLowerCase() === letters || name.toLocaleLowerCase() === letters,
	);
	const starts = all.filter(([name]) => name.toLocaleLowerCase().startsWith(letters));
	const holds = all.filter(([name]) => name.toLocaleLowerCase().includes(letters));
	return (exact ?? starts[0] ?? holds[0])?.[1];
}

/** The pinned systems, each with a button that lets it go. */
export function pins(shown: Shown, change: ChangeState): HTMLElement {
	const { state, words, edition } = shown;
	const own = state.pins.filter((code) => !isAverage(code));
	if (own.length === 0) return el("p", { class: "hint" }, words.text("explore.pin-hint"));
	const button = (text: string, label: string, act: () => void, look = "") =>
		on(el("button", { type: "button", class: look, "aria-label": label }, text), "click", act);
	return el(
		"div",
		{ class: "pins", role: "group", "aria-label": words.text("explore.pinned") },
		el("span", {}, words.text("explore.pinned")),
		...own.map((code, place) => {
			const name = words.system(code, edition);
			return button(
				`${name} ×`,
				words.text("explore.unpin", { name }),
				() => change({ pins: state.pins.filter((one) => one !== code) }),
				`pin series-${place % 6}`,
			);
		}),
		button(words.text("explore.unpin-all"), words.text("explore.unpin-all"), () => change({ pins: [] })),
	);
}
