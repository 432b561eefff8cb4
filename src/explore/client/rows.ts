import type { Figured } from "../../compare/figured.js";
import { el, on, svg } from "./dom.js";
import { codeOf, type Shown } from "./shown.js";
import { markOf } from "./words.js";

/** How a drawing may act on the page. */
export interface Acts {
	/** Pins a system, or lets it go. */
	pin(code: string): void;
	/** Says something of what is pointed at, or nothing. */
	tell(text: string, at: Element | null): void;
}

/** The look of a system: pinned ones by a colour of their own, in the order in which they were pinned. */
function lookOf({ state: { pins } }: Shown, code: string): string {
	const place = pins.indexOf(code);
	if (place >= 0) return `series-${place % 6}`;
	return pins.length > 0 ? "other" : "series-0";
}

/** A group of marks that can be focused, pinned and asked what it says. */
export function mark(shown: Shown, one: Figured, acts: Acts, ...marks: Node[]): SVGGElement {
	const code = codeOf(one);
	const about = shown.words.about(one.estimate, shown.edition);
	const pinned = shown.state.pins.includes(code);
	const group = svg("g", {
		...{ class: `mark ${lookOf(shown, code)}${pinned ? " pinned" : ""}`, role: "button", tabindex: -1 },
		...{ "data-code": code, "aria-label": about, "aria-pressed": String(pinned) },
	});
	group.append(...marks);
	on(group, "click", () => acts.pin(code));
	on(group, "keydown", (event) => {
		const { key } = event as KeyboardEvent;
		if (key !== "Enter" && key !== " ") return;
		event.preventDefault();
		acts.pin(code);
	});
	for (const event of ["pointerenter", "focus"]) on(group, event, () => acts.tell(about, group));
	for (const event of ["pointerleave", "blur"]) on(group, event, () => acts.tell("", null));
	return group;
}

/** One stop of the tabulator in a drawing: arrows, Home and End move between its marks. */
export function roving(drawing: SVGSVGElement): void {
	const marks = [...drawing.querySelectorAll<SVGGElement>(".mark")];
	const first = marks.find((one) => one.classList.contains("pinned")) ?? marks[0];
	first?.setAttribute("tabindex", "0");
	on(drawing, "keydown", (event) => {
		const { key } = event as KeyboardEvent;
		const at = marks.indexOf(document.activeElement as SVGGElement);
		const to = {
			ArrowDown: at + 1,
			ArrowRight: at + 1,
			ArrowUp: at - 1,
			ArrowLeft: at - 1,
			Home: 0,
			End: marks.length - 1,
		}[key];
		const next = to === undefined ? undefined : marks[to];
		if (at < 0 || next === undefined) return;
		event.preventDefault();
		marks[at]?.setAttribute("tabindex", "-1");
		next.setAttribute("tabindex", "0");
		next.focus();
	});
}

/** A system's name with its caution mark. */
export function systemName({ words, edition }: Shown, one: Figured): string {
	return `${words.system(codeOf(one), edition)}${markOf(one.estimate)}`;
}

/** Why systems have no figure: one line per reason. */
export function absentLines(shown: Shown): HTMLElement[] {
	const { systems, words, state, edition } = shown;
	const reasons = new Map<string, string[]>();
	for (const one of systems) {
		if (one.estimate.estimate !== null) continue;
		const { status } = one.estimate;
		reasons.set(status, [...(reasons.get(status) ?? []), systemName(shown, one)]);
	}
	// What is pinned stays so where there is nothing of it.
	const there = new Set(systems.map(codeOf));
	const lost = state.pins.filter((code) => !there.has(code));
	if (lost.length > 0) {
		const names = lost.map((code) => words.system(code, edition));
		reasons.set("no-data", [...(reasons.get("no-data") ?? []), ...names]);
	}
	return [...reasons].map(([status, names]) =>
		el("p", { class: "absent" }, `${words.text(`explore.reason.${status}`)}: ${names.join(", ")}`),
	);
}
