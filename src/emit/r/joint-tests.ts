import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { ResultSet } from "../../results/result-set.js";
import { familyAsR } from "./comparisons.js";
import { variableNames } from "./estimates.js";
import { groupAsR } from "./models.js";
import { dataFrame } from "./table.js";
import { text, texts } from "./write.js";

/** Recomputes tests of all levels of a breakdown at once; null where there are none. */
export function jointTestsAsR({ tests = [], settings }: ResultSet, plans: PlansExplained): string | null {
	const rows = tests.filter(({ F }) => F !== null);
	if (rows.length === 0) return null;
	const names = variableNames(plans);
	const { adjust = "holm", family = "group" } = settings;
	const made = rows.map(({ topic, item, group, between, levels, method, statistic }) => {
		const variable = text(names.get(`${topic}:${item}`) ?? "");
		return `  joint_test(${groupAsR(group)}, ${text(between)}, ${texts(levels)}, ${variable}, ${text(method)}, ${statistic === "percent" ? "TRUE" : "FALSE"})`;
	});
	const numbers = {
		F: rows.map(({ F }) => F),
		df1: rows.map(({ df1 }) => df1),
		df2: rows.map(({ df2 }) => df2 ?? Number.POSITIVE_INFINITY),
		p: rows.map(({ p }) => p),
		n: rows.map(({ n }) => n),
		adjusted: rows.map(({ pAdjusted }) => pAdjusted),
	};
	return [
		`joint_tool <- ${dataFrame({
			label: rows.map(({ label }) => label),
			group: rows.map(({ group }) => Object.values(group).join(" ")),
			family: rows.map((row) => familyAsR(row, family)),
			...numbers,
		})}`,
		`joint <- as.data.frame(do.call(rbind, lapply(list(\n${made.join(",\n")}\n), unlist)))`,
		`joint$adjusted <- ave(joint$p, joint_tool$family, FUN = function(p) p.adjust(p, ${text(adjust === "bh" ? "BH" : adjust)}))`,
		`joint_off_by <- largest_of(joint, joint_tool, ${texts(Object.keys(numbers))})`,
		'print(cbind(joint_tool[c("label", "group")], joint, off_by = joint_off_by), digits = 6, row.names = FALSE)',
		"largest <- max(largest, joint_off_by)",
	].join("\n");
}
