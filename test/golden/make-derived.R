# Makes derived.json: figures that follow from estimates, by R's survey package. Coefficients of variation and effective
# samples; intervals of means and quantiles; answers with their covariance; ratios; equivalence; joint tests of groups;
# correlations with Fisher's intervals; odds ratios; changes between cycles and their average; intervals of published
# figures; administrative shares and their changes.
# Run from the project's root: Rscript test/golden/make-derived.R [OUT]
suppressPackageStartupMessages({ library(survey); library(data.table) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/derived.json"

source("test/golden/json.R")

read <- function(path) as.data.frame(fread(path))
fay <- function(data) {
  svrepdesign(data = data, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "Fay", rho = 0.5, combined.weights = TRUE, mse = TRUE)
}
data <- read("data/samples/synthetic-kazakhstan-2018.csv")
data$years <- ifelse(data$TT3G11B < 997, data$TT3G11B, NA)
data$here <- ifelse(data$TT3G11A < 997, data$TT3G11A, NA)
data$sex <- factor(data$TT3G01, 1:2, c("female", "male"))
data$experience <- cut(data$years, c(-1, 5, 10, 99), c("0-5", "6-10", "11-plus"))
activities <- paste0("TT3G22", LETTERS[1:10])
for (variable in activities) data[[variable]] <- ifelse(data[[variable]] %in% 1:2, as.numeric(data[[variable]] == 1), NA)
whole <- fay(data)
df <- degf(whole)
of <- function(variables) subset(whole, rowSums(is.na(data[variables])) == 0)
ends <- function(estimate, se, df) estimate + c(-1, 1) * qt(0.975, df) * se

figures <- lapply(activities, function(variable) {
  found <- svymean(reformulate(variable), of(variable), deff = "replace")
  n <- sum(!is.na(data[[variable]]))
  entry(variable = variable, cv = 100 * cv(found)[[1]], nEff = n / deff(found)[[1]],
        schools = length(unique(data$IDSCHOOL[!is.na(data[[variable]])])), weightedN = sum(data$TCHWGT[!is.na(data[[variable]])]))
})

measures <- list(TT3G11B = "years", TT3G11A = "here")
means <- lapply(names(measures), function(variable) {
  own <- measures[[variable]]
  d <- of(own)
  found <- svymean(reformulate(own), d, deff = "replace")
  quantiles <- lapply(c(0.25, 0.5, 0.9), function(q) {
    woodruff <- svyquantile(reformulate(own), d, q, ci = TRUE, interval.type = "mean", qrule = "math", df = df)[[1]]
    c(q, woodruff[1:3])
  })
  entry(variable = variable, mean = coef(found)[[1]], interval = ends(coef(found)[[1]], SE(found)[[1]], df), deff = deff(found)[[1]],
        q25 = quantiles[[1]][-1], q50 = quantiles[[2]][-1], q90 = quantiles[[3]][-1])
})

answers <- lapply(paste0("TT3G27", LETTERS[1:4]), function(variable) {
  d <- subset(whole, data[[variable]] %in% 1:4)
  found <- svymean(as.formula(paste0("~factor(", variable, ")")), d)
  entry(variable = variable, percent = 100 * as.vector(coef(found)), se = 100 * as.vector(SE(found)), covariance = 1e4 * as.vector(vcov(found)))
})

ratio <- svyratio(~here, ~years, of(c("here", "years")))
ratios <- entry(ratio = "TT3G11A/TT3G11B", estimate = coef(ratio)[[1]], se = SE(ratio)[[1]], interval = ends(coef(ratio)[[1]], SE(ratio)[[1]], df))

# Two one-sided tests within 5 points, by hand from R's difference.
equivalences <- lapply(activities, function(variable) {
  theta <- function(w, part) {
    y <- part[[variable]]
    share <- function(sex) 100 * weighted.mean(y[part$sex %in% sex], w[part$sex %in% sex])
    share("female") - share("male")
  }
  found <- withReplicates(of(variable), theta)
  d <- coef(found)[[1]]
  se <- SE(found)[[1]]
  entry(variable = variable, difference = d, p = max(pt((d - 5) / se, df), pt((d + 5) / se, df, lower.tail = FALSE)))
})

# svychisq of all groups at once, of the rows that have both; of means, Wald's test of the terms of a regression.
joint <- c(
  lapply(activities, function(variable) {
    d <- of(c(variable, "experience"))
    found <- svychisq(as.formula(paste0("~", variable, "+experience")), d, statistic = "F")
    entry(variable = variable, method = "rao-scott", F = found$statistic[[1]], df1 = found$parameter[[1]], df2 = found$parameter[[2]], p = found$p.value[[1]])
  }),
  lapply("years", function(variable) {
    found <- regTermTest(svyglm(years ~ experience, of(c("years", "experience"))), ~experience)
    entry(variable = "TT3G11B", method = "wald", F = found$Ftest[[1]], df1 = found$df, df2 = found$ddf, p = found$p[[1]])
  })
)

# Fisher's z of the correlation, its error over the replicates.
relations <- lapply(activities, function(variable) {
  theta <- function(w, part) atanh(cov.wt(cbind(part$years, part[[variable]]), w, cor = TRUE)$cor[1, 2])
  found <- withReplicates(of(c("years", variable)), theta)
  z <- coef(found)[[1]]
  se <- SE(found)[[1]]
  entry(variable = variable, estimate = tanh(z), interval = tanh(ends(z, se, df)), p = 2 * pt(-abs(z / se), df))
})

models <- lapply(activities, function(variable) {
  fit <- svyglm(reformulate(c("sex", "years"), variable), of(c(variable, "sex", "years")), family = quasibinomial(), epsilon = 1e-14, maxit = 50)
  own <- summary(fit)$coefficients
  intervals <- sapply(1:3, function(term) ends(own[term, 1], own[term, 2], fit$df.residual))
  entry(variable = variable, df = fit$df.residual, odds = exp(own[, 1]), low = exp(intervals[1, ]), high = exp(intervals[2, ]), t = own[, 3], p = own[, 4])
})

# 2024 minus 2018: independent samples, Welch and Satterthwaite.
later <- read("data/samples/synthetic-talis-2024.csv")
later <- later[later$CNTRY == "KAZ", ]
latest <- fay(later)
earliest <- fay(read("data/samples/synthetic-kazakhstan-2018.csv"))
items <- list(c("subject", "TT4G24A", "TT3G27A"), c("pedagogy", "TT4G24B", "TT3G27B"), c("curriculum", "TT4G24C", "TT3G27C"), c("assessment", "TT4G24D", "TT3G27D"))
cycles <- lapply(items, function(item) {
  share <- function(design, variable) {
    found <- svymean(~y, subset(update(design, y = 100 * (design$variables[[variable]] == 4)), design$variables[[variable]] %in% 1:4))
    c(coef(found)[[1]], SE(found)[[1]], degf(design))
  }
  a <- share(latest, item[2])
  b <- share(earliest, item[3])
  se <- sqrt(a[2]^2 + b[2]^2)
  welch <- se^4 / (a[2]^4 / a[3] + b[2]^4 / b[3])
  entry(item = item[1], difference = a[1] - b[1], se = se, df = welch, interval = ends(a[1] - b[1], se, welch), p = 2 * pt(-abs((a[1] - b[1]) / se), welch))
})

# Published figures of two cycles, tested as normal; the average of the changes of EST and FIN.
figure <- function(cycle, item, system) {
  table <- as.data.frame(fread(sprintf("data/published/talis-%s-isced2.csv", cycle), sep = ",", colClasses = "character"))
  row <- table[table$topic == "needs" & table$item == item & table$base == "all" & table$statistic == "percent" & table$breakdown == "", ]
  as.numeric(strsplit(row[[system]][row[[system]] != ""][1], " ")[[1]][1:2])
}
change <- function(item, system) {
  a <- figure(2024, item, system)
  b <- figure(2018, item, system)
  c(a[1] - b[1], sqrt(a[2]^2 + b[2]^2))
}
tested <- function(item, system, d) {
  entry(item = item, system = system, difference = d[1], se = d[2], interval = ends(d[1], d[2], Inf), p = 2 * pnorm(-abs(d[1] / d[2])))
}
changes <- lapply(items, function(item) {
  both <- sapply(c("EST", "FIN"), function(system) change(item[1], system))
  c(lapply(c("EST", "FIN"), function(system) tested(item[1], system, both[, system])),
    tested(item[1], "average", c(mean(both[1, ]), sqrt(sum(both[2, ]^2)) / 2)))
})

# On the logit scale, as nothing but the error is published.
published <- lapply(items, function(item) {
  f <- figure(2024, item[1], "EST") / 100
  entry(item = item[1], estimate = 100 * f[1], se = 100 * f[2], interval = 100 * plogis(qlogis(f[1]) + c(-1, 1) * qnorm(0.975) * f[2] / (f[1] * (1 - f[1]))))
})

counts <- read("data/samples/synthetic-administrative-counts.csv")
reach <- lapply(split(counts, counts$program), function(own) {
  own <- own[order(own$year), ]
  share <- 100 * own$trained / own$eligible
  entry(program = own$program[1], years = own$year, percent = share, change = c(NA, diff(share)))
})

head <- sprintf('{"made":"test/golden/make-derived.R","R":"%s","survey":"%s","data.table":"%s",',
                getRversion(), packageVersion("survey"), packageVersion("data.table"))
lists <- c(listed("figures", figures), listed("means", means), listed("answers", answers), listed("ratios", ratios),
           listed("equivalences", equivalences), listed("joint", joint), listed("relations", relations), listed("models", models),
           listed("cycles", cycles), listed("changes", changes), listed("published", published), listed("reach", reach))
writeLines(c(head, paste(lists, collapse = ",\n"), "}"), out)
