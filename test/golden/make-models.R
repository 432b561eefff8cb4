# Makes models.json: regressions, effects, correlations and tests of association by R's survey package, syntheses by
# metafor, tails of distributions by R itself. The data are made up here and stand in the file.
# Run from the project's root: Rscript test/golden/make-models.R [OUT]
suppressPackageStartupMessages({ library(survey); library(metafor) })
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/models.json"

# R has no exact numbers in JSON of its own.
json <- function(x) {
  if (is.list(x)) {
    parts <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", paste0('"', names(x), '":', parts, collapse = ","), "}"))
  }
  text <- if (is.character(x)) paste0('"', x, '"') else
    ifelse(is.finite(x), formatC(as.numeric(x), digits = 17, format = "g", width = 1), ifelse(is.na(x), "null", '"inf"'))
  if (length(x) == 1 && is.null(attr(x, "many"))) text else paste0("[", paste(text, collapse = ","), "]")
}
many <- function(x) structure(as.vector(x), many = TRUE)

# Park & Miller's generator, so that the data do not hang on R's own.
state <- 2018
uniform <- function(n) sapply(seq_len(n), function(i) { state <<- (state * 48271) %% 2147483647; state / 2147483647 })
normal <- function(n) qnorm(uniform(n))

n <- 240
data <- data.frame(stratum = rep(1:6, each = 40), psu = rep(1:30, each = 8))
data$weight <- round(20 + 60 * uniform(n), 3)
effect <- normal(30)[data$psu]
data$x <- round(15 + 8 * normal(n) + 3 * effect, 2)
data$z <- round(0.4 * data$x + 6 * normal(n), 2)
data$kind <- 1 + findInterval(uniform(n), c(0.45, 0.8))
data$sex <- 1 + (uniform(n) < 0.4)
data$y <- round(50 + 0.8 * data$x - 4 * (data$kind == 2) + 3 * (data$sex == 2) * (data$kind == 3) + 5 * effect + 6 * normal(n), 3)
data$b <- as.numeric(uniform(n) < plogis(-1.5 + 0.06 * data$x + 0.7 * (data$kind == 3) - 0.5 * (data$sex == 2) + 0.3 * effect))
# An outcome that nobody of the third group has.
data$s <- ifelse(data$kind == 3, 0, data$b)
for (i in 1:4) data[[paste0("i", i)]] <- pmin(4, pmax(1, round(2.5 + 0.6 * effect + normal(n))))
data$i4 <- 5 - data$i4
data$size <- 30
factored <- transform(data, kind = factor(kind), sex = factor(sex))
# The same with other levels for references, which their names end with.
factored$kindref3 <- relevel(factored$kind, ref = "3")
factored$sexref2 <- relevel(factored$sex, ref = "2")

taylor <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = factored)
finite <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, fpc = ~size, data = factored)
# Two of a stratum's units in turn get 1.5 and 0.5 of their weight, and some teachers none at all.
zeros <- ifelse(seq_len(n) %% 17 == 0, 0, 1)
fay.weights <- sapply(1:20, function(r) {
  factors <- 1 + 0.5 * (2 * (uniform(30) < 0.5) - 1)
  round(data$weight * factors[data$psu], 3) * zeros
})
fay <- svrepdesign(weights = data$weight * zeros, repweights = fay.weights, type = "Fay", rho = 0.5, combined.weights = TRUE,
                   mse = TRUE, data = factored)
combined <- function(design) {
  weights <- weights(design, "analysis")
  svrepdesign(weights = data$weight, repweights = weights, type = "other", scale = design$scale, rscales = design$rscales,
              combined.weights = TRUE, mse = TRUE, data = factored)
}
jk1 <- combined(as.svrepdesign(svydesign(ids = ~psu, weights = ~weight, data = factored), type = "JK1"))
jkn <- combined(as.svrepdesign(taylor, type = "JKn"))
designs <- list(taylor = taylor, finite = finite, fay = fay, jk1 = jk1, jkn = jkn)
is.replicated <- function(design) inherits(design, "svyrep.design")

linear <- list("y ~ x + kind", "y ~ kind * sex", "y ~ x * kind", "y ~ x * z + sex", "y ~ x + kindref3 * sexref2")
logistic <- list("b ~ x + kind", "b ~ kind * sex", "b ~ x * sex", "b ~ x + kindref3")
exact <- glm.control(epsilon = 1e-15, maxit = 100)

# Covariance of Σ_u z with z by row: Taylor's variance of totals, where z already is an influence divided by the weight.
se.of <- function(design, influence) sqrt(as.vector(vcov(svytotal(~z, update(design, z = influence)))))
# A statistic of weights, worked out again under every replicate.
replicated <- function(design, theta) {
  found <- withReplicates(design, function(w, data) theta(w))
  list(estimate = as.vector(found), se = as.vector(sqrt(attr(found, "var"))))
}

