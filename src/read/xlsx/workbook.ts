import { readXlsx } from "hucre/xlsx";
import { UserError } from "../../base/errors.js";
import { chunksOf } from "../bytes.js";
import type { RandomAccess } from "../stored.js";
import { type Archive, openArchive } from "../zip/archive.js";

/** Merged cells; rows and columns count from 0, ends included. */
export interface Merge {
	top: number;
	bottom: number;
	left: number;
	right: number;
}

export interface Sheet {
	name: string;
	/** Its place in the workbook. */
	place: number;
	hidden: boolean;
}

/** The sheets of a workbook, without what is in them. */
export async function sheetsOf(bytes: Uint8Array): Promise<Sheet[]> {
	const sheets: Sheet[] = [];
	await readXlsx(bytes, {
		sheets: ({ name, hidden, veryHidden }, place) => {
			sheets.push({ name, place, hidden: (hidden ?? false) || (veryHidden ?? false) });
			return false;
		},
	});
	return sheets;
}

/**
 * The merged cells of a sheet. They are listed behind all rows, so the sheet is passed over for them once.
 * @throws UserError where a part of the workbook would grow beyond all measure.
 */
export async function mergesOf(access: RandomAccess, { place }: Sheet, file: string): Promise<Merge[]> {
	const archive = await openArchive(access, file);
	for (const member of archive.members) member.stored();
	const part = await sheetPart(archive, place);
	const merges: Merge[] = [];
	let rest = "";
	for await (const text of textOf(archive, part)) {
		rest += text;
		for (const [, from = "", to = ""] of rest.matchAll(MERGE)) {
			const [start, end] = [placeOf(from), placeOf(to)];
			merges.push({ top: start.row, bottom: end.row, left: start.column, right: end.column });
			if (merges.length > MOST_MERGES) throw tooMany(file);
		}
		// A mark may be cut by the end of what has been read.
		rest = rest.slice(Math.max(rest.lastIndexOf("<"), rest.lastIndexOf(">") + 1));
	}
	return merges;
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+):([A-Z]+\d+)"/g;
const MOST_MERGES = 100_000;

function tooMany(file: string): UserError {
	return new UserError(`has more than ${MOST_MERGES} merged cells`, {
		where: { file },
		hint: "unmerge them, or save the sheet as CSV UTF-8",
	});
}

function placeOf(reference: string): { row: number; column: number } {
	const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(reference) ?? [];
	const column = [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
	return { row: Number(row) - 1, column: column - 1 };
}

/** The name of the archive's file that holds a sheet: the workbook names a relation, and that a target. */
async function sheetPart(archive: Archive, place: number): Promise<string> {
	const workbook = await wholeText(archive, "xl/workbook.xml");
	const sheet = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)][place]?.[0] ?? "";
	const relation = /\s\w+:id="([^"]*)"/.exec(sheet)?.[1] ?? "";
	const relations = await wholeText(archive, "xl/_rels/workbook.xml.rels");
	const own = [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].find(([text]) =>
		text.includes(`Id="${relation}"`),
	);
	const target = /Target="([^"]*)"/.exec(own?.[0] ?? "")?.[1] ?? "";
	return target.startsWith("/") ? target.slice(1) : `xl/${target.replace(/^\.\//, "")}`;
}

async function wholeText(archive: Archive, path: string): Promise<string> {
	let text = "";
	for await (const part of textOf(archive, path)) text += part;
	return text;
}

async function* textOf({ members }: Archive, path: string): AsyncGenerator<string> {
	const member = members.find((one) => one.path === path);
	if (member === undefined) return;
	for await (const chunk of chunksOf(member.stored().reader)) yield chunk.toString("latin1");
}
