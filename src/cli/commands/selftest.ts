import { selftest, UserError } from "../../index.js";
import { loadLocale } from "../../internal.js";
import type { Io } from "../io.js";
import { shownAs } from "../shown.js";

/**
 * `talis-pd selftest`: lists the checks and their references.
 * @throws UserError with exit code 3 if anything differs.
 */
export async function selftestCommand(options: { format?: string; lang?: string }, io: Io): Promise<void> {
	const { format, language } = shownAs(options, io);
	const locale = loadLocale(language);
	const found = await selftest();
	const lines = found.flatMap(({ what, numbers, largest, ok, differs, stopped }) => [
		locale.text(`selftest.${what}`),
		`    ${locale.text("selftest.line", {
			ok: locale.text(ok ? "selftest.ok" : "selftest.differs"),
			numbers,
			largest: largest.toExponential(1),
		})}`,
		...(differs === undefined
			? []
			: [
					`    ${locale.text("selftest.apart", {
						...{ of: differs.of, there: String(differs.there) },
						here: differs.here === null ? "–" : String(differs.here),
					})}`,
				]),
		...(stopped === undefined ? [] : [`    ${locale.text("selftest.stopped", { why: stopped })}`]),
	]);
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ schema: "talis-pd/selftest@1", checks: found }, null, 2)}\n`
			: lines.map((line) => `${line}\n`).join(""),
	);
	if (found.every(({ ok }) => ok)) return;
	throw new UserError("this installation does not give the numbers it should", {
		exitCode: 3,
		hint: "install it again, and tell its authors if that does not help",
	});
}
