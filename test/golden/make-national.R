# Makes national.json: the national survey's sample by R's survey package, linearised from strata and schools.
# Run from the project's root: Rscript test/golden/make-national.R [OUT]
suppressPackageStartupMessages(library(survey))
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/national.json"

data <- read.csv("data/samples/synthetic-national-pd-survey.csv")
design <- svydesign(ids = ~SCHOOL, strata = ~STRATUM, weights = ~NPDWGT, data = data, nest = TRUE)
source("test/golden/json.R")

yesno <- c(
  paste0("Q10", LETTERS[1:12]), paste0("Q11", LETTERS[1:4]), paste0("Q12", LETTERS[1:4]),
  paste0("Q13A", 1:6), paste0("Q13F", 1:6), paste0("Q14", LETTERS[1:14]), paste0("Q17", LETTERS[1:5]), "Q18A", "Q18B"
)
items <- c(
  setNames(lapply(yesno, function(v) list(variable = v, yes = 1, valid = 1:2)), yesno),
  setNames(lapply(paste0("Q15", LETTERS[1:14]), function(v) list(variable = v, yes = 4, valid = 1:4)), paste0("Q15", LETTERS[1:14])),
  setNames(lapply(paste0("Q16", LETTERS[1:7]), function(v) list(variable = v, yes = 3:4, valid = 1:4)), paste0("Q16", LETTERS[1:7])),
  list(
    "within-3-years" = list(variable = "Q19", yes = 1, valid = 1:4),
    "within-5-years" = list(variable = "Q19", yes = 1:2, valid = 1:4),
    "never" = list(variable = "Q19", yes = 4, valid = 1:4)
  )
)

figure <- function(name, by, value) {
  item <- items[[name]]
  inside <- if (by == "") rep(TRUE, nrow(data)) else data[[by]] == value
  valid <- inside & data[[item$variable]] %in% item$valid
  d <- subset(update(design, y = as.numeric(data[[item$variable]] %in% item$yes)), valid)
  mean <- svymean(~y, d)
  p <- coef(mean)[[1]]
  se <- SE(mean)[[1]]
  df <- degf(subset(design, inside))
  half <- qt(0.975, df) * se / (p * (1 - p))
  sprintf(
    '{"item":"%s","by":"%s","value":"%s","estimate":%s,"se":%s,"n":%d,"df":%d,"deff":%s,"logit":[%s,%s]}',
    name, by, value, num(100 * p), num(100 * se), sum(valid), df, num(se^2 / (p * (1 - p) / (sum(valid) - 1))),
    num(100 * plogis(qlogis(p) - half)), num(100 * plogis(qlogis(p) + half))
  )
}

# Town − village, with the covariance of one sample.
difference <- function(name) {
  item <- items[[name]]
  d <- update(design, y = as.numeric(data[[item$variable]] %in% item$yes))
  d <- subset(d, data[[item$variable]] %in% item$valid)
  contrast <- svycontrast(svyby(~y, ~LOCALITY, d, svymean, covmat = TRUE), c(1, -1))
  sprintf('{"item":"%s","difference":%s,"se":%s}', name, num(100 * coef(contrast)[[1]]), num(100 * SE(contrast)[[1]]))
}

rows <- c(
  sapply(names(items), figure, by = "", value = ""),
  sapply(names(items), figure, by = "LOCALITY", value = "1"),
  sapply(names(items), figure, by = "LOCALITY", value = "2"),
  sapply(names(items), figure, by = "REGION", value = "6")
)
means <- svymean(~Q03, subset(design, Q03 != 999))
text <- sprintf(
  '{"r":"%s","survey":"%s",\n"mean":{"estimate":%s,"se":%s},\n"differences":[\n%s\n],\n"rows":[\n%s\n]}\n',
  getRversion(), packageVersion("survey"), num(coef(means)[[1]]), num(SE(means)[[1]]),
  paste(sapply(c(paste0("Q10", LETTERS[1:12]), paste0("Q11", LETTERS[1:4])), difference), collapse = ",\n"),
  paste(rows, collapse = ",\n")
)
cat(text, file = out)
