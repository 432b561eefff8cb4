# Makes compare.json: differences, averages, gaps, means, quantiles and numbers of types by R's survey package.
# Run from the project's root: Rscript test/golden/make-compare.R [OUT]
# Reads the shipped sample, and ../shared/data/talis-2018-noisy/teachers.csv where it is there.
suppressPackageStartupMessages({ library(survey); library(data.table) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/compare.json"

source("test/golden/json.R")

activities <- paste0("TT3G22", LETTERS[1:10])
focus <- paste0("TT3G23", LETTERS[1:15])
groupings <- list(
  gender = function(d) list(female = d$TT3G01 == 1, male = d$TT3G01 == 2),
  experience = function(d) list("0-5" = d$TT3G11B <= 5, "6-10" = d$TT3G11B %in% 6:10, "11-plus" = d$TT3G11B >= 11 & d$TT3G11B < 997)
)
# Codes that stand for no value; the dictionary names none for TT3G02, which is coded as TT3G11B. The noisy file's age of
# 1022 is probably a 999 that its noise has shifted: nobody is of that age, so it is no value.
scale.codes <- c(9998, 9999)
numbers <- list(T3PDBAR = scale.codes, T3EFFPD = scale.codes, T3PDPED = scale.codes, T3PDIV = scale.codes,
                TT3G11B = 997:999, TT3G02 = c(997:999, 1022))
probabilities <- c(0.1, 0.25, 0.5, 0.75, 0.9)

read <- function(path) {
  data <- as.data.frame(fread(path))
  names(data) <- toupper(names(data))
  data[!(data$TCHWGT %in% c(999998, 999999)), ]
}
design.of <- function(data) {
  svrepdesign(data = data, weights = ~TCHWGT, repweights = "TRWGT[0-9]+", type = "Fay", rho = 0.5,
              combined.weights = TRUE, mse = TRUE)
}
pairs.of <- function(names) combn(names, 2, simplify = FALSE)

# Weighted means of many columns at once, each over its own rows, with their replicates. NA: not in the mean.
means.of <- function(design, columns) {
  x <- as.matrix(as.data.frame(columns, optional = TRUE))
  valid <- !is.na(x)
  x[!valid] <- 0
  names <- colnames(x)
  theta <- function(w, data) colSums(w * x) / colSums(w * valid)
  found <- withReplicates(design, theta, return.replicates = TRUE)
  list(at = setNames(as.vector(found$theta), names), replicates = matrix(found$replicates, ncol = length(names), dimnames = list(NULL, names)),
       n = setNames(colSums(valid), names), design = design)
}
# A linear combination of columns, made in the full sample and in each replicate.
combine <- function(means, weights) {
  at <- sum(means$at[names(weights)] * weights)
  replicates <- means$replicates[, names(weights), drop = FALSE] %*% weights
  c(at, sqrt(svrVar(replicates, means$design$scale, means$design$rscales, mse = TRUE, coef = at)))
}
single <- function(means, name) combine(means, setNames(1, name))
minus <- function(means, a, b) combine(means, setNames(c(1, -1), c(a, b)))

tested <- function(difference, se, df) {
  t <- difference / se
  ci <- difference + c(-1, 1) * qt(0.975, df) * se
  list(difference = difference, se = se, df = df, t = t, p = 2 * pt(-abs(t), df), ciLow = ci[1], ciHigh = ci[2])
}
# Welch-Satterthwaite over independent terms of a variance.
welch <- function(terms, df) sum(terms)^2 / sum(terms^2 / df)
row <- function(what, file, ..., test = list()) do.call(entry, c(list(what = what, file = file, ...), test))

percent <- function(code, yes = 1, valid = 1:2) ifelse(code %in% valid, 100 * (code %in% yes), NA)
among <- function(column, rows) ifelse(rows %in% TRUE, column, NA)
answers <- function(data, variables) sapply(data[variables], percent, simplify = FALSE)

groups <- function(file, country, data, design, df) {
  rows <- c()
  for (between in names(groupings)) {
    members <- groupings[[between]](data)
    for (variable in c(activities, focus)) {
      means <- means.of(design, sapply(members, function(rows) among(percent(data[[variable]]), rows), simplify = FALSE))
      for (pair in pairs.of(names(members))) {
        a <- single(means, pair[1])
        b <- single(means, pair[2])
        difference <- minus(means, pair[1], pair[2])
        rows <- c(rows, row("groups", file, country = country, between = between, a = pair[1], b = pair[2], variable = variable,
                            estA = a[1], seA = a[2], estB = b[1], seB = b[2], test = tested(difference[1], difference[2], df)))
      }
    }
  }
  rows
}

items <- function(file, country, data, design, df) {
  means <- means.of(design, answers(data, activities))
  sapply(pairs.of(activities), function(pair) {
    difference <- minus(means, pair[1], pair[2])
    row("items", file, country = country, variableA = pair[1], variableB = pair[2], test = tested(difference[1], difference[2], df))
  })
}

# High need (4) beside covered (1). Who was routed past the focus questions (6) is not covered; participants were not routed.
gaps <- function(file, country, data, design, df) {
  rows <- c()
  for (letter in LETTERS[1:14]) for (base in c("all", "participants")) {
    need <- data[[paste0("TT3G27", letter)]]
    taken <- data[[paste0("TT3G23", letter)]]
    rows.in <- need %in% 1:4 & taken %in% (if (base == "all") c(1, 2, 6) else 1:2)
    columns <- list(need = 100 * (need == 4), covered = 100 * (taken == 1), unmet = 100 * (need == 4 & taken != 1))
    means <- means.of(design, lapply(columns, among, rows.in))
    need <- single(means, "need")
    covered <- single(means, "covered")
    unmet <- single(means, "unmet")
    difference <- minus(means, "need", "covered")
    test <- tested(difference[1], difference[2], df)
    names(test)[2] <- "differenceSe"
    rows <- c(rows, row("gaps", file, country = country, letter = letter, base = base, n = sum(rows.in), need = need[1], needSe = need[2],
                        covered = covered[1], coveredSe = covered[2], unmet = unmet[1], unmetSe = unmet[2], test = test))
  }
  rows
}

# Mean, standard deviation and quantiles: the first x whose cumulated weight exceeds q times the sum of weights.
moments <- function(file, country, data, design, df) {
  rows <- c()
  for (variable in intersect(names(numbers), names(data))) {
    valid <- !is.na(data[[variable]]) & !(data[[variable]] %in% numbers[[variable]])
    x <- data[[variable]][valid]
    n <- length(x)
    if (n == 0) next
    values <- sort(unique(x))
    step <- match(x, values)
    nearest <- Inf
    theta <- function(w, data) {
      mean <- sum(w * x) / sum(w)
      sd <- sqrt(sum(w * (x - mean)^2) / sum(w) * n / (n - 1))
      cumulated <- cumsum(rowsum(w, step)[, 1])
      total <- sum(w)
      nearest <<- min(nearest, abs(outer(cumulated / total, probabilities, "-")))
      c(mean, sd, sapply(probabilities, function(q) values[which(cumulated > q * total)[1]]))
    }
    found <- withReplicates(subset(design, valid), theta)
    # Were a cumulated weight equal to q times the sum, rounding would choose the quantile.
    stopifnot(nearest > 1e-9)
    at <- as.vector(found)
    se <- as.vector(sqrt(diag(attr(found, "var"))))
    rows <- c(rows, row("means", file, country = country, variable = variable, n = n, mean = at[1], meanSe = se[1], sd = at[2], sdSe = se[2],
                          quantiles = at[3:7], quantileSe = se[3:7], df = df))
  }
  rows
}

# How many of the ten activities, among rows with all ten answered.
types <- function(file, country, data, design, df) {
  all.ten <- rowSums(sapply(data[activities], `%in%`, 1:2)) == 10
  count <- rowSums(data[activities] == 1)
  found <- sort(unique(count[all.ten]))
  columns <- c(setNames(lapply(found, function(k) among(100 * (count == k), all.ten)), found), list(mean = among(count, all.ten)))
  means <- means.of(design, columns)
  sapply(names(columns), function(name) {
    at <- single(means, name)
    statistic <- if (name == "mean") "mean" else "percent"
    k <- if (name == "mean") NA_real_ else as.numeric(name)
    row("types", file, country = country, statistic = statistic, k = k, n = sum(all.ten), estimate = at[1], se = at[2], df = df)
  })
}

# Between countries, and of their averages.
across <- function(file, data, designs, dfs) {
  rows <- c()
  countries <- names(designs)
  k <- length(countries)
  whole <- design.of(data)
  df.whole <- degf(whole)
  W <- sapply(countries, function(c) sum(data$TCHWGT[data$CNTRY == c]))
  w <- W / sum(W)
  for (variable in c(activities, focus)) {
    column <- percent(data[[variable]])
    means <- means.of(whole, c(sapply(countries, function(c) among(column, data$CNTRY == c), simplify = FALSE), list(pooled = column)))
    each <- sapply(countries, function(c) single(means, c))
    est <- each[1, ]
    se <- each[2, ]
    pooled <- single(means, "pooled")
    average <- function(kind, at, se, df) {
      row("averages", file, kind = kind, variable = variable, estimate = at, se = se, df = df)
    }
    rows <- c(
      rows,
      average("simple", mean(est), sqrt(sum(se^2)) / k, welch(se^2, dfs)),
      average("weighted", sum(w * est), sqrt(sum(W^2 * se^2)) / sum(W), welch(w^2 * se^2, dfs)),
      average("pooled", pooled[1], pooled[2], df.whole)
    )
    if (!(variable %in% activities)) next
    for (pair in pairs.of(countries)) {
      terms <- se[pair]^2
      test <- tested(-diff(est[pair])[[1]], sqrt(sum(terms)), welch(terms, dfs[pair]))
      rows <- c(rows, row("countries", file, a = pair[1], b = pair[2], variable = variable, estA = est[[pair[1]]], seA = se[[pair[1]]],
                          estB = est[[pair[2]]], seB = se[[pair[2]]], test = test))
    }
    for (c in countries) {
      part <- function(kind, test) row("part-whole", file, kind = kind, country = c, variable = variable, test = test)
      against <- function(kind, weights) {
        terms <- ((countries == c) - weights)^2 * se^2
        part(kind, tested(est[[c]] - sum(weights * est), sqrt(sum(terms)), welch(terms, dfs)))
      }
      difference <- minus(means, c, "pooled")
      rows <- c(rows, against("simple", rep(1 / k, k)), against("weighted", w), part("pooled", tested(difference[1], difference[2], df.whole)))
    }
    gender <- groupings$gender(data)
    differences <- sapply(countries, function(c) {
      sides <- sapply(gender, function(rows) among(column, rows & data$CNTRY == c), simplify = FALSE)
      minus(means.of(whole, sides), "female", "male")
    })
    test <- tested(mean(differences[1, ]), sqrt(sum(differences[2, ]^2)) / k, welch(differences[2, ]^2, dfs))
    rows <- c(rows, row("average-of-differences", file, between = "gender", a = "female", b = "male", variable = variable, test = test))
  }
  rows
}

# The variance of a difference from svyby's covariance matrix: another way to the se of "groups".
covariance <- function(file, country, design) {
  sapply(activities[c(1, 4, 7)], function(variable) {
    design <- update(design, y = percent(get(variable)))
    by <- svyby(~y, ~TT3G01, subset(design, !is.na(y) & TT3G01 %in% 1:2), svymean, covmat = TRUE)
    contrast <- c(1, -1)
    row("covariance", file, country = country, between = "gender", a = "female", b = "male", variable = variable,
          differenceVariance = c(contrast %*% vcov(by) %*% contrast))
  })
}

compare <- function(path, file) {
  data <- read(path)
  parts <- split(data, data$CNTRY)
  designs <- lapply(parts, design.of)
  dfs <- sapply(designs, degf)
  # "countries" and what is made of it stand after the kinds within a country.
  kinds <- list(groups, items, gaps, moments, types)
  rows <- unlist(lapply(kinds, function(kind) lapply(names(parts), function(c) kind(file, c, parts[[c]], designs[[c]], dfs[[c]]))))
  if (length(parts) == 1) return(rows)
  between <- across(file, data, designs, dfs)
  c(rows, between[order(match(sub('^."what":"([^"]*)".*', "\\1", between), c("countries", "averages", "part-whole", "average-of-differences")))],
    covariance(file, "FRA", designs$FRA))
}

noisy <- "../shared/data/talis-2018-noisy/teachers.csv"
rows <- c(compare("data/samples/synthetic-kazakhstan-2018.csv", "sample"), if (file.exists(noisy)) compare(noisy, "noisy"))
about <- "Made by test/golden/make-compare.R. Percent on the 0-100 scale; null where not finite; intervals at 0.95, t with df."
versions <- sprintf('{"R":"%s","survey":"%s","data.table":"%s"}', getRversion(), packageVersion("survey"), packageVersion("data.table"))
writeLines(c(sprintf('{"about":"%s","versions":%s,', about, versions), '"rows":[', paste(rows, collapse = ",\n"), "]}"), out)
