import { listAssets } from "../platform/assets.js";

/** The code of a language, such as `kk`: one of those that data/locales/ has a file of. */
export type Language = "en" | (string & {});

/** English, then every other language that data/locales/ has a file of. */
export const LANGUAGES: readonly [Language, ...Language[]] = [
	"en",
	...listAssets("locales").flatMap((file) => {
		const language = file.replace(/\.json$/, "");
		return language === "en" ? [] : [language];
	}),
];
