# Regressions in each country, under every weight, as one writes them by hand: lm.wfit or glm.fit in a loop.
# Rscript models.R FILE OUT linear|logistic
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
activities <- paste0("TT3G22", LETTERS[1:10])
weights <- c("TCHWGT", paste0("TRWGT", 1:100))
numbers <- c("TT3G01", "TCHAGEGR", "TT3G11B", "TT3G27A", "TT3G27E", "TT3G27I")
data <- fread(arguments[1], select = c("CNTRY", numbers, activities, weights), showProgress = FALSE)
source("test/bench/recode.R")
data <- recoded(data)
outcome <- if (arguments[3] == "linear") "types" else "coaching"
fit <- if (arguments[3] == "linear") function(X, y, w) lm.wfit(X, y, w)$coefficients else function(X, y, w) {
	glm.fit(X, y, w / mean(w), family = quasibinomial(), control = glm.control(epsilon = 1e-14, maxit = 50))$coefficients
}
rows <- lapply(split(seq_len(nrow(data)), data$CNTRY), function(index) {
	part <- data[index]
	part <- part[complete.cases(part[, c(outcome, predictors), with = FALSE])]
	X <- model.matrix(~ sex + age + TT3G11B + need.a + need.e + need.i, part)
	w <- as.matrix(part[, ..weights])
	thetas <- apply(w, 2, function(own) fit(X, part[[outcome]], own))
	data.table(country = part$CNTRY[1], variable = terms, estimate = thetas[, 1], se = sqrt(0.04 * rowSums((thetas[, -1] - thetas[, 1])^2)))
})
fwrite(rbindlist(rows), arguments[2])
