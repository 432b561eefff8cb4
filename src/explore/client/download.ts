import { inert } from "../../present/rows/spreadsheet-safe.js";
import type { EstimateRow } from "../../results/result-set.js";
import { tablesOfItem } from "../model/choice.js";
import { chosenFigures } from "../model/figures.js";
import type { Edition } from "../pack.js";
import { el, on, svg } from "./dom.js";
import type { Shown } from "./shown.js";
import { cyclesOf } from "./trend.js";

/** Dots of a picture for each pixel of its drawing. */
const ZOOM = 2;
const MARGIN = 24;

/** Buttons that save what is shown, each with its source. */
export function downloads(shown: Shown, said: (text: string) => void): HTMLElement {
	const { words, state } = shown;
	const button = (id: string, text: string, act: () => void) =>
		on(el("button", { type: "button", id }, text), "click", act);
	const drawings = () => [...document.querySelectorAll<SVGSVGElement>("#drawing svg")];
	const asked = (act: (text: string) => void) => {
		const own = drawings();
		if (own.length > 0) act(svgText(own, shown));
	};
	const hasDrawing = state.view !== "table";
	const name = `${state.choice.topic}-${state.choice.item}-${state.choice.edition}-${state.view}`;
	return el(
		"div",
		{ class: "downloads", role: "group", "aria-label": words.text("explore.download") },
		button("csv", words.text("page.csv"), () =>
			save(`${name}.csv`, new Blob([csvOf(shown)], { type: "text/csv" })),
		),
		hasDrawing
			? button("svg", words.text("page.svg"), () =>
					asked((text) => save(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }))),
				)
			: null,
		hasDrawing
			? button("png", words.text("page.png"), () =>
					asked((text) => picture(text).then((blob) => save(`${name}.png`, blob))),
				)
			: null,
		button("link", words.text("explore.link"), () => {
			navigator.clipboard.writeText(location.href).then(
				() => said(words.text("explore.copied")),
				() => said(location.href),
			);
		}),
	);
}

