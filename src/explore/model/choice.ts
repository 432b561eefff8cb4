import { groupKey } from "../../results/group-key.js";
import type { Edition, Pack, PackedTable } from "../pack.js";

/** The figures shown. */
export interface Choice {
	topic: string;
	item: string;
	/** Id of an edition. */
	edition: string;
	/** Null where results tell no level of education. */
	level: string | null;
	/** `gender=female`, or empty for all teachers. */
	group: string;
}

/** A group as the address has it. */
function groupText(group: PackedTable["group"]): string {
	return Object.entries(group)
		.map(([id, value]) => `${id}=${value}`)
		.join(",");
}

/** The tables of an item, in the order of editions. */
export function tablesOfItem(
	{ tables }: Pack,
	{ topic, item }: Pick<Choice, "topic" | "item">,
): PackedTable[] {
	return tables.filter((table) => table.topic === topic && table.item === item);
}

/** The chosen aspects of an item. */
export interface Offer {
	editions: Edition[];
	levels: (string | null)[];
	groups: string[];
}

/** What can be chosen of an item: levels of the edition, and groups of edition and level. */
export function offerOf(pack: Pack, choice: Choice): Offer {
	const tables = tablesOfItem(pack, choice);
	const editions = pack.editions.filter((_, place) => tables.some(({ edition }) => edition === place));
	const ofEdition = tables.filter((table) => pack.editions[table.edition]?.id === choice.edition);
	const ofLevel = ofEdition.filter(({ level }) => level === choice.level);
	const levels = [...new Set(ofEdition.map(({ level }) => level))].sort();
	return { editions, levels, groups: [...new Set(ofLevel.map(({ group }) => groupText(group)))] };
}

/**
 * The choice that comes nearest to what is wanted: where an item has no such edition, level or group, the first one, the
 * survey's main level, and all teachers.
 */
export function settled(pack: Pack, wanted: Partial<Choice>): Choice {
	const own = tablesOfItem(pack, { topic: wanted.topic ?? "", item: wanted.item ?? "" });
	const [first] = own.length > 0 ? own : pack.tables;
	const { topic, item } = first as PackedTable;
	const start: Choice = { topic, item, edition: "", level: null, group: "" };
	const { editions } = offerOf(pack, start);
	const edition = (editions.find(({ id }) => id === wanted.edition) ?? editions[0]) as Edition;
	const { levels } = offerOf(pack, { ...start, edition: edition.id });
	const level =
		[wanted.level, edition.mainLevel].find((one) => one !== undefined && levels.includes(one)) ??
		(levels[0] as string | null);
	const { groups } = offerOf(pack, { ...start, edition: edition.id, level });
	const group =
		[wanted.group, ""].find((one) => one !== undefined && groups.includes(one)) ?? (groups[0] as string);
	return { topic, item, edition: edition.id, level, group };
}

/** The table of a choice; undefined where there is none. */
export function chosenTable(pack: Pack, choice: Choice): PackedTable | undefined {
	return tablesOfItem(pack, choice).find(
		({ edition, level, group }) =>
			pack.editions[edition]?.id === choice.edition &&
			level === choice.level &&
			groupText(group) === choice.group,
	);
}

/** Tables that differ from one only in the edition, which are those of its item, level, base and group in other cycles. */
export function otherCycles(pack: Pack, table: PackedTable): PackedTable[] {
	return tablesOfItem(pack, table).filter(
		({ level, base, statistic, group }) =>
			level === table.level &&
			base === table.base &&
			statistic === table.statistic &&
			groupKey(group) === groupKey(table.group),
	);
}

/** Tables that differ from one only in the item, which are those of its topic. */
export function itemsBeside({ tables }: Pack, table: PackedTable): PackedTable[] {
	return tables.filter(
		({ topic, edition, level, base, statistic, group }) =>
			topic === table.topic &&
			edition === table.edition &&
			level === table.level &&
			base === table.base &&
			statistic === table.statistic &&
			groupKey(group) === groupKey(table.group),
	);
}
