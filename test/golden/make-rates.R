# Makes rates.json: every TALIS 2018 item by R's survey package, an independent route to the same numbers.
# Run from the project's root: Rscript test/golden/make-rates.R [OUT]
# Reads the shipped sample, and ../shared/data/talis-2018-noisy/teachers.csv where it is there.
suppressPackageStartupMessages({ library(survey); library(data.table) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/rates.json"

scale4 <- function(yes) list(yes = yes, valid = 1:4)
yesno <- list(yes = 1, valid = 1:2)
topics <- c(
  setNames(rep(list(yesno), 10), paste0("TT3G22", LETTERS[1:10])),
  setNames(rep(list(yesno), 15), paste0("TT3G23", LETTERS[1:15])),
  setNames(rep(list(yesno), 8), paste0("TT3G24", LETTERS[1:8])),
  list(TT3G25 = yesno),
  setNames(rep(list(yesno), 12), paste0("TT3G26", LETTERS[1:12])),
  setNames(rep(list(scale4(4)), 14), paste0("TT3G27", LETTERS[1:14])),
  setNames(rep(list(scale4(3:4)), 7), paste0("TT3G28", LETTERS[1:7])),
  setNames(rep(list(yesno), 6), c("TT3G19A1", "TT3G19A2", "TT3G19A3", "TT3G19B1", "TT3G19B2", "TT3G19B3")),
  setNames(rep(list(yesno), 10), paste0("TT3G20", LETTERS[1:10])),
  setNames(rep(list(yesno), 2), c("TT3G21A", "TT3G21B"))
)

source("test/golden/json.R")

# One figure. `brief` leaves out intervals, which take most of the time.
estimate <- function(design, data, variable, coding, file, by, value, ask = "published", brief = FALSE) {
  code <- data[[variable]]
  asked <- !(code %in% setdiff(c(6, 8), coding$valid))
  valid <- code %in% coding$valid
  if (sum(valid) == 0) return(NULL)
  d <- update(design, y = as.numeric(code %in% coding$yes))
  d <- subset(d, valid)
  mean <- svymean(~y, d)
  p <- coef(mean)[[1]]
  se <- SE(mean)[[1]]
  total <- svytotal(~y, d)
  df <- degf(design)
  w <- data$TCHWGT
  row <- sprintf(
    '"file":"%s","by":"%s","value":"%s","ask":"%s","variable":"%s","estimate":%s,"se":%s,"n":%d,"df":%d,"count":%s,"countSe":%s,"coverage":%s,"deff":%s',
    file, by, value, ask, variable, num(100 * p), num(100 * se), sum(valid), df, num(coef(total)[[1]]), num(SE(total)[[1]]),
    num(100 * sum(w[valid]) / sum(w[asked])), num(se^2 / (p * (1 - p) / (sum(valid) - 1)))
  )
  if (brief) return(paste0("{", row, "}"))
  theta <- function(w, data) sum(w * data$y) / sum(w)
  shares <- withReplicates(d, theta, return.replicates = TRUE)$replicates
  touches <- any(shares <= 0 | shares >= 1) || p <= 0 || p >= 1
  pair <- function(x) if (touches) "null" else paste0("[", num(x[1]), ",", num(x[2]), "]")
  confidence <- function(method) pair(confint(svyciprop(~y, d, method = method, df = df)))
  # svyciprop fits logit by iteration, exact to about 1e-9; the replicates of qlogis itself are exact.
  logit <- withReplicates(d, function(w, data) qlogis(sum(w * data$y) / sum(w)))
  # svyciprop takes beta's degrees of freedom from the rows that answered; the group's are wanted here.
  half <- 0.025
  n.eff <- p * (1 - p) / se^2 * (qt(half, sum(valid) - 1) / qt(half, df))^2
  beta <- c(qbeta(half, n.eff * p, n.eff * (1 - p) + 1), qbeta(1 - half, n.eff * p + 1, n.eff * (1 - p)))
  sprintf(
    '{%s,"logit":%s,"xlogit":%s,"beta":%s,"wald":%s}', row,
    pair(plogis(coef(logit)[[1]] + c(-1, 1) * qt(1 - half, df) * SE(logit)[[1]])), confidence("xlogit"), pair(beta), confidence("mean")
  )
}

# `ask` says what is asked of the items beside their published form, by changing codings or codes.
rates <- function(path, file, by, groups, ask = "published", codings = topics, recode = identity, brief = TRUE) {
  data <- as.data.frame(fread(path))
  names(data) <- toupper(names(data))
  data <- recode(data)
  rows <- c()
  for (value in names(groups(data))) {
    part <- data[which(groups(data)[[value]]), ]
    design <- svrepdesign(data = part, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "Fay", rho = 0.5,
                          combined.weights = TRUE, mse = TRUE)
    for (variable in names(codings)) {
      rows <- c(rows, estimate(design, part, variable, codings[[variable]], file, by, value, ask, brief))
    }
  }
  rows
}

# All teachers: who was routed past a question counts as a no.
of.all <- lapply(topics[grep("^TT3G2[3456]", names(topics))], function(coding) list(yes = coding$yes, valid = c(coding$valid, 6)))
needs <- topics[grep("^TT3G27", names(topics))]
moderate <- lapply(needs, function(coding) scale4(3:4))
# Participants: one activity is enough; who denies all ten leaves; where that is not known, the answer is missing.
of.participants <- function(data) {
  activities <- data[paste0("TT3G22", LETTERS[1:10])]
  any <- rowSums(activities == 1) > 0
  none <- rowSums(activities == 2) == 10
  for (variable in names(needs)) {
    asked <- data[[variable]] != 8
    data[[variable]][asked & !any] <- ifelse(none[asked & !any], 6, 9)
  }
  data
}

sample <- "data/samples/synthetic-kazakhstan-2018.csv"
noisy <- "../shared/data/talis-2018-noisy/teachers.csv"
gender <- function(d) list(female = d$TT3G01 == 1, male = d$TT3G01 == 2)
experience <- function(d) list("0-5" = d$TT3G11B <= 5, "6-10" = d$TT3G11B %in% 6:10, "11-plus" = d$TT3G11B >= 11 & d$TT3G11B < 997)
novice <- function(d) list(yes = d$TT3G11B <= 5, no = d$TT3G11B >= 6 & d$TT3G11B < 997)
country <- function(d) sapply(c("FRA", "ITA", "MEX"), function(c) d$CNTRY == c, simplify = FALSE)
within <- function(groups) function(d) {
  pairs <- list()
  for (c in names(country(d))) for (g in names(groups(d))) pairs[[paste(c, g)]] <- country(d)[[c]] & groups(d)[[g]]
  pairs
}

rows <- c(
  rates(sample, "sample", "gender", gender, brief = FALSE),
  rates(sample, "sample", "experience", experience, brief = FALSE),
  rates(sample, "sample", "novice", novice),
  rates(sample, "sample", "gender", gender, "base all", of.all),
  rates(sample, "sample", "gender", gender, "needs of participants", needs, of.participants),
  rates(sample, "sample", "gender", gender, "needs 3 or 4", moderate),
  if (file.exists(noisy)) c(
    rates(noisy, "noisy", "country", country, brief = FALSE),
    rates(noisy, "noisy", "country,gender", within(gender)),
    rates(noisy, "noisy", "country,novice", within(novice)),
    rates(noisy, "noisy", "country", country, "base all", of.all),
    rates(noisy, "noisy", "country", country, "needs of participants", needs, of.participants),
    rates(noisy, "noisy", "country", country, "needs 3 or 4", moderate)
  )
)
head <- sprintf('{"made":"test/golden/make-rates.R","R":"%s","survey":"%s","data.table":"%s",',
                getRversion(), packageVersion("survey"), packageVersion("data.table"))
writeLines(c(head, '"rows":[', paste(rows, collapse = ",\n"), "]}"), out)
