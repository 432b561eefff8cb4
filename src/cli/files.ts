/** Options that name files which are read beside the survey's own. */
const READ = ["codebook", "schools", "baseline", "calibration"];

/** Files that a command reads because of an option. Ids of built-in codebooks are not files, but do no harm here. */
export function filesNamed(options: object): string[] {
	return Object.entries(options).flatMap(([name, value]) => (READ.includes(name) ? [value].flat() : []));
}