r.squared <- function(design, formula) {
  frame <- model.frame(formula, factored)
  X <- model.matrix(formula, factored)
  y <- model.response(frame)
  fit <- function(w) lm.wfit(X[w > 0, ], y[w > 0], w[w > 0])
  theta <- function(w) {
    e <- fit(w)$residuals
    v <- w[w > 0]
    1 - sum(v * e^2) / sum(v * (y[w > 0] - weighted.mean(y[w > 0], v))^2)
  }
  if (is.replicated(design)) return(replicated(design, theta))
  w <- weights(design)
  e <- fit(w)$residuals
  d <- y - weighted.mean(y, w)
  sse <- sum(w * e^2)
  sst <- sum(w * d^2)
  list(estimate = 1 - sse / sst, se = se.of(design, -e^2 / sst + sse * d^2 / sst^2))
}

# Nagelkerke, Tjur and effects of a logistic model: by replicates, or by influences on them.
logit <- function(w, X, y) {
  keep <- w > 0
  glm.fit(X[keep, ], y[keep], w[keep] / mean(w[keep]), family = quasibinomial(), control = exact)$coefficients
}
statistics <- function(formula) {
  X <- model.matrix(formula, factored)
  y <- factored$b
  at <- function(level) model.matrix(formula, transform(factored, sex = factor(level, levels = 1:2)))
  nagelkerke <- function(w, beta) {
    eta <- as.vector(X %*% beta)
    loss <- ifelse(y == 1, log1p(exp(-eta)), log1p(exp(eta)))
    p <- sum(w * y) / sum(w)
    null <- -p * log(p) - (1 - p) * log(1 - p)
    (1 - exp(2 * sum(w * loss) / sum(w) - 2 * null)) / (1 - exp(-2 * null))
  }
  mean.of <- function(w, q) sum(w * q) / sum(w)
  list(
    nagelkerke = nagelkerke,
    tjur = function(w, beta) {
      mu <- plogis(as.vector(X %*% beta))
      mean.of(w * y, mu) - mean.of(w * (1 - y), mu)
    },
    "margin sex=2" = function(w, beta) mean.of(w, plogis(as.vector(at(2) %*% beta))),
    "effect sex=2" = function(w, beta) mean.of(w, plogis(as.vector(at(2) %*% beta)) - plogis(as.vector(at(1) %*% beta))),
    "effect x" = function(w, beta) {
      mu <- plogis(as.vector(X %*% beta))
      mean.of(w, mu * (1 - mu)) * beta[["x"]]
    }
  )
}
# Influence of a row on a function of the weights and the coefficients that they give: numerically in both, with Richardson's
# extrapolation, so that it is no copy of the formulas that are tested.
derivative <- function(f, h) {
  d <- function(h) (f(h) - f(-h)) / (2 * h)
  first <- c(d(h), d(h / 2), d(h / 4), d(h / 8))
  second <- (4 * first[-1] - first[-4]) / 3
  third <- (16 * second[-1] - second[-3]) / 15
  ((64 * third[-1] - third[-2]) / 63)[1]
}
effects <- function(design, formula) {
  X <- model.matrix(formula, factored)
  y <- factored$b
  lapply(statistics(formula), function(theta) {
    if (is.replicated(design)) return(replicated(design, function(w) theta(w, logit(w, X, y))))
    w <- weights(design)
    beta <- logit(w, X, y)
    mu <- plogis(as.vector(X %*% beta))
    on.beta <- (X * (y - mu)) %*% solve(crossprod(X, X * (w * mu * (1 - mu))))
    slope <- sapply(seq_along(beta), function(j) derivative(function(h) theta(w, replace(beta, j, beta[[j]] + h)), 1e-2))
    direct <- sapply(seq_along(w), function(i) derivative(function(h) theta(replace(w, i, w[i] + h), beta), w[i] / 4))
    list(estimate = theta(w, beta), se = se.of(design, direct + as.vector(on.beta %*% slope)))
  })
}

# A model with the tests of its terms.
model <- function(name, design, formula) {
  formula <- as.formula(formula)
  is.logistic <- all.vars(formula)[1] == "b"
  fit <- suppressWarnings(if (is.logistic) svyglm(formula, design, family = quasibinomial(), control = exact) else svyglm(formula, design))
  terms <- attr(terms(fit), "term.labels")
  tests <- lapply(terms, function(term) {
    test <- regTermTest(fit, as.formula(paste("~", term)))
    list(term = term, F = as.vector(test$Ftest), df1 = test$df, df2 = test$ddf, p = as.vector(test$p))
  })
  additive <- identical(attr(terms(fit), "order"), c(1L, 1L))
  c(list(design = name, formula = deparse(formula), df = fit$df.residual, terms = many(names(coef(fit))),
         estimates = many(coef(fit)), ses = many(sqrt(diag(vcov(fit)))), tests = tests),
    if (is.logistic) list(nagelkerke = as.vector(suppressWarnings(psrsq(fit, "Nagelkerke")))) else list(rSquared = r.squared(design, formula)))
}
models <- unlist(lapply(names(designs), function(name) {
  lapply(c(linear, logistic), function(formula) model(name, designs[[name]], formula))
}), recursive = FALSE)

