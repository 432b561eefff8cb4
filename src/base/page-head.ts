import { createHash } from "node:crypto";
import { html, type Markup, unsafe } from "./html.js";

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

/**
 * How a page of ours begins, up to its title.
 * @param scripts As for its policy.
 * @param provenance As JSON.
 */
export function pageHead(language: string, scripts: readonly string[], provenance: string): Markup {
	return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
${unsafe(policyTag(scripts))}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="talis-pd">
<meta name="provenance" content="${provenance}">`;
}
