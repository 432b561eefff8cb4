# Makes intervals.json: Wilson's and exact intervals, intervals of counts, constants of the bootstrap, and systems and averages
# of them against published averages of their own cycle. By R's survey package and stats.
# Run from the project's root: Rscript test/golden/make-intervals.R [OUT]
suppressPackageStartupMessages({ library(survey); library(data.table) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/intervals.json"

source("test/golden/json.R")
half <- 0.025

data <- as.data.frame(fread("data/samples/synthetic-kazakhstan-2018.csv"))
fay <- function(data) {
  svrepdesign(data = data, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
}
activities <- paste0("TT3G22", LETTERS[1:10])

# Wilson's score interval is that of prop.test without continuity correction, with Korn and Graubard's effective sample. At 0
# and 100 % Clopper and Pearson's has a closed form: an end is 1 - (alpha/2)^(1/n) away. A count's is symmetric on the log scale.
intervals <- function(by, value, rows, variable) {
  part <- data[rows, ]
  whole <- fay(part)
  df <- degf(whole)
  valid <- part[[variable]] %in% 1:2
  n <- sum(valid)
  if (n < 2 || df < 1) return(NULL)
  d <- subset(update(whole, y = as.numeric(part[[variable]] == 1)), valid)
  mean <- svymean(~y, d)
  p <- coef(mean)[[1]]
  se <- SE(mean)[[1]]
  corrected <- (qt(half, n - 1) / qt(half, df))^2
  if (p %in% 0:1) {
    away <- 1 - half^(1 / (n * corrected))
    share <- if (p == 0) c(0, away) else c(1 - away, 1)
  } else {
    n.eff <- p * (1 - p) / se^2 * corrected
    share <- suppressWarnings(prop.test(n.eff * p, n.eff, correct = FALSE)$conf.int[1:2])
  }
  total <- svytotal(~y, d)
  count <- c(coef(total)[[1]], SE(total)[[1]], NA, NA)
  if (count[1] > 0) {
    names(total) <- "y"
    count[3:4] <- exp(confint(svycontrast(total, quote(log(y))), df = df))
  }
  entry(by = by, value = value, variable = variable, n = n, df = df, percent = 100 * p, wilson = 100 * share,
        exact = as.numeric(p %in% 0:1), count = count[1], countSe = count[2], countInterval = count[3:4])
}
gender <- list(female = data$TT3G01 == 1, male = data$TT3G01 == 2)
ages <- sort(unique(data$TT3G02[data$TT3G02 %in% 22:64]))
of.intervals <- c(
  sapply(names(gender), function(value) sapply(activities, function(v) intervals("gender", value, which(gender[[value]]), v))),
  unlist(lapply(ages, function(age) lapply(activities[c(1, 7)], function(v) intervals("TT3G02", as.character(age), which(data$TT3G02 == age), v))))
)

# The file's replicates as if they were of a bootstrap: 1/(R-1), 1/R, and C/R where each is the mean of C samples.
of.bootstrap <- unlist(lapply(c(0, 1, 25), function(samples) {
  R <- length(grep("^TRWGT[0-9]+$", names(data)))
  scale <- if (samples == 0) 1 / (R - 1) else samples / R
  whole <- svrepdesign(data = data, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "bootstrap", scale = scale,
                       rscales = rep(1, R), combined.weights = TRUE, mse = TRUE)
  lapply(activities, function(variable) {
    d <- subset(update(whole, y = as.numeric(data[[variable]] == 1)), data[[variable]] %in% 1:2)
    mean <- svymean(~y, d)
    entry(samples = samples, variable = variable, percent = 100 * coef(mean)[[1]], se = 100 * SE(mean)[[1]])
  })
}))

# A published mean of n systems is 1/n of the file's own systems and the rest, whose variance is what theirs leave of n^2 SE^2:
# a contrast of independent figures.
talis <- as.data.frame(fread("data/samples/synthetic-talis-2024.csv"))
published <- as.data.frame(fread("data/published/talis-2024-isced2.csv", sep = ",", colClasses = "character"))
figure <- function(cell) as.numeric(strsplit(cell, " ")[[1]][1:2])
needs <- c(assessment = "TT4G24D", subject = "TT4G24A")
oecd <- c("AUS", "AUT", "BEL", "CHL", "COL", "CRI", "CZE", "DNK", "ESP", "EST", "FIN", "FRA", "HUN", "ISL", "ISR", "ITA", "JPN",
          "KOR", "LTU", "LVA", "POL", "PRT", "SVK", "SVN", "SWE", "TUR", "USA")
of.wholes <- unlist(lapply(names(needs), function(item) {
  row <- published[published$topic == "needs" & published$item == item & published$base == "all" & published$statistic == "percent"
                   & published$breakdown == "" & published$EST != "", ]
  stopifnot(nrow(row) == 1)
  mean <- figure(row[["average:oecd-27"]])
  n <- sum(row[oecd] != "")
  own <- lapply(c(EST = "EST", FIN = "FIN", KAZ = "KAZ"), function(country) {
    part <- talis[talis$CNTRY == country, ]
    whole <- svrepdesign(data = part, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
    d <- subset(update(whole, y = 100 * (part[[needs[[item]]]] == 4)), part[[needs[[item]]]] %in% 1:4)
    found <- svymean(~y, d)
    list(estimate = coef(found)[[1]], variance = SE(found)[[1]]^2, df = degf(whole), weight = sum(part$TCHWGT))
  })
  against <- function(kind, countries) {
    of <- function(name) sapply(own[countries], `[[`, name)
    shares <- if (kind == "weighted") of("weight") / sum(of("weight")) else rep(1 / length(countries), length(countries))
    within <- countries %in% oecd
    rest <- n^2 * mean[2]^2 - sum(of("variance")[within])
    V <- diag(c(of("variance"), rest))
    L <- c(shares - within / n, -1 / n)
    # The mean's degrees of freedom are infinite: only what the own systems add to its variance counts.
    added <- (shares^2 - 2 * shares * within / n) * of("variance")
    variance <- drop(L %*% V %*% L)
    entry(item = item, kind = kind, systems = paste(countries, collapse = ","), members = n, difference = sum(shares * of("estimate")) - mean[1],
          se = sqrt(variance), df = variance^2 / sum(added^2 / of("df")))
  }
  c(against("single", "EST"), against("single", "FIN"), against("simple", c("EST", "FIN")), against("weighted", c("EST", "FIN")),
    against("simple", c("EST", "KAZ")))
}))

head <- sprintf('{"made":"test/golden/make-intervals.R","R":"%s","survey":"%s","data.table":"%s",',
                getRversion(), packageVersion("survey"), packageVersion("data.table"))
lists <- c(listed("intervals", of.intervals), listed("bootstrap", of.bootstrap), listed("published", of.wholes))
writeLines(c(head, paste(lists, collapse = ",\n"), "}"), out)
