import { crc32, deflateRawSync } from "node:zlib";

export interface ZipMember {
	path: string;
	bytes: Buffer | string;
	/** How it is packed: 8 deflated (default), 0 as it is, or a number that says so and is not. */
	method?: number;
	encrypted?: boolean;
	/** What the archive claims, where that is not so. */
	size?: number;
	sum?: number;
	/** Writes sizes as Zip64 does. */
	wide?: boolean;
}

/** Writes an archive as it is asked for, so that tests can write what no program would. */
export function zip(members: readonly ZipMember[]): Buffer {
	const parts: Buffer[] = [];
	const list: Buffer[] = [];
	let at = 0;
	for (const { path, bytes, method = 8, encrypted = false, size, sum, wide = false } of members) {
		const content = Buffer.from(bytes);
		const packed = method === 8 ? deflateRawSync(content) : content;
		const name = Buffer.from(path);
		const claimed = size ?? content.length;
		const fields = (local: boolean) => {
			const extra = wide ? wideSizes(claimed, packed.length) : Buffer.alloc(0);
			const head = Buffer.alloc(local ? 30 : 46);
			let place = head.writeUInt32LE(local ? 0x04034b50 : 0x02014b50);
			if (!local) place = head.writeUInt16LE(45, place);
			place = head.writeUInt16LE(45, place);
			place = head.writeUInt16LE((encrypted ? 1 : 0) | 0x800, place);
			place = head.writeUInt16LE(method, place);
			place = head.writeUInt32LE(0, place);
			place = head.writeUInt32LE(sum ?? crc32(content), place);
			place = head.writeUInt32LE(wide ? 0xffff_ffff : packed.length, place);
			place = head.writeUInt32LE(wide ? 0xffff_ffff : claimed, place);
			place = head.writeUInt16LE(name.length, place);
			head.writeUInt16LE(extra.length, place);
			if (!local) head.writeUInt32LE(at, 42);
			return Buffer.concat([head, name, extra]);
		};
		list.push(fields(false));
		const local = Buffer.concat([fields(true), packed]);
		parts.push(local);
		at += local.length;
	}
	const directory = Buffer.concat(list);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(members.length, 8);
	end.writeUInt16LE(members.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, directory, end]);
}

function wideSizes(size: number, packed: number): Buffer {
	const extra = Buffer.alloc(20);
	extra.writeUInt16LE(1);
	extra.writeUInt16LE(16, 2);
	extra.writeBigUInt64LE(BigInt(size), 4);
	extra.writeBigUInt64LE(BigInt(packed), 12);
	return extra;
}
