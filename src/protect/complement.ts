import type { Turn } from "../base/turn.js";
import { groupKey } from "../results/group-key.js";
import type { Group } from "../results/result-set.js";
import {
	boundedCells,
	determinedCells,
	type Exposure,
	type Laid,
	type Participation,
	type Seen,
	sensitiveCells,
} from "./cells-at-risk.js";
import { type FigureTable, figureTables, type Published, type PublishedFigure } from "./figures.js";
import { Hidden } from "./hidden.js";
import type { Solver } from "./linear-program.js";

/** What is exposed in a table. */
export interface Found {
	table: FigureTable;
	exposure: Exposure;
}

/** Results that are published together, and what can be derived from them. */
export class Publication {
	private readonly laid: Laid[];
	readonly hidden = new Hidden();

	constructor(
		published: readonly Published[],
		lay: (table: FigureTable) => Laid,
		private readonly loadSolver: () => Promise<Solver>,
		private readonly turn: Turn = () => undefined,
	) {
		this.laid = figureTables(published).map(lay);
	}

	/** Everything that can currently be derived. */
	async exposures(): Promise<Found[]> {
		const found: Found[] = [];
		for (const laid of this.laid) {
			for (const exposure of await this.exposuresOf(laid)) found.push({ table: laid.table, exposure });
		}
		return found;
	}

	/** Whether digits beyond those printed reveal a figure too precisely. */
	async isExposed(): Promise<boolean> {
		for (const laid of this.laid) {
			const found = await this.exposuresOf(laid);
			if (found.some(({ between }) => !Number.isNaN(between[0]))) return true;
		}
		return false;
	}

	/** Hides more figures, the smallest first, until nothing can be derived. */
	async protect(): Promise<void> {
		this.hideDerived();
		let open = [...this.laid];
		for (let next = open.shift(); next !== undefined; next = open.shift()) {
			const { table } = next;
			const [exposure] = await this.exposuresOf(next);
			if (exposure === undefined) continue;
			const withheld = await this.chooseTotal(next, exposure);
			if (withheld !== undefined) {
				this.hidden.withhold(withheld);
				open = [...this.laid];
				continue;
			}
			const figure = await this.choose(next, exposure);
			if (figure === undefined) continue;
			const { topic } = table;
			for (const base of figure.bases) {
				this.hidden.add({ topic, base, group: figure.group, item: null, reason: exposure.kind });
			}
			// What is hidden in one table is hidden in all of its topic.
			open = [...new Set([...this.laid.filter((laid) => laid.table.topic === topic), ...open])];
		}
	}

	/** A mean over items reveals an item that is hidden while the others are shown. */
	private hideDerived(): void {
		const isDerived = ({ rows }: PublishedFigure) => rows.every(({ variable }) => variable === null);
		const all = this.laid.flatMap(({ table }) =>
			[...table.layers].flatMap(([base, layer]) =>
				[...layer.values()].map((figure) => ({ table, base, figure })),
			),
		);
		const key = ({ table, base, figure }: (typeof all)[number]) =>
			JSON.stringify([table.topic, base, groupKey(figure.group)]);
		const small = new Set(all.filter(({ figure }) => figure.small && !isDerived(figure)).map(key));
		for (const one of all.filter(({ figure }) => figure.shown && isDerived(figure))) {
			if (!small.has(key(one))) continue;
			const { table, base, figure } = one;
			this.hidden.add({
				...{ topic: table.topic, base, group: figure.group, item: table.item, reason: "hidden" },
			});
		}
	}

	private async exposuresOf(laid: Laid, trial?: { seen: Seen; exposure: Exposure }): Promise<Exposure[]> {
		await this.turn();
		const seen = trial?.seen ?? this.seen(laid.table);
		const isAsked = (cell: Pick<Exposure, "base" | "group">) =>
			trial === undefined || isSame(cell, trial.exposure);
		const bases = [...laid.table.layers.keys()];
		const alone = bases.flatMap((base) => determinedCells(laid, base, seen)).filter(isAsked);
		const cells = bases
			.flatMap((base) => sensitiveCells(laid, base).map((cell) => ({ ...cell, base })))
			.filter(isAsked);
		if (cells.length === 0) return [];
		const others = cells.filter((cell) => !alone.some((one) => isSame(one, cell)));
		const participation = this.participation(laid.table);
		const bounded = boundedCells(
			laid,
			others,
			await this.loadSolver(),
			seen,
			participation,
			trial !== undefined,
		);
		return [...alone, ...bounded];
	}

