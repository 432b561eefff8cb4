import { withoutTurns } from "../../base/escape.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import type { Board, Form } from "../content/board.js";
import { cellText } from "../content/cell-text.js";
import { type BoardRow, placed } from "../content/cells.js";
import { printedOf } from "../content/printed.js";
import { widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** Number of columns that fit next to the labels. */
const MOST_COLUMNS = 6;

/** Longer words may break anywhere, which TeX does not do by default. */
const LONG_WORD = 20;

/** Share of the line available for numbers. */
const ROOM = 0.61;

const HEAD = [
	"% \\usepackage{booktabs,longtable,array}",
	"% pdfLaTeX: \\usepackage[T1]{fontenc}, for Kazakh and Russian \\usepackage[T2A]{fontenc};",
	"% XeLaTeX and LuaLaTeX: a font that has the language's letters.",
];

/**
 * One longtable with booktabs rules per topic, for inclusion in a document; many groups are split over several tables.
 */
export function renderLatex(results: ResultSet, view: View): string {
	const { locale } = view;
	const { warning, boards, words, methods, notes, source, provenance } = printedOf(results, view);
	const below = [...methods, ...notes, source, provenance.line].filter((line) => line !== "");
	return `${[
		[...HEAD, `% provenance ${provenance.whole}`].join("\n"),
		...(warning === "" ? [] : [`\\noindent\\textbf{${escaped(warning)}}`]),
		...boards
			.flatMap((board) => parts(board.form).map((form) => ({ board, form })))
			.map(({ board, form }, place) => table(board, form, `tab:${results.kind}-${place + 1}`, locale)),
		...(words.length === 0
			? []
			: [`\\noindent\\textbf{${escaped(locale.text("compare.in-words"))}}`, list(words)]),
		`{\\footnotesize\\noindent ${below.map(escaped).join("\\par\\noindent\n")}\\par}`,
	].join("\n\n")}\n`;
}

/** Splits columns over tables, unless cells span columns. */
function parts(form: Form): Form[] {
	const { columns, blocks } = form;
	const rows = blocks.flatMap((block) => block.rows);
	if (columns.length <= MOST_COLUMNS || rows.some(({ cells }) => cells.some(({ span = 1 }) => span > 1)))
		return [form];
	const count = Math.ceil(columns.length / MOST_COLUMNS);
	const size = Math.ceil(columns.length / count);
	return Array.from({ length: count }, (_, index) => {
		const of = <T>(list: readonly T[]) => list.slice(index * size, (index + 1) * size);
		return {
			...form,
			columns: of(columns),
			blocks: blocks.map(({ name, rows }) => ({
				name,
				rows: rows.map((row) => ({ ...row, cells: of(row.cells) })),
			})),
		};
	});
}

function table(
	{ title, under, below }: Board,
	{ labelHead, columns, blocks }: Form,
	/** The label for \ref. */
	name: string,
	locale: Locale,
): string {
	const across = columns.length + 1;
	const heads = [labelHead, ...columns.map(({ head }) => head.join(" "))];
	const numbers = widthsOf(columns, blocks, locale).map(
		(width) => `>{\\raggedleft\\arraybackslash}p{${width.toFixed(3)}\\linewidth}`,
	);
	const head = `${heads.map(escaped).join(" & ")} \\\\`;
	// Some lines are sentences, and some are not.
	const caption = [title, ...under, ...below].map((line) => escaped(line.replace(/\.$/, ""))).join(". ");
	return [
		"{\\small\\setlength{\\tabcolsep}{3pt}\\setlength{\\LTcapwidth}{\\linewidth}",
		`\\begin{longtable}{>{\\raggedright\\arraybackslash}p{0.3\\linewidth}${numbers.join("")}}`,
		`\\caption{${caption}}\\label{${name}}\\\\`,
		...["\\toprule", head, "\\midrule", "\\endfirsthead"],
		...["\\toprule", head, "\\midrule", "\\endhead"],
		...["\\bottomrule", "\\endlastfoot"],
		...blocks.flatMap(({ name, rows }) => [
			...(name === "" ? [] : [heading(name, across)]),
			...rows.map((row) => rowLine(row, across, locale)),
		]),
		"\\end{longtable}}",
	].join("\n");
}

/** Shares of the line width: heads fold between words, figures do not; labels take the rest. */
function widthsOf(columns: Form["columns"], blocks: Form["blocks"], locale: Locale): number[] {
	const cells = blocks.flatMap(({ rows }) => rows.flatMap((row) => placed(row.cells)));
	const needs = columns.map(({ head }, column) => {
		const figures = cells
			.filter(({ at, span }) => at === column && span === 1)
			.map((cell) => cellText(cell, locale));
		const words = [...head.join(" ").split(" "), ...figures].map(widthOf);
		return Math.min(LONG_WORD, Math.max(3, ...words));
	});
	const unit = Math.min(ROOM / needs.reduce((sum, need) => sum + need, 0), ROOM / 40);
	return needs.map((need) => need * unit);
}

function heading(name: string, across: number): string {
	return `\\multicolumn{${across}}{@{}l}{\\textbf{${escaped(name)}}} \\\\*`;
}

function rowLine({ label, under, cells }: BoardRow, across: number, locale: Locale): string {
	if (cells.length === 0) return heading(label, across);
	const left = `${under ? "\\quad " : ""}${escaped(label)}`;
	const numbers = placed(cells).map((cell) => {
		const text = escaped(cellText(cell, locale));
		const shown = cell.status === undefined ? text : `\\textit{${text}}`;
		return cell.span > 1 ? `\\multicolumn{${cell.span}}{r}{${shown}}` : shown;
	});
	return `${[left, ...numbers].join(" & ")} \\\\`;
}

function list(lines: readonly string[]): string {
	return `\\begin{itemize}\n${lines.map((line) => `\\item ${escaped(line)}`).join("\n")}\n\\end{itemize}`;
}

/** Characters that TeX would read as commands, accents, ligatures or spaces. */
const COMMANDS: Record<string, string> = {
	"\\": "\\textbackslash{}",
	"~": "\\textasciitilde{}",
	"^": "\\textasciicircum{}",
	"<": "\\textless{}",
	">": "\\textgreater{}",
	"|": "\\textbar{}",
	'"': "\\textquotedbl{}",
	"`": "\\textasciigrave{}",
	"[": "{[}",
	"]": "{]}",
	"*": "{*}",
	"−": "\\ensuremath{-}",
	"–": "--",
	"—": "---",
	"…": "\\dots{}",
	"≤": "\\ensuremath{\\leq}",
	"≥": "\\ensuremath{\\geq}",
	"≠": "\\ensuremath{\\neq}",
	"≈": "\\ensuremath{\\approx}",
	"×": "\\ensuremath{\\times}",
	"±": "\\ensuremath{\\pm}",
	"·": "\\ensuremath{\\cdot}",
	"√": "\\ensuremath{\\surd}",
	"→": "\\ensuremath{\\rightarrow}",
	"²": "\\ensuremath{^2}",
	τ: "\\ensuremath{\\tau}",
	α: "\\ensuremath{\\alpha}",
	β: "\\ensuremath{\\beta}",
	ρ: "\\ensuremath{\\rho}",
	χ: "\\ensuremath{\\chi}",
	Σ: "\\ensuremath{\\Sigma}",
	Δ: "\\ensuremath{\\Delta}",
	"†": "\\dag{}",
	"‡": "\\ddag{}",
	"\u00a0": "~",
	"\u202f": "\\,",
};

function escaped(text: string): string {
	return withoutTurns(text)
		.replace(/\p{Cc}+/gu, " ")
		.split(/( +)/)
		.map((word) => (word.length > LONG_WORD ? letters(word).map(inTex).join("\\allowbreak{}") : inTex(word)))
		.join("");
}

function letters(word: string): string[] {
	return Array.from(new Intl.Segmenter().segment(word), ({ segment }) => segment);
}

function inTex(text: string): string {
	return text.replace(/[\\~^<>|"`[\]*−–—…≤≥≠≈×±·√→²ταβρχΣΔ†‡\u00a0\u202f]|[&%$#_{}]|--+/gu, (found) => {
		if (found.startsWith("--")) return found.split("").join("{}");
		return COMMANDS[found] ?? `\\${found}`;
	});
}
