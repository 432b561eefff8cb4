"use strict";
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const spoken = document.querySelector(".spoken");

/* Languages: one is shown; the reader stays at the section that is being read. */
const switches = $$("[data-switch]");
function show(language, focus) {
	const shown = document.querySelector(`[data-language="${language}"]`);
	if (shown === null) return;
	const reading = focus ? $$("[data-language]:not([hidden]) section").find((part) => part.getBoundingClientRect().bottom > 80) : undefined;
	for (const part of $$("[data-language]")) part.hidden = part !== shown;
	for (const button of switches) button.setAttribute("aria-pressed", String(button.dataset.switch === language));
	document.documentElement.lang = language;
	document.title = switches.find((button) => button.dataset.switch === language)?.dataset.title ?? document.title;
	if (reading !== undefined && scrollY > 200) {
		document.getElementById(reading.id.replace(/^[a-z]+-/, `${language}-`))?.scrollIntoView();
	}
}
for (const button of switches) {
	button.addEventListener("click", () => {
		show(button.dataset.switch, true);
		history.replaceState(null, "", `#${button.dataset.switch}`);
	});
}
/* #kk, or a place in a language's part such as #kk-findings. */
function follow() {
	const place = decodeURIComponent(location.hash.slice(1));
	if (place === "") return;
	show(place.split("-")[0], false);
	document.getElementById(place)?.scrollIntoView();
}
addEventListener("hashchange", follow);
follow();

/* Tables: a head sorts its column, first from the lowest, then from the highest; rows without a number come last. */
function keyOf(row, column) {
	let place = 0;
	for (const cell of row.cells) {
		if (column < place + cell.colSpan) {
			const number = cell.dataset.value ?? cell.dataset.rank;
			if (number !== undefined) return Number(number);
			return cell.classList.contains("hidden") ? null : cell.textContent.trim();
		}
		place += cell.colSpan;
	}
	return null;
}
function compare(a, b) {
	if (typeof a === "number" && typeof b === "number") return a - b;
	return String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });
}
function sort(head) {
	const table = head.closest("table");
	const column = [...head.parentElement.cells].indexOf(head);
	const up = head.getAttribute("aria-sort") !== "ascending";
	for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
	head.setAttribute("aria-sort", up ? "ascending" : "descending");
	const rows = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row, column) }));
	const known = rows.filter(({ key }) => key !== null && key !== "");
	known.sort((a, b) => (up ? 1 : -1) * compare(a.key, b.key));
	table.tBodies[0].append(...[...known, ...rows.filter((one) => !known.includes(one))].map(({ row }) => row));
	const words = head.closest("[data-language]").dataset;
	spoken.textContent = `${head.textContent}: ${up ? words.up : words.down}`;
}
for (const button of $$("th button")) button.addEventListener("click", () => sort(button.parentElement));

/* How to name a figure, for the clipboard; where there is none, as a text to copy. */
for (const button of $$("[data-cite]")) {
	button.addEventListener("click", async () => {
		try {
			await navigator.clipboard.writeText(button.dataset.cite);
			spoken.textContent = button.dataset.done;
			button.textContent = button.dataset.done;
		} catch {
			const text = Object.assign(document.createElement("p"), { textContent: button.dataset.cite });
			button.after(text);
			getSelection().selectAllChildren(text);
		}
	});
}