	private seen({ topic, item }: FigureTable): Seen {
		return {
			figure: (base, figure) => figure.shown && !this.hidden.has({ topic, item, base }, figure.group),
			total: ({ group }) => !this.hidden.isWithheld(group),
		};
	}

	/** The smallest group whose population number alone is enough to withhold; neighbours come first. */
	private async chooseTotal(laid: Laid, exposure: Exposure): Promise<Group | undefined> {
		if (Number.isNaN(exposure.between[0])) return undefined;
		const seen = this.seen(laid.table);
		for (const { group } of this.candidates(laid, exposure)) {
			if (exposure.heldBy?.total.has(groupKey(group)) === false) continue;
			const total: Seen["total"] = (figure) =>
				seen.total(figure) && groupKey(figure.group) !== groupKey(group);
			if (await this.isSafe(laid, exposure, { ...seen, total })) return group;
		}
		return undefined;
	}

	/**
	 * The figure to hide so that a cell is no longer exposed: the smallest that is enough by itself, neighbours
	 * first; otherwise the smallest neighbour, after which others follow.
	 */
	private async choose(
		laid: Laid,
		exposure: Exposure,
	): Promise<(PublishedFigure & { bases: string[] }) | undefined> {
		const seen = this.seen(laid.table);
		const bases = [...laid.table.layers.keys()];
		const candidates = this.candidates(laid, exposure);
		const { heldBy } = exposure;
		for (const candidate of candidates) {
			const key = groupKey(candidate.group);
			if (heldBy !== undefined && !heldBy.total.has(key) && !heldBy.figure.has(key)) continue;
			const figure: Seen["figure"] = (own, one) => seen.figure(own, one) && groupKey(one.group) !== key;
			if (await this.isSafe(laid, exposure, { ...seen, figure })) return { ...candidate, bases };
		}
		const [first] = candidates;
		return first === undefined ? undefined : { ...first, bases };
	}

	private async isSafe(laid: Laid, exposure: Exposure, seen: Seen): Promise<boolean> {
		const left = await this.exposuresOf(laid, { seen, exposure });
		return left.length === 0;
	}

	/** Figures that are shown: those that add up with a cell first, then by size. */
	private candidates({ table, sumsWith }: Laid, { group }: Exposure): PublishedFigure[] {
		const seen = this.seen(table);
		const key = groupKey(group);
		const near = new Set((sumsWith.get(key) ?? []).flatMap(({ parts }) => parts));
		const isPart = (figure: PublishedFigure) => near.has(groupKey(figure.group));
		const size = ({ n }: PublishedFigure) => n?.[1] ?? Number.POSITIVE_INFINITY;
		const figures = [...table.layers].flatMap(([own, layer]) =>
			[...layer.values()].filter((figure) => seen.figure(own, figure)),
		);
		return [...new Map(figures.map((figure) => [groupKey(figure.group), figure])).values()].toSorted(
			(a, b) => Number(isPart(b)) - Number(isPart(a)) || size(a) - size(b),
		);
	}

	/** Shares of teachers who take part in any activity, if the results have them. */
	private participation({ topic }: FigureTable): Participation {
		const any = this.laid.find(({ table }) => table.item === "any" && table.topic !== topic)?.table;
		const layer = any?.layers.get("all");
		return (key) => {
			const figure = layer?.get(key);
			return any === undefined || figure === undefined || !this.seen(any).figure("all", figure)
				? null
				: figure.value;
		};
	}
}

function isSame(one: Pick<Exposure, "base" | "group">, other: Pick<Exposure, "base" | "group">): boolean {
	return one.base === other.base && groupKey(one.group) === groupKey(other.group);
}
