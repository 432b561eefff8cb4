import { type PublishedSpec, published } from "../../index.js";
import { publishedItems, renderPublishedList } from "../../internal.js";
import type { Io } from "../io.js";
import { runAnalysis } from "../run.js";
import { shownAs, viewOf } from "../shown.js";
import { specOf, type TypedOptions } from "../spec.js";

/** `talis-pd published`. */
export async function publishedCommand(options: TypedOptions & { list?: boolean }, io: Io): Promise<void> {
	const { list, ...asked } = options;
	if (list) return listPublished(asked, io);
	return runAnalysis([], asked, io, (language) => published(specOf<PublishedSpec>(asked, language)));
}

/** What there is to ask for. */
function listPublished(options: TypedOptions, io: Io): void {
	const { format, language } = shownAs(options, io);
	const results = published(specOf<PublishedSpec>(options, language));
	const list = publishedItems(results);
	io.stdout.write(
		format === "json"
			? `${JSON.stringify(list, null, 2)}\n`
			: renderPublishedList(results, viewOf(language, io)),
	);
}
