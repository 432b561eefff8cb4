# Makes schools.json: the sample of 2018 by what made-up principals say of their schools, joined here by merge().
# Run from the project's root: Rscript test/golden/make-schools.R [OUT]
suppressPackageStartupMessages(library(survey))
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/schools.json"

teachers <- read.csv("data/samples/synthetic-kazakhstan-2018.csv")
schools <- read.csv("test/fixtures/schools/BCGKAZT3.csv")
asked <- c("CNTRY", "IDPOP", "IDSCHOOL", "TC3G10", "TC3G12", "TC3G17C", "TC3G16")
data <- merge(teachers, schools[asked], by = asked[1:3], all.x = TRUE)
stopifnot(nrow(data) == nrow(teachers))
design <- svrepdesign(
  weights = ~TCHWGT, repweights = "^TRWGT[0-9]+$", type = "Fay", rho = 0.5, mse = TRUE, combined.weights = TRUE,
  data = data
)
source("test/golden/json.R")

groups <- list(
  location = list(column = "TC3G10", values = list(rural = 1, town = 2:3, city = 4:5)),
  management = list(column = "TC3G12", values = list(public = 1, private = 2)),
  intake = list(column = "TC3G17C", values = list(`up-to-10` = 1:2, `11-30` = 3, `over-30` = 4:5))
)
items <- paste0("TT3G22", LETTERS[1:10])

figure <- function(by, value, item) {
  inside <- data[[groups[[by]]$column]] %in% groups[[by]]$values[[value]]
  valid <- inside & data[[item]] %in% 1:2
  mean <- svymean(~y, subset(update(design, y = as.numeric(data[[item]] == 1)), valid))
  sprintf(
    '{"by":"%s","value":"%s","variable":"%s","estimate":%s,"se":%s,"n":%d,"df":%d}',
    by, value, item, num(100 * coef(mean)[[1]]), num(100 * SE(mean)[[1]]), sum(valid), degf(subset(design, inside))
  )
}

# City − rural and private − public, replicate by replicate.
difference <- function(by, a, b, item) {
  code <- function(value) data[[groups[[by]]$column]] %in% groups[[by]]$values[[value]]
  valid <- data[[item]] %in% 1:2
  found <- withReplicates(design, function(w, data) {
    share <- function(rows) sum(w[rows] * (data[[item]][rows] == 1)) / sum(w[rows])
    share(valid & code(a)) - share(valid & code(b))
  })
  sprintf(
    '{"by":"%s","a":"%s","b":"%s","variable":"%s","difference":%s,"se":%s}',
    by, a, b, item, num(100 * coef(found)[[1]]), num(100 * SE(found)[[1]])
  )
}

rows <- unlist(lapply(names(groups), function(by) {
  unlist(lapply(names(groups[[by]]$values), function(value) sapply(items, function(item) figure(by, value, item))))
}))
differences <- c(
  sapply(items, function(item) difference("location", "city", "rural", item)),
  sapply(items, function(item) difference("management", "private", "public", item))
)
lost <- is.na(data$TC3G12)
mean <- svymean(~TC3G16, subset(design, !is.na(data$TC3G16)))
cat(sprintf(
  '{"r":"%s","survey":"%s","absent":{"teachers":%d,"schools":%d},"size":{"estimate":%s,"se":%s},\n"differences":[\n%s\n],\n"rows":[\n%s\n]}\n',
  getRversion(), packageVersion("survey"), sum(lost), length(unique(data$IDSCHOOL[lost])),
  num(coef(mean)[[1]]), num(SE(mean)[[1]]), paste(differences, collapse = ",\n"), paste(rows, collapse = ",\n")
), file = out)