effect.rows <- lapply(names(designs), function(name) {
  list(design = name, formula = "b ~ x + sex", effects = effects(designs[[name]], b ~ x + sex))
})

# Moments: Pearson's correlation and alpha by the delta method, or again under every replicate.
pearson <- function(design) {
  theta <- function(w) cov.wt(data[c("x", "z")], w / sum(w), cor = TRUE)$cor[1, 2]
  if (is.replicated(design)) return(replicated(design, theta))
  moments <- svymean(~x + z + I(x^2) + I(z^2) + I(x * z), design)
  names(moments) <- c("mx", "mz", "xx", "zz", "xz")
  attr(moments, "var") <- structure(vcov(moments), dimnames = list(names(moments), names(moments)))
  found <- svycontrast(moments, quote((xz - mx * mz) / sqrt((xx - mx^2) * (zz - mz^2))))
  list(estimate = as.vector(found), se = as.vector(SE(found)))
}
items <- paste0("i", 1:4)
reversed <- transform(data[items], i4 = -i4)
alpha <- function(design) {
  theta <- function(w) {
    S <- cov.wt(reversed, w / sum(w))$cov
    4 / 3 * (1 - sum(diag(S)) / sum(S))
  }
  if (is.replicated(design)) return(replicated(design, theta))
  w <- weights(design)
  d <- sweep(as.matrix(reversed), 2, colSums(w * reversed) / sum(w))
  own <- rowSums(d^2)
  total <- rowSums(d)^2
  S <- sum(w * own)
  T <- sum(w * total)
  list(estimate = 4 / 3 * (1 - S / T), se = se.of(design, 4 / 3 * (-own / T + S * total / T^2)))
}
# Middle ranks of the weights: what is below and half of what is alike.
spearman <- function(design) {
  middle <- function(v, w) sapply(v, function(own) sum(w[v < own]) + sum(w[v == own]) / 2)
  replicated(design, function(w) cov.wt(cbind(middle(data$i1, w), middle(data$x, w)), w / sum(w), cor = TRUE)$cor[1, 2])
}
relations <- lapply(names(designs), function(name) {
  design <- designs[[name]]
  c(list(design = name, pearson = pearson(design), alpha = alpha(design)), if (is.replicated(design)) list(spearman = spearman(design)))
})

associations <- unlist(lapply(names(designs), function(name) lapply(list(c("kind", "sex"), c("kind", "i1")), function(pair) {
  design <- update(designs[[name]], row = factor(data[[pair[1]]]), column = factor(data[[pair[2]]]))
  test <- function(statistic) {
    found <- svychisq(~row + column, design, statistic = statistic)
    list(F = as.vector(found$statistic), df1 = found$parameter[[1]], df2 = found$parameter[[2]], p = as.vector(found$p.value))
  }
  list(design = name, row = pair[1], column = pair[2], df = degf(design), raoScott = test("F"), wald = test("Wald"), adjWald = test("adjWald"))
})), recursive = FALSE)

# Standardised coefficients, with means and standard deviations of each replicate.
standardised <- lapply(names(designs)[sapply(designs, is.replicated)], function(name) {
  design <- designs[[name]]
  scaled <- function(v, w) {
    m <- sum(w * v) / sum(w)
    (v - m) / sqrt(sum(w * (v - m)^2) / sum(w) * sum(weights(design, "sampling") > 0) / (sum(weights(design, "sampling") > 0) - 1))
  }
  betas <- function(w) {
    keep <- w > 0
    frame <- data.frame(y = scaled(data$y, w), x = scaled(data$x, w), kind = factored$kind, z = scaled(data$z, w), sex = factored$sex)[keep, ]
    lm.wfit(model.matrix(~ x * z + x * kind, frame), frame$y, w[keep])$coefficients
  }
  found <- withReplicates(design, function(w, data) betas(w))
  list(design = name, terms = many(names(betas(weights(design, "sampling")))), estimates = many(found), ses = many(sqrt(diag(attr(found, "var")))))
})

