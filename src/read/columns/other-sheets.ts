import { joined, option, say, type Words } from "../../base/say.js";
import type { Header } from "../block.js";

/** What to do where a sheet of a workbook holds something else than was asked for. */
export function otherSheets({ others }: NonNullable<Header["sheets"]>): Words {
	const named = others.map((name) => option("sheet", `"${name}"`));
	return say`the workbook has other sheets: say ${joined(named, " or ")}`;
}
