export const STATUSES = [
	"no-data",
	"not-administered",
	"few-teachers",
	"few-schools",
	"low-response",
	"no-variance",
	"protected",
	"suppressed",
	"not-comparable",
	"ok",
] as const;

/** Why a figure is missing or hidden; `ok` if it is there. */
export type Status = (typeof STATUSES)[number];

/** The base of a percentage, from the codebook: `all`, in TALIS also participants, impact and inducted. */
export type Base = string;

/** Breakdown → codebook value id, in the order of `settings.by`; `total` for combined groups. */
export type Group = Record<string, string>;
