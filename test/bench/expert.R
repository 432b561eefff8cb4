# What an expert writes by hand: read only the wanted columns, then one matrix product a country.
# Rscript expert.R FILE OUT: FILE is CSV (data.table::fread) or SPSS (haven::read_sav)
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
items <- c(paste0("TT3G22", LETTERS[1:10]), paste0("TT3G23", LETTERS[1:15]))
weights <- c("TCHWGT", paste0("TRWGT", 1:100))
wanted <- c("CNTRY", items, weights)
data <- if (grepl("\\.sav$", arguments[1])) {
	as.data.table(haven::zap_labels(haven::read_sav(arguments[1], col_select = tidyselect::all_of(wanted))))
} else {
	fread(arguments[1], select = wanted, showProgress = FALSE)
}
rows <- lapply(split(seq_len(nrow(data)), data$CNTRY), function(index) {
	part <- data[index]
	answers <- as.matrix(part[, ..items])
	w <- as.matrix(part[, ..weights])
	yes <- crossprod(answers == 1, w)
	valid <- crossprod(answers == 1 | answers == 2, w)
	rates <- 100 * yes / valid
	data.table(
		country = part$CNTRY[1], variable = items, estimate = rates[, 1],
		se = sqrt(0.04 * rowSums((rates[, -1] - rates[, 1])^2)), n = colSums(answers == 1 | answers == 2)
	)
})
fwrite(rbindlist(rows), arguments[2])
