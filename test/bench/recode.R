# Variables of the bench's models, for models.R and svyglm.R.
predictors <- c("sex", "age", "TT3G11B", "need.a", "need.e", "need.i")
terms <- c("(intercept)", "gender=male", "age=30-49", "age=50-plus", "TT3G11B", "needs:subject", "needs:ict", "needs:special-needs")
recoded <- function(data) {
	valid <- function(x, codes) ifelse(x %in% codes, x, NA)
	data$sex <- factor(valid(data$TT3G01, 1:2))
	data$age <- factor(c(1, 1, 2, 2, 3, 3)[valid(data$TCHAGEGR, 1:6)])
	data$TT3G11B <- ifelse(data$TT3G11B < 990, data$TT3G11B, NA)
	need <- function(x) as.numeric(valid(x, 1:4) == 4)
	data$need.a <- need(data$TT3G27A)
	data$need.e <- need(data$TT3G27E)
	data$need.i <- need(data$TT3G27I)
	answers <- sapply(paste0("TT3G22", LETTERS[1:10]), function(name) valid(data[[name]], 1:2) == 1)
	data$types <- rowSums(answers)
	data$coaching <- as.numeric(answers[, 7])
	data
}