function save(name: string, blob: Blob): void {
	const link = el("a", { href: URL.createObjectURL(blob), download: name.replaceAll(/[^\w.-]+/g, "-") });
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Columns of the file, as `--format csv` calls them where it has them. */
const COLUMNS = [
	...["topic", "item", "label", "country", "name", "population", "group", "cycle", "base", "statistic"],
	...["estimate", "se", "ciLow", "ciHigh", "n", "status", "flag", "source"],
] as const;

/** The figures of the view, a row each, in full precision. */
function csvOf(shown: Shown): string {
	const rows = rowsOf(shown).map(([row, edition]) => {
		const { country = "", population = "", ...group } = row.group;
		const values: Record<(typeof COLUMNS)[number], string | number | null | undefined> = {
			...{ topic: row.topic, item: row.item, label: shown.words.item(row, edition), country },
			...{ name: shown.words.system(country, edition), population, cycle: edition.cycle },
			group: Object.entries(group)
				.map(([id, value]) => `${id}=${value}`)
				.join(";"),
			...{ base: row.base, statistic: row.statistic, estimate: row.estimate, se: row.se },
			...{ ciLow: row.ciLow, ciHigh: row.ciHigh, n: row.n, status: row.status, flag: row.flag },
			source: edition.source,
		};
		return COLUMNS.map((column) => cellOf(values[column]));
	});
	return `\uFEFF${[[...COLUMNS], ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`;
}

function cellOf(value: string | number | null | undefined): string {
	if (value === null || value === undefined) return "";
	const text = String(inert(value));
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rowsOf(shown: Shown): [EstimateRow, Edition][] {
	const { state, edition, systems, lines, pack, table, pinned } = shown;
	if (state.view === "trend") {
		return cyclesOf(shown).flatMap(({ figures, average, edition: own }) =>
			[...figures, ...(average === undefined ? [] : [average])].map(
				({ estimate }): [EstimateRow, Edition] => [estimate, own],
			),
		);
	}
	if (state.view === "groups") {
		const codes = (systems.length === 1 ? systems : pinned).map(({ estimate }) => estimate.group.country);
		return tablesOfItem(pack, table)
			.filter((one) => one.edition === table.edition && one.level === table.level)
			.flatMap((one) => chosenFigures(pack, one))
			.filter(({ estimate }) => codes.includes(estimate.group.country))
			.map(({ estimate }) => [estimate, edition]);
	}
	return [...systems, ...lines.map(({ figure }) => figure)].map(({ estimate }) => [estimate, edition]);
}

/** What a drawing's look is made of: in a file of its own it has no style sheet. */
const LOOKS = [
	...["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family"],
	...["opacity", "paint-order"],
];

/** The drawings of a view in one file: with title, source, colours and font. */
function svgText(drawings: readonly SVGSVGElement[], shown: Shown): string {
	const { words, table, edition } = shown;
	const width = Math.max(...drawings.map((one) => Number(one.getAttribute("width"))));
	const page = getComputedStyle(document.body);
	const text = (content: string, y: number, size: number, weight = 400) =>
		svg(
			"text",
			{
				...{ x: MARGIN, y, "font-size": size, "font-weight": weight },
				...{ "font-family": page.fontFamily, fill: page.color },
			},
			content,
		);
	const facts = document.querySelector(".facts")?.textContent ?? "";
	const parts: SVGElement[] = [];
	let y = MARGIN;
	const write = (content: string, size: number, weight?: number) => {
		for (const line of wrapped(content, width, size)) {
			y += Math.round(size * 1.3);
			parts.push(text(line, y, size, weight));
		}
	};
	write(words.item(table, edition), 20, 600);
	write(facts, 13);
	for (const drawing of drawings) {
		y += 12;
		if (drawings.length > 1) write(drawing.getAttribute("aria-label") ?? "", 15, 600);
		const own = standalone(drawing);
		parts.push(svg("g", { transform: `translate(${MARGIN} ${y})` }, ...own.childNodes));
		y += Number(drawing.getAttribute("height"));
	}
	write(words.text("explore.source", { source: edition.source, tool: shown.pack.tool }), 12);
	const size = { width: width + 2 * MARGIN, height: y + MARGIN };
	const whole = svg(
		"svg",
		{ ...size, viewBox: `0 0 ${size.width} ${size.height}` },
		svg("style", {}, faces()),
		svg("rect", { ...size, fill: page.backgroundColor }),
		...parts,
	);
	return new XMLSerializer().serializeToString(whole);
}

/** A copy of a drawing whose looks stand in its attributes. */
function standalone(drawing: SVGSVGElement): SVGSVGElement {
	const own = drawing.cloneNode(true) as SVGSVGElement;
	const from = [...drawing.querySelectorAll<SVGElement>("*")];
	for (const [place, element] of [...own.querySelectorAll<SVGElement>("*")].entries()) {
		const style = getComputedStyle(from[place] as SVGElement);
		for (const name of LOOKS) element.setAttribute(name, style.getPropertyValue(name));
		for (const { name } of [...element.attributes]) {
			if (/^(class|role|tabindex|aria-|data-)/.test(name)) element.removeAttribute(name);
		}
	}
	return own;
}

/** Lines of a text that fit a width, by the usual width of a letter. */
function wrapped(text: string, width: number, size: number): string[] {
	const most = Math.max(12, Math.floor(width / (size * 0.47)));
	const lines: string[] = [];
	for (const word of text.split(" ")) {
		const last = lines.at(-1);
		if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

/** The page's font, for drawings that leave it. */
function faces(): string {
	return [...document.styleSheets]
		.flatMap((sheet) => [...sheet.cssRules])
		.filter((rule) => rule instanceof CSSFontFaceRule)
		.map((rule) => rule.cssText)
		.join("\n");
}

/** A drawing as PNG. */
async function picture(text: string): Promise<Blob> {
	const image = new Image();
	// The page's policy has pictures of its own text alone.
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
	await image.decode();
	const canvas = el("canvas", { width: image.width * ZOOM, height: image.height * ZOOM });
	canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png"),
	);
}
