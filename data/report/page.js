"use strict";
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const spoken = document.querySelector(".spoken");

/* Languages: texts and attributes change, and the content of what has other elements; the reader stays at what is read. */
const report = document.querySelector("div.report");
const switches = $$("[data-switch]");
const languages = [document.documentElement.lang];
const changes = [];
const data = document.getElementById("languages");
if (data !== null) {
	const { others, words, places } = JSON.parse(data.textContent);
	languages.push(...others);
	const elements = [report, ...$$("*", report)];
	let number = 0;
	for (let at = 0; at < places.length; at += 2 + others.length) {
		number += places[at];
		const element = elements[number];
		const name = words[places[at + 1]];
		const own = name === "" ? element.innerHTML : (element.getAttribute(name) ?? "");
		const rest = places.slice(at + 2, at + 2 + others.length);
		changes.push({ element, name, values: [own, ...rest.map((word) => words[word] ?? own)] });
	}
}
function show(language) {
	const place = languages.indexOf(language);
	if (place === -1 || document.documentElement.lang === language) return;
	const reading = $$("main section > *").find((part) => part.getBoundingClientRect().bottom > 80);
	const top = reading?.getBoundingClientRect().top ?? 0;
	for (const { element, name, values } of changes) {
		const value = values[place];
		if (name === "") element.innerHTML = value;
		else if (value === "") element.removeAttribute(name);
		else element.setAttribute(name, value);
	}
	for (const button of switches) button.setAttribute("aria-pressed", String(button.dataset.switch === language));
	document.documentElement.lang = language;
	document.title = switches[place].dataset.title;
	spoken.textContent = "";
	if (scrollY > 200 && reading !== undefined) scrollBy(0, reading.getBoundingClientRect().top - top);
}
for (const button of switches) {
	button.addEventListener("click", () => {
		show(button.dataset.switch);
		history.replaceState(null, "", `#${button.dataset.switch}`);
	});
}
/* #kk, or a place in a language such as #kk-findings; a place alone is one in the language that is read. */
function follow() {
	const place = decodeURIComponent(location.hash.slice(1));
	if (place === "") return;
	const named = languages.find((language) => place === language || place.startsWith(`${language}-`));
	const language = document.documentElement.lang;
	if (named !== undefined) {
		show(named);
		document.getElementById(place.slice(named.length + 1))?.scrollIntoView();
	} else if (language !== languages[0]) history.replaceState(null, "", `#${language}-${place}`);
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
	spoken.textContent = `${head.textContent}: ${up ? report.dataset.up : report.dataset.down}`;
}
report.addEventListener("click", ({ target }) => {
	const button = target.closest("th button");
	if (button !== null) sort(button.parentElement);
});

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
