import type { Pack } from "../pack.js";
import { comparison } from "./comparison.js";
import { controls, pins, select, views } from "./controls.js";
import { el, on } from "./dom.js";
import { downloads } from "./download.js";
import { groups } from "./groups.js";
import { lead } from "./lead.js";
import { offTheMap, worldMap } from "./map.js";
import { rankedSystems } from "./rank.js";
import { type Acts, absentLines, systemName } from "./rows.js";
import { type Shown, shownOf } from "./shown.js";
import { addressOf, type State, stateAt, ZOOMS } from "./state.js";
import { figureTable } from "./table.js";
import { trend } from "./trend.js";
import { markOf, type PageWords, pageWords } from "./words.js";

const pack: Pack = JSON.parse(document.getElementById("pack")?.textContent ?? "null");
let state: State = stateAt(location.hash, pack);
let words: PageWords = pageWords(pack, state.language);
const root = el("div", { id: "explorer" });
const hint = el("div", { class: "tooltip", hidden: true, "aria-hidden": "true" });
const spoken = el("div", { class: "spoken", role: "status", "aria-live": "polite" });
document.body.append(root, hint, spoken);

/** Goes on with some of the state changed, and keeps the focus where it was. */
function change(part: Partial<State>): void {
	state = { ...state, ...part };
	history.replaceState(null, "", addressOf(state, pack));
	show();
}

const acts: Acts = {
	pin(code) {
		const { pins } = state;
		change({ pins: pins.includes(code) ? pins.filter((one) => one !== code) : [...pins, code] });
	},
	tell(text, at) {
		hint.hidden = text === "";
		hint.textContent = text;
		if (at === null) return;
		const { left, bottom, width, top } = at.getBoundingClientRect();
		const { offsetWidth, offsetHeight } = hint;
		const x = Math.min(Math.max(8, left + width / 2 - offsetWidth / 2), innerWidth - offsetWidth - 8);
		const below = bottom + offsetHeight + 8 < innerHeight;
		hint.style.left = `${x}px`;
		hint.style.top = `${below ? bottom + 6 : top - offsetHeight - 6}px`;
	},
};

function show(): void {
	if (words.language !== state.language) words = pageWords(pack, state.language);
	const focused = focusedPlace();
	const shown = shownOf(pack, state, words);
	document.documentElement.lang = state.language;
	document.title = `${words.item(state.choice, shown.edition)} · ${words.text("explore.title")}`;
	acts.tell("", null);
	root.replaceChildren(
		el("a", { class: "skip", href: "#figure" }, words.text("report.skip")),
		header(),
		el("div", { class: "columns" }, controls(shown, change), main(shown)),
	);
	// The drawing is as wide as its place, which is known only now.
	draw(shown);
	spoken.textContent = lead(shown);
	if (focused !== "") root.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
}

/** Position of the focus, to restore it after redrawing. */
function focusedPlace(): string {
	const at = document.activeElement;
	if (!(at instanceof Element) || !root.contains(at)) return "";
	if (at.id !== "") return `#${CSS.escape(at.id)}`;
	const code = at.getAttribute("data-code");
	return code === null ? "" : `.mark[data-code="${CSS.escape(code)}"]`;
}

function header(): HTMLElement {
	const button = (language: string) =>
		on(
			el(
				"button",
				{
					type: "button",
					lang: language,
					id: `lang-${language}`,
					"aria-pressed": String(language === state.language),
				},
				pack.messages[language]?.["report.language-name"] ?? language,
			),
			"click",
			() => change({ language }),
		);
	return el(
		"header",
		{},
		el("h1", {}, words.text("explore.title")),
		el(
			"div",
			{ class: "looks" },
			themes(),
			el(
				"nav",
				{ class: "languages", "aria-label": words.text("report.language") },
				...Object.keys(pack.messages).map(button),
			),
		),
	);
}

const THEMES = ["auto", "light", "dark"] as const;
let theme: (typeof THEMES)[number] = "auto";

function themes(): HTMLElement {
	const options = THEMES.map((one) => [one, words.text(`explore.theme.${one}`)] as const);
	return select("theme", words.text("explore.theme"), options, theme, (chosen) => {
		theme = THEMES.find((one) => one === chosen) ?? "auto";
		if (theme === "auto") document.documentElement.removeAttribute("data-theme");
		else document.documentElement.dataset.theme = theme;
	});
}

