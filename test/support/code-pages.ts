/** Text → bytes of a single-byte code page, by asking the decoder what each byte stands for. */
export function codePage(label: string): (text: string) => Buffer {
	const decoder = new TextDecoder(label);
	const bytes = new Map(
		Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
	);
	// Node 20 takes these bytes of Windows-1252 for control codes.
	const lost = { "€": 0x80, "–": 0x96, Ÿ: 0x9f };
	if (label === "windows-1252") for (const [letter, byte] of Object.entries(lost)) bytes.set(letter, byte);
	return (text) =>
		Buffer.from(
			[...text].map((letter) => {
				const byte = bytes.get(letter);
				if (byte === undefined) throw new Error(`${label} has no letter ${letter}`);
				return byte;
			}),
		);
}
