# Makes parts.json: a part of Belgium against Belgium and against a mean that has Belgium in it, from the published needs of teachers.
# Run from the project's root: Rscript test/golden/make-parts.R [OUT]
source("test/golden/json.R")
out <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(out)) out <- "test/golden/parts.json"

printed <- read.csv("data/published/talis-2024-isced2.csv", check.names = FALSE, colClasses = "character")
printed <- subset(printed, topic == "needs" & base == "all" & statistic == "percent" & breakdown == "")
side <- function(code, place) as.numeric(sapply(strsplit(printed[[code]], " "), `[`, place))
codes <- c("BEL", "BFL", "BFR", "FRA", "ITA")
y <- sapply(codes, side, 1)
se <- sapply(codes, side, 2)
there <- complete.cases(y)
items <- printed$item[there]
y <- y[there, ]
se <- se[there, ]

# Belgium is w of one community and 1 - w of the other: the slope of a line through nought.
fit <- lm(I(y[, "BEL"] - y[, "BFR"]) ~ 0 + I(y[, "BFL"] - y[, "BFR"]))
w <- unname(coef(fit))

# Contrasts of independent figures: variance is c' diag(se^2) c.
own <- c("BFL", "BFR", "FRA", "ITA")
error <- function(i, contrast) sqrt(drop(t(contrast) %*% diag(se[i, own]^2) %*% contrast))
rows <- lapply(seq_along(items), function(i) {
  entry(item = items[i],
        difference = y[i, "BFL"] - y[i, "BEL"], se = error(i, c(1, 0, 0, 0) - c(w, 1 - w, 0, 0)),
        from_mean = y[i, "BFL"] - mean(y[i, c("BEL", "FRA", "ITA")]),
        se_from_mean = error(i, c(1, 0, 0, 0) - c(w, 1 - w, 1, 1) / 3))
})
writeLines(paste0('{"about":"Made by test/golden/make-parts.R.","versions":{"R":"', getRversion(), '"},\n', listed("rows", rows), "}"), out)