# Syntheses.
effect.sets <- list(
  spread = list(y = c(0.8, 1.9, 0.3, 2.6, 1.1, -0.4, 1.7), se = c(0.3, 0.4, 0.25, 0.5, 0.35, 0.45, 0.2)),
  alike = list(y = c(0.8, 0.9, 0.75, 1.0), se = c(0.3, 0.4, 0.25, 0.5)),
  small = list(y = c(0.02, 0.031, 0.005, 0.018, 0.027), se = c(0.004, 0.006, 0.003, 0.005, 0.002)),
  two = list(y = c(3, 8), se = c(1, 1.5)),
  percent = list(y = c(12, 35, 47, 21, 60, 55), se = c(1.1, 2.3, 1.9, 1.4, 3.2, 0.8))
)
pool <- function(y, se, method, test) {
  control <- if (method == "REML") list(threshold = 1e-13 * var(y), maxiter = 100000) else list()
  rma(yi = y, sei = se, method = method, test = test, control = control)
}
syntheses <- unlist(lapply(names(effect.sets), function(name) unlist(lapply(c("REML", "DL", "EE"), function(method) {
  lapply(c("z", "knha"), function(test) {
    set <- effect.sets[[name]]
    fit <- pool(set$y, set$se, method, test)
    prediction <- predict(fit)
    without <- if (length(set$y) > 2) sapply(seq_along(set$y), function(i) as.vector(pool(set$y[-i], set$se[-i], method, test)$b)) else c()
    list(set = name, y = many(set$y), ses = many(set$se), method = method, test = test, b = as.vector(fit$b), se = fit$se, ciLow = fit$ci.lb,
         ciHigh = fit$ci.ub, p = fit$pval, tau2 = fit$tau2, seTau2 = if (method == "EE") NA else fit$se.tau2, I2 = fit$I2, H2 = fit$H2, Q = fit$QE,
         Qdf = fit$k - fit$p, Qp = fit$QEp, piLow = if (method == "EE") NA else prediction$pi.lb,
         piHigh = if (method == "EE") NA else prediction$pi.ub, without = many(without))
  })
}), recursive = FALSE)), recursive = FALSE)
groups <- lapply(list(1:3, 4:7), function(rows) pool(effect.sets$spread$y[rows], effect.sets$spread$se[rows], "REML", "z"))
between <- rma(yi = sapply(groups, function(fit) as.vector(fit$b)), sei = sapply(groups, `[[`, "se"), method = "EE")

tails <- list(
  chisq = unlist(lapply(c(1, 2, 3.7, 42, 53, 200), function(df) lapply(c(1e-6, 0.3, 2, 10, 50, 210.75), function(x) {
    many(c(x, df, pchisq(x, df, lower.tail = FALSE)))
  })), recursive = FALSE),
  F = unlist(lapply(c(1, 1.933, 2, 4.55, 12), function(a) unlist(lapply(c(1, 7, 44, 76.5, 148.84, 1000, Inf), function(b) {
    lapply(c(0.01, 0.5, 1, 2.7, 8, 40), function(x) many(c(x, a, b, pf(x, a, b, lower.tail = FALSE))))
  }), recursive = FALSE)), recursive = FALSE),
  equivalence = unlist(lapply(c(-4, 0.4, 4.9, 6), function(d) lapply(c(7, 77, Inf), function(df) {
    many(c(d, 1.3, df, 5, max(pt((d + 5) / 1.3, df, lower.tail = FALSE), pt((d - 5) / 1.3, df))))
  })), recursive = FALSE)
)

separated <- suppressWarnings(svyglm(s ~ x + kind, fay, family = quasibinomial()))
stopifnot(abs(coef(separated)[["kind3"]]) > 10)

versions <- list(R = as.character(getRversion()), survey = as.character(packageVersion("survey")), metafor = as.character(packageVersion("metafor")))
weights.of <- function(design) lapply(seq_len(n), function(i) many(c(weights(design, "sampling")[i], weights(design, "analysis")[i, ])))
columns <- lapply(data[setdiff(names(data), c("weight", "size"))], many)
factors <- function(design) many(design$scale * rep_len(design$rscales, ncol(weights(design, "analysis"))))
replicates <- lapply(list(fay = fay, jk1 = jk1, jkn = jkn), function(design) list(factors = factors(design), weights = weights.of(design)))
parts <- list(about = "Made by test/golden/make-models.R. Shares 0-1; null where R has none.", versions = versions, columns = columns,
              weight = many(data$weight), size = 30, replicates = replicates, models = models, effects = effect.rows, relations = relations,
              associations = associations, standardised = standardised, syntheses = syntheses,
              between = list(Q = between$QE, df = 1, p = between$QEp, members = lapply(groups, function(fit) list(estimate = as.vector(fit$b), se = fit$se))),
              tails = tails)
lines <- mapply(function(name, part) {
  body <- if (is.list(part) && is.null(names(part))) paste0("[\n", paste(vapply(part, json, ""), collapse = ",\n"), "\n]") else json(part)
  paste0('"', name, '":', body)
}, names(parts), parts)
writeLines(paste0("{", paste(lines, collapse = ",\n"), "}"), out)
