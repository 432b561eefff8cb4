import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasR, withoutR } from "../emit/support.js";
import { root } from "../support/golden.js";

/** R's own defaults on the shipped sample: how far a logistic standard error, and an end of a logit interval, are off. */
const R = `
suppressPackageStartupMessages(library(survey))
file <- data.table::fread("data/samples/synthetic-kazakhstan-2018.csv", data.table = FALSE)
file <- file[file$TCHWGT < 999998 & file$TT3G01 %in% 1:2 & file$TT3G22H %in% 1:2, ]
own <- data.frame(yes = as.numeric(file$TT3G22H == 1), sex = factor(file$TT3G01), w = file$TCHWGT)
design <- svrepdesign(data = own, weights = ~w, repweights = file[paste0("TRWGT", 1:100)], type = "other",
  combined.weights = TRUE, scale = 0.04, rscales = rep(1, 100), mse = TRUE)
usual <- svyglm(yes ~ sex, design, family = quasibinomial())
exact <- svyglm(yes ~ sex, design, family = quasibinomial(), control = glm.control(epsilon = 1e-15, maxit = 100))
fitted <- as.vector(attr(svyciprop(~yes, design, method = "logit", df = 56), "ci"))
mean <- svymean(~yes, design, return.replicates = TRUE)
logit <- qlogis(coef(mean))
se <- sqrt(0.04 * sum((qlogis(as.vector(mean$replicates)) - logit)^2))
cat(max(abs(SE(usual) / SE(exact) - 1)), max(abs(fitted - plogis(logit + c(-1, 1) * qt(0.975, 56) * se))))
`;

test.skipIf(!hasR)(`how far R's defaults are off is as the pages say${withoutR}`, () => {
	const { stdout } = spawnSync("Rscript", ["-e", R], { cwd: root, encoding: "utf8" });
	const [logistic = Number.NaN, interval = Number.NaN] = stdout.split(" ").map(Number);
	const pages = ["check", "methods"].map((name) => readFileSync(join(root, `docs/${name}.md`), "utf8"));
	for (const page of pages) {
		expect(page).toMatch(/standard errors some 1e-8 off/);
		expect(page).toContain("exact to about 1e-9");
	}
	expect(logistic).toBeGreaterThan(1e-9);
	expect(logistic).toBeLessThan(1e-7);
	expect(interval).toBeGreaterThan(1e-11);
	expect(interval).toBeLessThan(1e-8);
});
