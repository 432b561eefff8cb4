import { zip } from "./zip.js";

/** Contents of the parts of a workbook that tests lay out by hand; a sheet's are rows of XML. */
export interface WorkbookParts {
	sheets: { name: string; rows: string; merges?: string[]; hidden?: boolean }[];
	strings?: string[];
	/** Number formats by the place of their style. */
	formats?: number[];
	days1904?: boolean;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** A workbook as Excel lays it out. */
export function workbook({ sheets, strings = [], formats = [0], days1904 = false }: WorkbookParts): Buffer {
	const relation = (id: string, kind: string, target: string) =>
		`<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
	const relations = (own: string) =>
		`${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${own}</Relationships>`;
	const part = (name: string, kind: string) =>
		`<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
	const state = (hidden?: boolean) => (hidden ? ' state="hidden"' : "");
	return zip([
		{
			path: "[Content_Types].xml",
			bytes: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part("workbook", "sheet.main")}${sheets.map((_, index) => part(`worksheets/sheet${index + 1}`, "worksheet")).join("")}${part("sharedStrings", "sharedStrings")}${part("styles", "styles")}</Types>`,
		},
		{ path: "_rels/.rels", bytes: relations(relation("rId1", "officeDocument", "xl/workbook.xml")) },
		{
			path: "xl/workbook.xml",
			bytes: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${days1904 ? ' date1904="1"' : ""}/><sheets>${sheets.map(({ name, hidden }, index) => `<sheet name="${name}" sheetId="${index + 1}"${state(hidden)} r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
		},
		{
			path: "xl/_rels/workbook.xml.rels",
			bytes: relations(
				sheets
					.map((_, index) => relation(`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`))
					.join("") +
					relation("rIdStrings", "sharedStrings", "sharedStrings.xml") +
					relation("rIdStyles", "styles", "styles.xml"),
			),
		},
		...sheets.map(({ rows, merges = [] }, index) => ({
			path: `xl/worksheets/sheet${index + 1}.xml`,
			bytes: `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${merges.length === 0 ? "" : `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`}</worksheet>`,
		})),
		{
			path: "xl/sharedStrings.xml",
			bytes: `${HEAD}<sst xmlns="${MAIN}">${strings.map((one) => `<si>${one}</si>`).join("")}</sst>`,
		},
		{
			path: "xl/styles.xml",
			bytes: `${HEAD}<styleSheet xmlns="${MAIN}"><cellXfs count="${formats.length}">${formats.map((id) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join("")}</cellXfs></styleSheet>`,
		},
	]);
}

/** Plain rows as XML: numbers as numbers, texts in their cells. */
export function sheetRows(rows: readonly (readonly (string | number)[])[]): string {
	const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	const cell = (value: string | number) => {
		if (value === "") return "<c/>";
		return typeof value === "number"
			? `<c><v>${value}</v></c>`
			: `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
	};
	return rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("");
}
