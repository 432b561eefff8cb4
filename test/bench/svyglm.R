# The same by survey::svyglm. Rscript svyglm.R FILE OUT linear|logistic
suppressMessages({ library(data.table); library(survey) })
arguments <- commandArgs(TRUE)
weights <- paste0("TRWGT", 1:100)
numbers <- c("TT3G01", "TCHAGEGR", "TT3G11B", "TT3G27A", "TT3G27E", "TT3G27I")
data <- fread(arguments[1], select = c("CNTRY", numbers, paste0("TT3G22", LETTERS[1:10]), "TCHWGT", weights), showProgress = FALSE)
source("test/bench/recode.R")
data <- as.data.frame(recoded(data))
isLinear <- arguments[3] == "linear"
rows <- lapply(unique(data$CNTRY), function(country) {
	own <- data[data$CNTRY == country, ]
	design <- svrepdesign(weights = own$TCHWGT, repweights = own[weights], type = "Fay", rho = 0.5, mse = TRUE, combined.weights = TRUE, data = own)
	formula <- reformulate(predictors, if (isLinear) "types" else "coaching")
	fit <- suppressWarnings(if (isLinear) svyglm(formula, design) else svyglm(formula, design, family = quasibinomial(), control = glm.control(epsilon = 1e-14, maxit = 50)))
	data.frame(country = country, variable = terms, estimate = coef(fit), se = SE(fit))
})
fwrite(rbindlist(rows), arguments[2])
