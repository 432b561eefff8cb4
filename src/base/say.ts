/** The audience of an error: callers of the library, or users of the command line. */
export type Listener = "library" | "commandLine";

/** What is said, in the words of each listener. */
export type Words = Readonly<Record<Listener, string>>;

/** Options that the command line calls otherwise than the library, mostly as they may be repeated there. */
export const FLAGS: Readonly<Record<string, string>> = {
	topics: "topic",
	items: "item",
	variables: "variable",
	quantiles: "quantile",
	ratios: "ratio",
	countries: "country",
	extras: "with",
	outcomes: "outcome",
	models: "model",
	language: "lang",
};

/** Text whose parts may differ by who is spoken to: say\`leave out ${option("by")}\`. */
export function say(parts: TemplateStringsArray, ...values: readonly (string | number | Words)[]): Words {
	const by = (listener: Listener) =>
		String.raw({ raw: parts }, ...values.map((value) => spoken(value, listener)));
	return { library: by("library"), commandLine: by("commandLine") };
}

/** The words of one listener. */
export function spoken(words: string | number | Words, listener: Listener): string {
	return typeof words === "object" ? words[listener] : String(words);
}

/**
 * An option by the library's name, alone or with a value: `averageKind: simple` is `--average-kind simple` to who types.
 */
export function option(name: string, value?: string): Words {
	const flag = `--${(FLAGS[name] ?? name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
	return value === undefined
		? { library: name, commandLine: flag }
		: { library: `${name}: ${value}`, commandLine: `${flag} ${value}` };
}

/** Words one after the other. */
export function joined(list: readonly Words[], between: string): Words {
	const by = (listener: Listener) => list.map((words) => words[listener]).join(between);
	return { library: by("library"), commandLine: by("commandLine") };
}

/** A function of the library, and the command that does the same. */
export function command(library: string, commandLine: string): Words {
	return { library, commandLine: `talis-pd ${commandLine}` };
}
