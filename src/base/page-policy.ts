import { createHash } from "node:crypto";

/**
 * The element of a page's head that lets its own scripts run and nothing else, and nothing be fetched, whatever a label
 * says.
 * @param scripts What stands between the tags of each script of the page, with all blanks.
 */
export function policyTag(scripts: readonly string[] = []): string {
	const hashes = scripts.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
	const policy = [
		"default-src 'none'",
		...(hashes.length === 0 ? [] : [`script-src ${hashes.join(" ")}`]),
		"style-src 'unsafe-inline'",
		"font-src data:",
		"img-src data:",
		"base-uri 'none'",
		"form-action 'none'",
	];
	return `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`;
}
