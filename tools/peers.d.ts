// Packages that are added where they are wanted. The build writes types, and does without what theirs say of the inside;
// `npm run typecheck` has it.
declare module "@clickhouse/client";
declare module "@duckdb/node-api";
declare module "pg";
declare module "apache-arrow" {
	export class Table {
		constructor(columns: object);
		schema: { metadata: Map<string, string> };
	}
	export class Float64 {}
	export class Utf8 {}
	export function vectorFromArray(cells: readonly unknown[], type: Float64): unknown;
}
