import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { AverageRequest } from "../../settings/rates.js";
import type { Codebook } from "./schema.js";

/** The members of an average. */
export interface Membership {
	/** Start of its id: that of the codebook, `all` or `list`. */
	id: string;
	/** Level of education it holds for; null where levels are not told apart. */
	population: string | null;
	/** Country codes in alphabetical order, whether the data have them or not. */
	members: readonly string[];
	/** Countries at hand that are left out, being no member or part of one. */
	excluded: { code: string; partOf?: string }[];
}

/**
 * Members of an average at a level of education. Parts of a system never count beside the system.
 * @param present Countries at hand.
 * @param since Earlier cycle, for the average of changes since then.
 * @throws UserError where the codebook lists no such average, or none at this level.
 */
export function membershipOf(
	codebook: Codebook,
	request: AverageRequest,
	population: string | null,
	present: readonly string[],
	since?: number,
): Membership {
	const word =
		typeof request === "string" ? request : request.length === 1 ? request.join("").toLowerCase() : "";
	const { ownAverage = word, mainPopulation } = codebook.publisher ?? {};
	const id = word === "all" ? ownAverage : word;
	const average = entryOf(codebook.averages, id);
	if (average === undefined) {
		if (typeof request !== "string") {
			checkCountries(codebook, request);
			return listed(codebook, request, population, present);
		}
		// A survey without memberships of its own: all it has, each system once.
		if (request === "all") return { ...listed(codebook, present, population, present), id: "all" };
		const known = Object.keys(codebook.averages ?? {});
		// Averages as published are named by how many members they have.
		const [, published = ""] = /^(.+)-\d+$/.exec(request) ?? [];
		if (known.includes(published)) {
			throw new UserError(`"${request}" is an average as it is published, and this one is computed here`, {
				hint: say`say ${option("reference", `average:${published}`)} or ${option("average", published)}; the results of its members are needed, as talis-pd published without ${option("countries")} has them`,
			});
		}
		throw new UserError(`"${request}" is neither an average nor a country code of ${codebook.id}`, {
			hint: `use ${[...known, "all"].join(", ")}, or name countries with commas, such as FRA,ITA,MEX`,
		});
	}
	const level = population ?? levelOf(average, mainPopulation);
	const members = codebook.trends?.[String(since)]?.[id]?.[level] ?? average.members[level];
	if (members === undefined) {
		throw new UserError(`${codebook.id} lists no members of the average ${request} at ${level}`, {
			hint: `it has ${Object.keys(average.members).join(", ")}; or name countries with commas`,
		});
	}
	return {
		id,
		population,
		members: [...members].sort(),
		excluded: present
			.filter((code) => !members.includes(code))
			.map((code) => ({ code, ...wholeBeside(codebook, code, members) })),
	};
}

/** @throws UserError where an average is named among countries. */
function checkCountries(codebook: Codebook, codes: readonly string[]): void {
	const averages = [...Object.keys(codebook.averages ?? {}), "all"];
	const average = codes.map((code) => code.toLowerCase()).find((word) => averages.includes(word));
	if (average === undefined) return;
	throw new UserError(`"${average}" is an average by itself, so it cannot be one of several countries`, {
		code: "option",
		hint: "ask for one average at a time, or name the countries: FRA,ITA,MEX",
	});
}

/** Where a file tells no level, the survey's main one, or the only one it has. */
function levelOf({ members }: NonNullable<Codebook["averages"]>[string], main = ""): string {
	return Object.hasOwn(members, main) ? main : (Object.keys(members)[0] as string);
}

function listed(
	codebook: Codebook,
	codes: readonly string[],
	population: string | null,
	present: readonly string[],
): Membership {
	const kept = codes.filter((code) => !partBeside(codebook, code, codes));
	return {
		id: "list",
		population,
		members: [...new Set(kept)].sort(),
		excluded: codes
			.filter((code) => !kept.includes(code) && present.includes(code))
			.map((code) => ({ code, ...wholeBeside(codebook, code, codes) })),
	};
}

/** Code of a system that is part of another → code of that one. */
export function partsOfSystems({ systems = {} }: Pick<Codebook, "systems">): Record<string, string> {
	return Object.fromEntries(
		Object.entries(systems).flatMap(([code, { partOf }]) => (partOf === undefined ? [] : [[code, partOf]])),
	);
}

/** Whether a system's teachers are already there as part of another. */
export function partBeside(
	{ systems }: Pick<Codebook, "systems">,
	code: string,
	codes: readonly string[],
): boolean {
	return wholeBeside({ systems }, code, codes) !== null;
}

function wholeBeside(
	{ systems }: Pick<Codebook, "systems">,
	code: string,
	codes: readonly string[],
): { partOf: string } | null {
	const partOf = entryOf(systems, code)?.partOf;
	return partOf !== undefined && codes.includes(partOf) ? { partOf } : null;
}
