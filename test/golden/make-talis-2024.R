# Makes talis-2024.json: the sample in the form of TALIS 2024 by R's survey package: ways of taking part, routing,
# forms, rows of several items, differences of countries and of groups, means.
# Run from the project's root: Rscript test/golden/make-talis-2024.R [OUT]
suppressPackageStartupMessages(library(survey))
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/talis-2024.json"

data <- read.csv("data/samples/synthetic-talis-2024.csv", sep = ";")
design <- svrepdesign(
  weights = ~TCHWGT, repweights = data[paste0("TRWGT", 1:100)], data = data, type = "Fay", rho = 0.5,
  combined.weights = TRUE, mse = TRUE
)
source("test/golden/json.R")

# A figure's rows are those whose every column has one of the valid codes, or any of them a yes.
items <- list()
add <- function(topic, item, variables, yes, valid) {
  items[[paste0(topic, ":", item)]] <<- list(topic = topic, item = item, variables = variables, yes = yes, valid = valid)
}
activities <- c(
  "courses", "conferences", "qualification-programme", "school-visits", "business-visits", "lesson-reflection",
  "coaching", "network", "self-initiated", "other"
)
ways <- c("in-person-only", "online-only", "both")
for (i in seq_along(activities)) {
  variable <- paste0("TT4G20", LETTERS[i])
  add("activities", activities[i], variable, 1:3, 1:4)
  for (way in seq_along(ways)) add("modes", paste0(activities[i], "-", ways[way]), variable, way, 1:4)
}
add("activities", "any", paste0("TT4G20", LETTERS[1:10]), 1:3, 1:4)
add("focus", "ai", "TT4G21G", 1, 1:2)
add("focus", "other", "TT4G21S", 1, 1:2)
add("focus", "ict", c("TT4G21E", "TT4G21F"), 1, 1:2)
add("needs", "ai", "TT4G24G", 4, 1:4)
add("needs", "ict", c("TT4G24E", "TT4G24F"), 4, 1:4)
add("barriers", "cost", "TT4G25B", 3:4, 1:4)
add("barriers", "digital", "TT4G25I", 3:4, 1:4)
add("impact", "positive-impact", "TT4G22", 3:4, 1:4)
add("induction", "any", c("TT4G17A", "TT4G17B"), 1, 1:2)
add("induction", "meetings", "TT4G18D", 1, 1:2)
add("mentoring", "has-mentor", "TT4G19A", 1, 1:2)

answers <- function(item) {
  codes <- as.matrix(data[item$variables])
  yes <- rowSums(matrix(codes %in% item$yes, nrow(codes))) > 0
  complete <- rowSums(matrix(codes %in% item$valid, nrow(codes))) == ncol(codes)
  list(yes = as.numeric(yes), valid = yes | complete)
}

figure <- function(item, inside, group) {
  a <- answers(item)
  rows <- inside & a$valid
  mean <- svymean(~y, subset(update(design, y = a$yes), rows))
  p <- coef(mean)[[1]]
  se <- SE(mean)[[1]]
  sprintf(
    '{"topic":"%s","item":"%s","group":%s,"estimate":%s,"se":%s,"n":%d,"deff":%s}',
    item$topic, item$item, group, num(100 * p), num(100 * se), sum(rows), num(se^2 / (p * (1 - p) / (sum(rows) - 1)))
  )
}
countries <- c("EST", "FIN", "KAZ", "SGP")
rows <- unlist(lapply(items, function(item) c(
  sapply(countries, function(c) figure(item, data$CNTRY == c, sprintf('{"country":"%s"}', c))),
  sapply(countries, function(c) {
    figure(item, data$CNTRY == c & data$T4TYEXPTT == 1, sprintf('{"country":"%s","novice":"yes"}', c))
  })
)))

# Two countries are two samples: standard errors add up in squares.
between <- function(item, a, b) {
  side <- function(c) {
    x <- answers(item)
    svymean(~y, subset(update(design, y = x$yes), x$valid & data$CNTRY == c))
  }
  sides <- list(side(a), side(b))
  sprintf(
    '{"topic":"%s","item":"%s","a":"%s","b":"%s","difference":%s,"se":%s}', item$topic, item$item, a, b,
    num(100 * (coef(sides[[1]])[[1]] - coef(sides[[2]])[[1]])), num(100 * sqrt(SE(sides[[1]])[[1]]^2 + SE(sides[[2]])[[1]]^2))
  )
}
pairs <- combn(countries, 2)
differences <- unlist(lapply(items[grep("^activities|^barriers", names(items))], function(item) {
  apply(pairs, 2, function(pair) between(item, pair[1], pair[2]))
}))

# Need − content, of those who answered both: on forms B and C; who took part in nothing had no content.
gap <- function(country, letter, item) {
  need <- data[[paste0("TT4G24", letter)]]
  content <- data[[paste0("TT4G21", letter)]]
  rows <- data$CNTRY == country & need %in% 1:4 & content %in% c(1, 2, 6)
  d <- subset(update(design, gap = as.numeric(need == 4) - as.numeric(content == 1)), rows)
  mean <- svymean(~gap, d)
  sprintf(
    '{"item":"%s","country":"%s","difference":%s,"se":%s,"n":%d}', item, country,
    num(100 * coef(mean)[[1]]), num(100 * SE(mean)[[1]]), sum(rows)
  )
}
gaps <- unlist(lapply(countries, function(c) c(gap(c, "G", "ai"), gap(c, "K", "special-needs"), gap(c, "N", "parents"))))

average <- function(country, item, variable, missing) {
  rows <- data$CNTRY == country & data[[variable]] < missing
  mean <- svymean(as.formula(paste0("~", variable)), subset(design, rows))
  sprintf(
    '{"item":"%s","country":"%s","estimate":%s,"se":%s,"n":%d}', item, country, num(coef(mean)[[1]]),
    num(SE(mean)[[1]]), sum(rows)
  )
}
means <- unlist(lapply(countries, function(c) {
  c(average(c, "pd-hours", "TT4G16G", 998), average(c, "t4pdbr", "T4PDBR", 9998), average(c, "t4pdiv", "T4PDIV", 9998))
}))

lines <- function(x) paste(unname(x), collapse = ",\n")
cat(
  sprintf(
    '{"r":"%s","survey":"%s",\n"rows":[\n%s\n],\n"differences":[\n%s\n],\n"gaps":[\n%s\n],\n"means":[\n%s\n]}\n',
    getRversion(), packageVersion("survey"), lines(rows), lines(differences), lines(gaps), lines(means)
  ),
  file = out
)
