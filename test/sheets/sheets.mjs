// Contact sheets of charts, to be looked at: for every kind one of languages by themes and one of languages by sizes.
//   npm run build && node test/sheets/sheets.mjs FOLDER [KIND…]
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { CHART_KINDS, THEMES } from "../../dist/chart.js";
import {
	chart,
	compare,
	gaps,
	LANGUAGES,
	means,
	model,
	published,
	rates,
	reach,
	samplePath,
} from "../../dist/index.js";

const [folder = mkdtempSync(join(tmpdir(), "talis-pd-sheets-")), ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const one = samplePath();
const four = one.replace("synthetic-kazakhstan-2018", "synthetic-talis-2024");
const counts = join(folder, "counts.csv");
writeFileSync(counts, "program,year,trained,eligible\nPhysics,2023,40,90\nPhysics,2024,70,95\n");
const LOWER = ["population=isced2"];
const everywhere = (language) => published({ items: ["activities:coaching"], where: LOWER, language });
const together = (language) =>
	published({ items: ["activities:coaching"], where: LOWER, synthesis: "reml", language });

const fitted = (language) =>
	model([one], {
		outcomes: ["coaching", "courses-online"],
		predict: "gender,experience,age",
		effects: true,
		language,
	});

/** Results of each kind, from few to many. */
const DRAWN = {
	dots: [
		(language) => rates([one], { items: ["coaching"], language }),
		(language) => rates([one], { topics: ["focus"], benchmark: ["KAZ@2024"], language }),
	],
	bars: [(language) => gaps([one], { language })],
	dumbbell: [
		(language) => compare([one], { between: "gender", topics: ["activities"], language }),
		(language) => compare([one, four], { between: "cycle", topics: ["needs"], language }),
	],
	heatmap: [
		(language) => published({ topics: ["activities"], where: LOWER, language }),
		(language) => published({ topics: ["focus"], where: LOWER, language }),
	],
	slope: [(language) => compare([one, four], { between: "cycle", topics: ["needs"], language })],
	matrix: [(language) => gaps([one], { language }), (language) => gaps([four], { language })],
	rank: [everywhere],
	map: [everywhere],
	tiles: [everywhere],
	differences: [
		(language) => compare([one], { between: "age", items: ["coaching"], language }),
		(language) => compare([four], { between: "country", topics: ["barriers"], language }),
	],
	means: [
		(language) => means([one], { by: ["gender"], language }),
		(language) => means([four], { language }),
	],
	reach: [(language) => reach(counts, { language })],
	stacked: [(language) => rates([four], { topics: ["modes"], where: ["country=KAZ"], language })],
	coefficients: [
		(language) => fitted(language),
		(language) =>
			published({
				statistic: "odds-ratio",
				items: ["needs:ai"],
				where: [...LOWER, "controls=none"],
				language,
			}),
	],
	effects: [(language) => fitted(language)],
	forest: [together],
	"leave-one-out": [together],
};

const missing = CHART_KINDS.filter((kind) => DRAWN[kind] === undefined);
if (missing.length > 0) throw new Error(`no results are drawn as ${missing.join(", ")}`);

const SIZES = ["social", "square", "story", "slide", "a4"];
const POINTING = ["dots", "rank", "heatmap", "map", "tiles", "forest"];
const CELL = { width: 560, height: 520, gap: 12 };

for (const kind of CHART_KINDS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
	for (const [place, make] of DRAWN[kind].entries()) {
		const rows = { themes: [], sizes: [] };
		for (const language of LANGUAGES) {
			const results = await make(language);
			const systems = new Set(results.estimates.map(({ group }) => group.country));
			const highlight = POINTING.includes(kind) && systems.size > 9 ? { highlight: ["KAZ"] } : {};
			const drawn = (look) => chart(results, { format: "png", kind, ...highlight, ...look });
			const themes = [];
			for (const theme of THEMES) themes.push(await drawn({ theme, scale: 1 }));
			const sizes = [];
			for (const size of SIZES) sizes.push(await drawn({ size }));
			rows.themes.push(themes);
			rows.sizes.push(sizes);
		}
		for (const [name, cells] of Object.entries(rows)) {
			const file = join(folder, `${kind}-${place + 1}-${name}.png`);
			writeFileSync(file, sheet(cells));
			process.stdout.write(`${file}\n`);
		}
	}
}

/** Pictures in rows and columns, each as large as its cell lets it be. */
function sheet(rows) {
	const columns = Math.max(...rows.map((row) => row.length));
	const [width, height] = [columns * (CELL.width + CELL.gap), rows.length * (CELL.height + CELL.gap)];
	const images = rows.flatMap((row, y) =>
		row.map((png, x) => {
			const at = `x="${x * (CELL.width + CELL.gap)}" y="${y * (CELL.height + CELL.gap)}"`;
			const data = Buffer.from(png).toString("base64");
			return `<image ${at} width="${CELL.width}" height="${CELL.height}" href="data:image/png;base64,${data}"/>`;
		}),
	);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#b8860b"/>${images.join("")}</svg>`;
	return new Resvg(svg).render().asPng();
}
