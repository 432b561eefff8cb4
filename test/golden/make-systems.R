# Makes systems.json: a regression in each of 55 made-up systems by R's survey package, and their synthesis by metafor: the
# analysis that docs/models.md repeats in one command, on the file of `talis-pd synth` (which is the same everywhere).
# Run from the project's root after npm run build: Rscript test/golden/make-systems.R [OUT]
suppressPackageStartupMessages({ library(survey); library(metafor) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/systems.json"
csv <- tempfile(fileext = ".csv")
made <- system2("node", c("bin/talis-pd.js", "synth", "--calibration", "data/calibration/synthetic-systems-2024.yaml",
                          "--systems", "55", "--quiet", "--out", csv))
stopifnot(made == 0)
all <- read.table(csv, header = TRUE, sep = ";")

valid <- function(x, codes) ifelse(x %in% codes, x, NA)
data <- subset(all, IDTQUEST %in% 2:3)
data$y <- ifelse(data$T4SESEN < 9000, data$T4SESEN, NA)
# Who was led past the question on content did not take part in any.
data$covered <- ifelse(data$TT4G21K == 6, 0, ifelse(data$TT4G21K == 2, 0, ifelse(data$TT4G21K == 1, 1, NA)))
data$needs <- factor(valid(data$TT4G47E, 1:7))
data$years <- factor(valid(data$T4TYEXPTT, 1:4))
data$size <- factor(valid(data$T4TCSIZE, 1:4))
data$form <- factor(data$IDTQUEST)

fits <- lapply(sort(unique(data$CNTRY)), function(country) {
  own <- droplevels(data[data$CNTRY == country, ])
  design <- svrepdesign(weights = own$TCHWGT, repweights = own[paste0("TRWGT", 1:100)], type = "Fay", rho = 0.5,
                        combined.weights = TRUE, mse = TRUE, data = own)
  fit <- svyglm(y ~ covered + needs + years + size + form, design)
  list(country = country, n = nobs(fit), df = fit$df.residual, b = coef(fit)[["covered"]], se = SE(fit)[["covered"]])
})
y <- sapply(fits, `[[`, "b")
se <- sapply(fits, `[[`, "se")
country <- sapply(fits, `[[`, "country")
# Its communities are the samples.
single <- country != "BEL"
pool <- function(rows) rma(yi = y[rows], sei = se[rows], method = "REML", control = list(threshold = 1e-13 * var(y), maxiter = 100000))
fit <- pool(single)
prediction <- predict(fit)
without <- sapply(which(single), function(i) as.vector(pool(setdiff(which(single), i))$b))

number <- function(x) formatC(as.numeric(x), digits = 17, format = "g", width = 1)
row <- function(one) sprintf('{"country":"%s","n":%d,"df":%s,"estimate":%s,"se":%s}', one$country, one$n, number(one$df), number(one$b), number(one$se))
writeLines(c("{", '"systems":[', paste(vapply(fits, row, ""), collapse = ",\n"), "],",
  sprintf('"synthesis":{"k":%d,"estimate":%s,"se":%s,"ciLow":%s,"ciHigh":%s,"p":%s,"tau2":%s,"i2":%s,"h2":%s,"q":%s,"qDf":%d,"qP":%s,"piLow":%s,"piHigh":%s},',
    fit$k, number(fit$b), number(fit$se), number(fit$ci.lb), number(fit$ci.ub), number(fit$pval), number(fit$tau2), number(fit$I2), number(fit$H2), number(fit$QE),
    fit$k - fit$p, number(fit$QEp), number(prediction$pi.lb), number(prediction$pi.ub)),
  sprintf('"leaveOneOut":{"min":%s,"max":%s,"minLeaves":"%s","maxLeaves":"%s"}', number(min(without)), number(max(without)),
    country[single][which.min(without)], country[single][which.max(without)]), "}"), out)
cat("survey", as.character(packageVersion("survey")), "metafor", as.character(packageVersion("metafor")), "\n")
