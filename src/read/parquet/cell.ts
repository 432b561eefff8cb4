import type { SchemaElement } from "hyparquet";
import { parseFloat16 } from "hyparquet/src/convert.js";
import { parseNumber } from "../block-builder.js";

/** A value as Parquet stores it. */
export type Raw = number | bigint | boolean | Uint8Array;

/** How a column's stored values are read. */
export interface CellForm {
	/** The text that a CSV file of the same data would have. */
	text(raw: Raw): string;
	/** NaN where the value is not a number. */
	number(raw: Raw): number;
}

/**
 * The form of a column's values by its type.
 * @param decimals Digits after the point its texts have; undefined for as many as are needed.
 * @returns null for types no table has: lists, structures, bare bytes, intervals, shapes.
 */
export function cellForm(element: SchemaElement, decimals: number | undefined): CellForm | null {
	const { type, num_children, repetition_type } = element;
	if (num_children !== undefined || repetition_type === "REPEATED") return null;
	const logical = element.logical_type?.type ?? element.converted_type;
	if (logical === "DECIMAL") return scaled(element);
	switch (type) {
		case "BOOLEAN":
			return textual(String);
		case "FLOAT":
		case "DOUBLE":
			return numeric(Number, decimals);
		case "INT32":
		case "INT64":
			return integer(element);
		case "INT96":
			return textual((raw) => timestamp(...julian(raw as bigint)));
		case "BYTE_ARRAY":
			return NO_TEXT.has(logical ?? "") ? null : textual(utf8);
		case "FIXED_LEN_BYTE_ARRAY":
			if (logical === "UUID") return textual(uuid);
			return logical === "FLOAT16" ? numeric((raw) => parseFloat16(raw as Uint8Array) ?? Number.NaN) : null;
		default:
			return null;
	}
}

const NO_TEXT = new Set(["BSON", "GEOMETRY", "GEOGRAPHY", "VARIANT", "FILE", "INTERVAL"]);

function textual(text: (raw: Raw) => string): CellForm {
	return { text, number: (raw) => parseNumber(text(raw)) };
}

function numeric(number: (raw: Raw) => number, decimals?: number): CellForm {
	const write = decimals === undefined ? String : (value: number) => value.toFixed(decimals);
	return {
		number,
		text: (raw) => write(number(raw)),
	};
}

function integer({ type, logical_type: logical, converted_type: converted }: SchemaElement): CellForm {
	const unit = logical !== undefined && "unit" in logical ? (logical.unit as string) : undefined;
	switch (logical?.type ?? converted) {
		case "DATE":
			return textual((raw) => date(Number(raw)));
		case "TIME":
		case "TIME_MILLIS":
		case "TIME_MICROS":
			return textual((raw) => time(nanoseconds(raw, unit ?? converted)));
		case "TIMESTAMP":
		case "TIMESTAMP_MILLIS":
		case "TIMESTAMP_MICROS":
			return textual((raw) => timestamp(0, nanoseconds(raw, unit ?? converted)));
	}
	const unsigned = converted?.startsWith("UINT") || (logical?.type === "INTEGER" && !logical.isSigned);
	if (type === "INT32") return numeric(unsigned ? (raw) => (raw as number) >>> 0 : (raw) => raw as number);
	const whole = (raw: Raw) => (unsigned ? BigInt.asUintN(64, raw as bigint) : (raw as bigint));
	return { text: (raw) => String(whole(raw)), number: (raw) => Number(whole(raw)) };
}

/** A whole number and the places its point is moved by; every digit is kept. */
function scaled({ scale: plain = 0, logical_type: logical }: SchemaElement): CellForm | null {
	const scale = logical?.type === "DECIMAL" ? logical.scale : plain;
	if (!(scale >= 0 && scale <= 100)) return null;
	return textual((raw) => {
		const whole = raw instanceof Uint8Array ? signed(raw) : BigInt(raw);
		const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
		const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
		const sign = whole < 0n ? "-" : "";
		return `${sign}${digits.slice(0, digits.length - scale)}${scale > 0 && fraction !== "" ? `.${fraction}` : ""}`;
	});
}

/** Two's complement, the highest byte first. */
function signed(bytes: Uint8Array): bigint {
	const value = BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
	return BigInt.asIntN(bytes.length * 8, value);
}

function utf8(raw: Raw): string {
	const bytes = raw as Uint8Array;
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function uuid(raw: Raw): string {
	return Buffer.from(raw as Uint8Array)
		.toString("hex")
		.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const DAY = 86_400_000_000_000n;

function nanoseconds(raw: Raw, unit: string | undefined): bigint {
	const value = BigInt(raw as number | bigint);
	if (unit?.endsWith("MILLIS")) return value * 1_000_000n;
	return unit?.endsWith("MICROS") ? value * 1000n : value;
}

/** Days since 1970 and nanoseconds of the day, from the days of the Julian calendar's count. */
function julian(raw: bigint): [number, bigint] {
	return [Number((raw >> 64n) - 2_440_588n), raw & 0xffff_ffff_ffff_ffffn];
}

/** ISO 8601; empty where no calendar has such a day. */
function date(days: number): string {
	const day = new Date(days * 86_400_000);
	return Number.isNaN(day.getTime()) ? "" : day.toISOString().replace(/T.*/, "");
}

function timestamp(days: number, nanos: bigint): string {
	const within = ((nanos % DAY) + DAY) % DAY;
	return `${date(days + Number((nanos - within) / DAY))} ${time(within)}`;
}

function time(nanos: bigint): string {
	const seconds = Number(nanos / 1_000_000_000n);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const fraction = String(nanos % 1_000_000_000n)
		.padStart(9, "0")
		.replace(/0+$/, "");
	return `${parts.map((part) => String(part).padStart(2, "0")).join(":")}${fraction && `.${fraction}`}`;
}
