import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);

/** Debian's Chromium. */
const CHROMIUM = "/usr/bin/chromium";
/** With no font file at all Chromium draws no letter, not even of a font that a page brings, and complains without end. */
const hasFonts = spawnSync("fc-list", { encoding: "utf8" }).stdout !== "";
const [absent] = [
	existsSync(CHROMIUM) ? [] : [`there is no ${CHROMIUM}`],
	hasFonts ? [] : ["no font is installed, and Chromium draws nothing without one: install fonts-dejavu-core"],
].flat();
export const hasBrowser = absent === undefined;
/** The end of a title that says why its tests are skipped, where they are. */
export const SKIPPED = hasBrowser ? "" : ` (skipped: ${absent})`;
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** A browser with a profile of its own, that asks nobody for anything by itself. */
export function openBrowser(): Promise<BrowserContext> {
	return chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "talis-pd-browser-")), {
		executablePath: CHROMIUM,
		args: [
			...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
			// Letters as their font has them, whatever this machine does to them.
			...["--font-render-hinting=none", "--disable-font-subpixel-positioning"],
			...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
		],
	});
}

export interface Opening {
	width?: number;
	colorScheme?: "light" | "dark";
}

/** What a page says (console, errors) and asks for (addresses), as it happens. */
export interface Overheard {
	heard: string[];
	asked: string[];
}

/** A page with its fonts loaded, whose words and requests are added to `overheard`. */
export async function openPage(
	browser: BrowserContext,
	url: string,
	{ heard, asked }: Overheard,
	{ width = 1280, colorScheme = "light" }: Opening = {},
): Promise<Page> {
	const page = await browser.newPage();
	page.on("console", (message) => heard.push(message.text()));
	page.on("pageerror", (error) => heard.push(error.message));
	page.on("request", (request) => asked.push(request.url()));
	await page.setViewportSize({ width, height: 900 });
	await page.emulateMedia({ colorScheme });
	await page.goto(url);
	await page.evaluate(() => document.fonts.ready);
	return page;
}

/** The pages asked for, each once: neither data inside the page nor places in it. */
export function pagesOf(asked: readonly string[]): string[] {
	return [...new Set(asked.filter((url) => !url.startsWith("data:")).map((url) => url.replace(/#.*/, "")))];
}

interface Violation {
	id: string;
	impact: string;
	nodes: { html: string }[];
}

/** What axe-core finds wrong with a page, a line each. */
export async function violations(page: Page): Promise<string[]> {
	const found = await page.evaluate(async (axe) => {
		// The page's policy lets no script from elsewhere in.
		const run = new Function(`${axe}; return axe;`)();
		const { violations } = await run.run();
		return violations as Violation[];
	}, AXE);
	return found.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html.slice(0, 160)}`);
}
