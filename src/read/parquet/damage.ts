import { UserError } from "../../base/errors.js";

/**
 * Runs what decodes bytes of a Parquet file. Whatever is thrown there, of whatever kind, means that the
 * bytes are not what the format asks for.
 * @param column The column they belong to, where it is known.
 * @throws UserError
 */
export function refusingDamage<T>(file: string, decode: () => T, column?: string): T {
	try {
		return decode();
	} catch (cause) {
		if (cause instanceof UserError) throw cause;
		throw new UserError("is a Parquet file that is damaged, or of a kind that cannot be read", {
			where: { file, ...(column === undefined ? {} : { column }) },
			hint: "copy it again, or write it again in R: arrow::write_parquet(data, file)",
			cause,
		});
	}
}
