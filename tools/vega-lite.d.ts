/**
 * A Vega-Lite (v6) specification, whose parts https://vega.github.io/vega-lite/docs/spec.html describes. Who has vega-lite
 * installed can take it for its `TopLevelSpec`.
 */
export interface TopLevelSpec {
	$schema?: string;
	description?: string;
	// biome-ignore lint/suspicious/noExplicitAny: parts are read and changed by hand, as of JSON
	[part: string]: any;
}

/** A theme of a specification: its `config`. */
export interface Config {
	// biome-ignore lint/suspicious/noExplicitAny: as above
	[part: string]: any;
}
