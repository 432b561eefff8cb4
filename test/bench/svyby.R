# The usual way: survey::svyby, one item after the other, replicates centred on the full-sample estimate.
# Rscript svyby.R FILE OUT ITEM…
suppressMessages({
	library(data.table)
	library(survey)
})
arguments <- commandArgs(TRUE)
items <- arguments[-(1:2)]
weights <- paste0("TRWGT", 1:100)
data <- fread(arguments[1], select = c("CNTRY", items, "TCHWGT", weights), showProgress = FALSE)
for (item in items) {
	answers <- data[[item]]
	data[[item]] <- ifelse(answers == 1, 1, ifelse(answers == 2, 0, NA))
}
design <- svrepdesign(
	data = data[, c("CNTRY", items), with = FALSE], weights = data$TCHWGT,
	repweights = as.matrix(data[, ..weights]), type = "other", scale = 0.04, rscales = 1,
	combined.weights = TRUE, mse = TRUE
)
rows <- lapply(items, function(item) {
	rates <- svyby(as.formula(paste0("~", item)), ~CNTRY, design, svymean, na.rm = TRUE)
	data.table(country = rates$CNTRY, variable = item, estimate = 100 * rates[[item]], se = 100 * rates$se)
})
fwrite(rbindlist(rows), arguments[2])
