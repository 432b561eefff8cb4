import { expect, test } from "vitest";
import { Met } from "../../src/doctor/seen-texts.js";

test("tells each text that it has met, and with which number, however many there are", () => {
	const met = new Met();
	const known = new Map<string, number>();
	for (let index = 0; index < 30_000; index++) {
		const text = `${index % 7}\t${["", "é", "қ", "🙂"][index % 4]}${(index * 7919) % 20_011}`;
		expect(met.meet(text, index)).toBe(known.get(text));
		if (!known.has(text)) known.set(text, index);
	}
	expect(known.size).toBeGreaterThan(20_000);
	for (const [text, number] of known) expect(met.meet(text, -1)).toBe(number);
});

test("keeps texts apart that differ in length alone, and takes the empty one and very long ones", () => {
	const met = new Met();
	const texts = ["", "a", "aa", "a".repeat(100_000), "a".repeat(100_001), "\0", "\0\0"];
	for (const [number, text] of texts.entries()) expect(met.meet(text, number)).toBeUndefined();
	for (const [number, text] of texts.entries()) expect(met.meet(text, 99)).toBe(number);
});
