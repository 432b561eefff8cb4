/**
 * What a record has of its own under a key. Keys come from files and command lines: plain access finds `constructor`,
 * `toString` and `__proto__` in every object.
 */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
	return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
