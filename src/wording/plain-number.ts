/** Below this JavaScript writes a number with an exponent. */
const LEAST_WRITTEN = 1e-6;

/** From here on its figures are not all it stands for. */
const MOST_WRITTEN = 1e15;

/** Signs of a language that writes numbers with the figures 0–9 and parts all thousands, as 1,234.5. */
export interface NumberSigns {
	decimal: string;
	thousands: string;
}

/**
 * A number with exactly `digits` decimals, rounded as `Intl.NumberFormat` rounds: the shortest decimal that stands for the
 * number, and its half away from zero. What rounds to nothing has no sign.
 *
 * The first `Intl.NumberFormat` of a process takes 12 ms to make, as long as a small file takes to read.
 * @returns Undefined for a number that is not written so simply.
 * @example plainNumber(-1234.25, 1, { decimal: ",", thousands: " " }) // "-1 234,3"
 */
export function plainNumber(
	value: number,
	digits: number,
	{ decimal, thousands }: NumberSigns,
): string | undefined {
	const size = Math.abs(value);
	if (!(size < MOST_WRITTEN) || (size < LEAST_WRITTEN && size > 0)) return undefined;
	const [whole = "", fraction = ""] = String(size).split(".");
	const kept = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
	if (!Number.isSafeInteger(kept + 1)) return undefined;
	const rounded = kept + (Number(fraction[digits] ?? 0) >= 5 ? 1 : 0);
	const figures = String(rounded).padStart(digits + 1, "0");
	const sign = value < 0 && rounded > 0 ? "-" : "";
	const end = figures.length - digits;
	const parted = figures.slice(0, end).replace(/(?<=\d)(?=(\d{3})+$)/g, thousands);
	return `${sign}${parted}${digits === 0 ? "" : decimal}${figures.slice(end)}`;
}

/** Numbers that tell in which way a language writes them. */
const TELLING = [-1234567.5, 1234.5, 0.5];

/** Signs of a language as Intl has them; null where it writes numbers in another way than {@link plainNumber}. */
export function numberSigns(language: string): NumberSigns | null {
	const intl = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
	const parts = intl.formatToParts(1234567.5);
	const sign = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
	const signs = { decimal: sign("decimal"), thousands: sign("group") };
	return TELLING.every((value) => plainNumber(value, 1, signs) === intl.format(value)) ? signs : null;
}
