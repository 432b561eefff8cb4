import { joined, option, say, type Words } from "../../base/say.js";
import type { Header } from "../block.js";

/** Advice when the sheet that was read is not the one that was meant. */
export function otherSheets({ others }: NonNullable<Header["sheets"]>): Words {
	const named = others.map((name) => option("sheet", `"${name}"`));
	return say`the workbook has other sheets: say ${joined(named, " or ")}`;
}
