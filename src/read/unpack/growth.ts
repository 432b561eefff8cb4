import { UserError } from "../../base/errors.js";

/** What grows to so many bytes, and so many times over, is made to fill a disk or a day. */
const [MOST_BYTES, MOST_GROWTH] = [2 ** 28, 250];

/**
 * Refuses what grows beyond all measure when it is unpacked.
 * @throws UserError where it does.
 */
export function checkGrowth(file: string, packed: number, size: number): void {
	if (size <= MOST_BYTES || size <= packed * MOST_GROWTH) return;
	throw new UserError(`would grow from ${packed} bytes to ${size} or more, as no survey file does`, {
		where: { file },
		hint: "unpack it yourself, if you trust it",
	});
}
