import type { Source } from "../block.js";
import type { Input } from "../input.js";
export async function openXlsx(_: Input): Promise<Source> {
	throw new Error("soon");
}