function main(shown: Shown): HTMLElement {
	const { table, edition } = shown;
	const facts = [
		words.of(pack.titles[table.edition]?.[table.topic]),
		words.of(pack.bases[table.base]),
		words.level(table.level),
		shown.state.choice.group === "" ? "" : words.group(shown.state.choice.group),
		words.edition(edition),
	].filter((fact) => fact !== "");
	return el(
		"main",
		{ id: "figure", tabindex: -1 },
		edition.synthetic ? el("p", { class: "warning" }, words.text("note.synthetic-data")) : null,
		views(shown, change),
		el("h2", {}, words.item(table, edition)),
		el("p", { class: "facts" }, facts.join(" · ")),
		el("p", { class: "lead" }, lead(shown)),
		pins(shown, change),
		el("p", { class: "unseen", id: "keys" }, words.text("explore.keys")),
		el("div", { id: "drawing" }),
		el("div", { class: "notes" }, ...absentLines(shown)),
		["rank", "map", "table"].includes(shown.state.view) ? comparison(shown, change) : null,
		downloads(shown, (text) => {
			spoken.textContent = text;
			acts.tell(text, document.getElementById("link"));
		}),
		el("div", { class: "notes" }, ...notes(shown)),
	);
}

function notes({ edition, systems }: Shown): HTMLElement[] {
	const text = (content: string) => el("p", {}, content);
	const marks = [...new Set(systems.map(({ estimate }) => markOf(estimate)))].filter((mark) => mark !== "");
	return [
		text(words.text("explore.intervals", { level: words.share(edition) })),
		...(marks.length === 0
			? []
			: [
					text(
						words.text("explore.caution", {
							marks: marks.join(" "),
							publisher: words.of(edition.publisher ?? {}),
						}),
					),
				]),
		text(words.text("explore.source", { source: edition.source, tool: pack.tool })),
	];
}

/** The part that depends on the width of the page. */
function draw(shown: Shown): void {
	const place = document.getElementById("drawing");
	if (place === null) return;
	const width = Math.floor(place.clientWidth);
	place.replaceChildren(...viewOf(shown, width));
	for (const scroll of place.querySelectorAll<HTMLElement>(".world")) toMiddle(scroll);
}

/** Size of the map. */
function zoomOf({ state }: Shown): HTMLElement {
	const options = ZOOMS.map((zoom) => [zoom, `× ${zoom}`] as const);
	return select("zoom", words.text("explore.zoom"), options, state.zoom, (chosen) =>
		change({ zoom: ZOOMS.find((zoom) => zoom === chosen) ?? "1" }),
	);
}

/** A map larger than its place is moved in it. */
function enlarged(drawing: SVGSVGElement, { state }: Shown): Element {
	if (state.zoom === "1") return drawing;
	return el(
		"div",
		{ class: "world", role: "region", tabindex: 0, "aria-label": words.text("explore.view.map") },
		drawing,
	);
}

/** What is pinned is in the middle, or what most systems are around. */
function toMiddle(scroll: HTMLElement): void {
	const pinned = [...scroll.querySelectorAll(".mark.pinned")];
	const marks = pinned.length > 0 ? pinned.slice(-1) : [...scroll.querySelectorAll(".mark")];
	const frame = scroll.getBoundingClientRect();
	const middle = (from: (box: DOMRect) => number) => {
		const sorted = marks.map((mark) => from(mark.getBoundingClientRect())).sort((a, b) => a - b);
		return sorted[Math.floor(sorted.length / 2)] ?? 0;
	};
	scroll.scrollLeft += middle(({ left, width }) => left + width / 2) - frame.left - frame.width / 2;
	scroll.scrollTop += middle(({ top, height }) => top + height / 2) - frame.top - frame.height / 2;
}

function viewOf(shown: Shown, width: number): Element[] {
	switch (shown.state.view) {
		case "table":
			return [figureTable(shown, change)];
		case "map":
			return [
				zoomOf(shown),
				enlarged(worldMap(shown, width * Number(shown.state.zoom), acts), shown),
				...mapNotes(shown),
			];
		case "trend":
			return [trend(shown, width, acts)];
		case "groups":
			return [groups(shown, width, acts, change)];
		default:
			return [rankedSystems(shown, width, acts)];
	}
}

function mapNotes(shown: Shown): Element[] {
	const away = offTheMap(shown).map((one) => systemName(shown, one));
	const notes = [
		words.text("chart.map-reading"),
		...(away.length === 0 ? [] : [words.text("chart.map-away", { systems: away.join(", ") })]),
		words.text("chart.map-boundaries"),
	];
	return notes.map((text) => el("p", { class: "note" }, text));
}

let drawnWidth = 0;
addEventListener("resize", () => {
	if (innerWidth === drawnWidth) return;
	drawnWidth = innerWidth;
	show();
});
addEventListener("hashchange", () => {
	if (location.hash === addressOf(state, pack)) return;
	// A place in the page is no state.
	if (location.hash === "#figure") return;
	state = stateAt(location.hash, pack);
	show();
});
addEventListener("keydown", ({ key }) => {
	if (key === "Escape") acts.tell("", null);
});

document.fonts.load('14px "Source Sans 3"').then(show, show);
