import { createHash } from "node:crypto";
import { basename } from "node:path";
import * as z from "zod";
import { TOOL } from "../platform/package.js";
import { readText } from "../platform/small-files.js";
import type { ResultSet } from "../results/result-set.js";
import { isFile, type ReportConfig } from "./config.js";

/** Path in the folder → content. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

export const MANIFEST = "manifest.json";

const MANIFEST_SCHEMA = "talis-pd/report@1";

const schema = z.looseObject({
	schema: z.literal(MANIFEST_SCHEMA),
	outputs: z.array(z.looseObject({ path: z.string(), sha256: z.string() })),
});

/** What a report was made from and what it consists of; equal manifests are equal reports. */
export type Manifest = z.output<typeof schema>;

/** A manifest of this tool, or null. */
export function readManifest(text: string): Manifest | null {
	try {
		return schema.parse(JSON.parse(text));
	} catch {
		return null;
	}
}

/** Names without folders, because a report does not depend on where its files are. */
export function manifestText(config: ReportConfig, { source, codebook }: ResultSet, files: Files): string {
	const input = (role: string, file: string, content: string) => ({
		role,
		file: basename(file),
		sha256: hashOf(content),
	});
	const named = { codebook: config.codebook, baseline: config.baseline };
	const manifest = {
		schema: MANIFEST_SCHEMA,
		tool: TOOL,
		codebook: { id: codebook.id, version: codebook.version },
		...(config["as-of"] === undefined ? {} : { asOf: config["as-of"] }),
		inputs: [
			input("config", config.path, config.source),
			...source.map(({ file, sha256, rows }) => ({ role: "data", file, sha256, rows })),
			...Object.entries(named).flatMap(([role, file]) =>
				file !== undefined && isFile(file) ? [input(role, file, readText(file))] : [],
			),
		],
		outputs: [...files]
			.map(([path, content]) => ({
				path,
				bytes: Buffer.byteLength(content),
				sha256: hashOf(content),
			}))
			.sort((a, b) => (a.path < b.path ? -1 : 1)),
	} satisfies Manifest & Record<string, unknown>;
	return `${JSON.stringify(manifest, null, "\t")}\n`;
}

/** The SHA-256 by which a manifest recognises an unchanged file. */
export function hashOf(content: string | Uint8Array): string {
	return createHash("sha256").update(content).digest("hex");
}
