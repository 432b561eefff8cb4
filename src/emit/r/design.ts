import { type Design, isReplicated, type LinearDesign, replicateFactors } from "../../design/method.js";
import { argument, call, columnNames, number, text, vector } from "./write.js";

/** Columns of the design beside the weights. */
export function designAsR({ definition, columns, replicates, units }: Design): string {
	if (isReplicated(definition)) {
		const factors = replicateFactors(definition, replicates);
		const even = factors.every((factor) => factor === factors[0]);
		const rscales = even ? `rep(1, ${replicates})` : vector([...factors].map(number));
		const mse = definition.centre !== "replicate-mean";
		return [
			"is_replicated <- TRUE",
			`# ${METHODS[definition.method]}: the variance is the sum of scale * rscale * (replicate - ${mse ? "estimate" : "mean of replicates"})^2.`,
			`# ${mse ? "mse = TRUE measures replicates from the estimate itself, as OECD does; R's default is their mean." : "mse = FALSE measures replicates from their mean."}`,
			`replicates <- sapply(${columnNames(columns.slice(1))}, function(name) weights_of(data[[name]]))`,
			call(
				"design <- svrepdesign",
				"data = data.frame(weight = weight)",
				"weights = weight",
				"repweights = replicates",
				'type = "other"',
				"combined.weights = TRUE",
				`scale = ${number(even ? (factors[0] as number) : 1)}`,
				`rscales = ${rscales}`,
				`mse = ${mse ? "TRUE" : "FALSE"}`,
			),
			"# Who has no weight at all adds nothing, and is neither a person nor a school that answered.",
			"counted <- weight > 0 | rowSums(replicates > 0) > 0",
		].join("\n");
	}
	const { lonelyPsu } = { lonelyPsu: undefined, ...definition } as Extract<
		LinearDesign,
		{ method: "taylor" }
	>;
	const of = (name: string) => call("text_of", `data[[${text(name)}]]`);
	const strata = units?.strata ?? [];
	return [
		"is_replicated <- FALSE",
		"# Taylor linearisation: the variance between sampling units within strata.",
		...(lonelyPsu === undefined ? [] : [`options(survey.lonely.psu = ${text(lonelyPsu)})`]),
		"units <- data.frame(weight = weight)",
		...(strata.length === 0 ? [] : [`units$stratum <- paste(${strata.map(of).join(", ")})`]),
		...(units?.psu === undefined ? [] : [`units$psu <- ${of(units.psu)}`]),
		...(units?.fpc === undefined ? [] : [`units$fpc <- weights_of(data[[${text(units.fpc)}]])`]),
		call(
			"design <- svydesign",
			`ids = ~${units?.psu === undefined ? "1" : "psu"}`,
			argument("strata", strata.length === 0 ? null : "~stratum"),
			argument("fpc", units?.fpc === undefined ? null : "~fpc"),
			"weights = ~weight",
			"nest = TRUE",
			"data = units",
		),
		"counted <- weight > 0",
	].join("\n");
}

const METHODS = {
	"fay-brr": "Balanced repeated replication with Fay's factor",
	brr: "Balanced repeated replication",
	jk1: "Jackknife, a unit dropped at a time",
	jk2: "Jackknife of pairs",
	jkn: "Jackknife within strata",
	bootstrap: "Bootstrap",
	sdr: "Successive differences",
} as const;
