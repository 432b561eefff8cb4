import { dayText, momentText } from "../moments.js";

/** SPSS counts seconds from the first day of the Gregorian calendar, 14 October 1582. */
const SECONDS_TO_1970 = 12_219_379_200;

/** Codes of the formats of days, from DATE to YMDHMS, after the PSPP developers' guide; TIME and DTIME are durations. */
const DAYS = new Set([20, 23, 24, 28, 29, 30, 38, 39]);
const MOMENTS = new Set([22, 41]);

/** How numbers that stand for days or moments are written as ISO 8601 has them; undefined for all other formats. */
export function calendar(format: number): ((seconds: number) => string) | undefined {
	if (DAYS.has(format)) return (seconds) => dayText((seconds - SECONDS_TO_1970) / 86_400);
	if (MOMENTS.has(format)) return (seconds) => momentText((seconds - SECONDS_TO_1970) * 1000);
	return undefined;
}
