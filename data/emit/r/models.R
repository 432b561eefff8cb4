# The derivative of a function at 0 by Richardson's extrapolation of central differences.
derivative <- function(f, h) {
  central <- function(h) (f(h) - f(-h)) / (2 * h)
  first <- c(central(h), central(h / 2), central(h / 4), central(h / 8))
  second <- (4 * first[-1] - first[-4]) / 3
  third <- (16 * second[-1] - second[-3]) / 15
  (64 * third[2] - third[1]) / 63
}

# A statistic of the weights of some rows, and of coefficients that follow from them: again under every replicate weight
# with its own coefficients; or by the influence of every row, directly and by way of the coefficients (one row each in
# `on_beta`). Weights may be rescaled `by` constants; some statistics do not depend on them `directly`. Gives the value
# with its parts, as se_of() takes them.
smooth_statistic <- function(rows, theta, beta = numeric(), replicate_betas = NULL, on_beta = NULL, by = 1, directly = TRUE) {
  w <- weight[rows] * by
  value <- theta(w, beta)
  if (is_replicated) {
    parts <- vapply(seq_len(ncol(replicates)), function(r) {
      theta(replicates[rows, r] * by, if (is.null(replicate_betas)) beta else replicate_betas[r, ])
    }, 0)
    return(list(value = value, parts = parts))
  }
  parts <- numeric(length(weight))
  direct <- if (!directly) numeric(length(w)) else {
    vapply(seq_along(w), function(i) derivative(function(h) theta(replace(w, i, w[i] + h), beta), w[i] / 4), 0)
  }
  if (!is.null(on_beta)) {
    slopes <- vapply(seq_along(beta), function(j) derivative(function(h) theta(w, replace(beta, j, beta[j] + h)), 1e-2), 0)
    direct <- direct + as.vector(on_beta %*% slopes)
  }
  parts[rows] <- direct * by
  list(value = value, parts = parts)
}

# A statistic with its standard error, its interval and its test against zero.
tested_statistic <- function(value, se, df) {
  ends <- value + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se
  t <- value / se
  list(estimate = value, se = se, low = ends[1], high = ends[2], t = t, df = df, p = 2 * pt(-abs(t), df))
}

# Values of a variable of a model, which are numbers, names of levels, or yes and no.
values_of <- function(name) {
  answer <- answers[[name]]
  if (is.list(answer)) ifelse(answer$why == "", as.character(answer$value), NA) else ifelse(answer %in% c("yes", "no"), answer, NA)
}

# Its numbers; a yes is 1.
numbers_of <- function(name) {
  answer <- answers[[name]]
  if (is.list(answer)) ifelse(answer$why == "", answer$value, NA) else ifelse(answer %in% c("yes", "no"), as.numeric(answer == "yes"), NA)
}

# The columns of a model: the products that its terms are, of those values.
design_columns <- function(terms, levels_of, number_of_variable) {
  rows <- length(levels_of(names(answers)[1]))
  vapply(terms, function(term) rep_len(term(levels_of, number_of_variable) + 0, rows), numeric(rows))
}

# Constants by which the weights of rows are multiplied, so that all countries together weigh alike.
alike <- function(rows) {
  sums <- tapply(weight[rows], groups[["country"]]$value[rows], sum)
  as.vector((mean(sums) / sums)[groups[["country"]]$value[rows]])
}

# A design with other weights, under the replicates too.
rescaled <- function(part, by) {
  if (is_replicated) {
    return(svrepdesign(data = data.frame(weight = weights(part, "sampling")), weights = weights(part, "sampling") * by,
      repweights = weights(part, "analysis") * by, type = "other", combined.weights = TRUE, scale = part$scale,
      rscales = part$rscales, mse = part$mse))
  }
  part$prob <- part$prob / by
  part
}

# A regression in one group, by svyglm: R's own precision of 1e-8 is not enough for its standard errors.
fit_model <- function(model) {
  own <- group_of(model$group)
  complete <- Reduce(`&`, lapply(model$variables, function(name) !is.na(values_of(name))))
  rows <- own$rows[complete[own$rows]]
  X <- design_columns(model$terms, values_of, numbers_of)[rows, , drop = FALSE]
  outcome <- numbers_of(model$outcome)[rows]
  y <- if (model$family == "linear" && model$is_share) 100 * outcome else outcome
  by <- if (equal_systems) alike(rows) else rep(1, length(rows))
  part <- own$design[complete[own$rows], ]
  if (equal_systems) part <- rescaled(part, by)
  part$variables <- data.frame(y = y)
  part$variables$X <- X
  family <- if (model$family == "logistic") quasibinomial() else gaussian()
  fit <- suppressWarnings(svyglm(y ~ 0 + X, part, family = family, return.replicates = is_replicated,
    control = glm.control(epsilon = 1e-15, maxit = 100)))
  df <- if (is.na(fixed_df)) own$own_df + 1 - ncol(X) else fixed_df
  beta <- setNames(coef(fit), colnames(X))
  V <- unname(vcov(fit))
  w <- weight[rows] * by
  mu <- if (model$family == "logistic") plogis(as.vector(X %*% beta)) else as.vector(X %*% beta)
  slope <- if (model$family == "logistic") mu * (1 - mu) else rep(1, length(mu))
  on_beta <- if (is_replicated) NULL else (X * (y - mu)) %*% solve(crossprod(X, X * (w * slope)))
  school <- schools[rows]
  list(model = model, rows = rows, by = by, X = X, y = y, beta = beta, V = V, df = df, on_beta = on_beta,
    replicate_betas = if (is_replicated) matrix(fit$replicates, ncol = ncol(X)), n = length(rows), schools = length(unique(school[!is.na(school)])))
}

# A statistic of a model's weights and coefficients.
of_model <- function(fit, theta) smooth_statistic(fit$rows, theta, fit$beta, fit$replicate_betas, fit$on_beta, fit$by)

# A coefficient with its test.
coefficient_of <- function(fit, term) {
  place <- match(term, colnames(fit$X))
  tested_statistic(fit$beta[[place]], sqrt(fit$V[place, place]), fit$df)
}

# The same with numbers, and an outcome that is one, in standard deviations from their means. These are estimates, too,
# so they are worked out again under every weight. Both ways of measuring foretell the same, which gives the
# coefficients.
standardized_coefficient <- function(fit, term) {
  place <- match(term, colnames(fit$X))
  k <- length(fit$beta)
  n <- length(fit$rows)
  w <- weight[fit$rows] * fit$by
  measured <- Filter(function(name) is.list(answers[[name]]) && is.numeric(answers[[name]]$value), fit$model$variables[-1])
  columns <- lapply(setNames(nm = measured), function(name) numbers_of(name)[fit$rows])
  if (fit$model$family == "linear" && !fit$model$is_share) columns$outcome <- fit$y
  # Means and standard deviations, one after the other, and the influence of every row on them.
  scales_under <- function(w) unlist(lapply(columns, function(x) c(mean_by(w, x), sqrt(mean_by(w, (x - mean_by(w, x))^2) * n / (n - 1)))))
  scales <- scales_under(w)
  on_scales <- lapply(columns, function(x) {
    m <- mean_by(w, x)
    sd <- sqrt(mean_by(w, (x - m)^2) * n / (n - 1))
    cbind(x - m, ((x - m)^2 * n / (n - 1) - sd^2) / (2 * sd)) / sum(w)
  })
  # As many rows as there are coefficients tell them all.
  some <- qr(t(fit$X))$pivot[seq_len(k)]
  known <- lapply(setNames(nm = fit$model$variables), function(name) values_of(name)[fit$rows[some]])
  coefficient <- function(w, all) {
    scale <- matrix(all[-seq_len(k)], nrow = 2, dimnames = list(NULL, names(columns)))
    z <- function(name) (columns[[name]][some] - scale[1, name]) / scale[2, name]
    Z <- design_columns(fit$model$terms, function(name) if (name %in% names(known)) known[[name]] else some, z)
    foretold <- as.vector(fit$X[some, , drop = FALSE] %*% all[seq_len(k)])
    if ("outcome" %in% names(columns)) foretold <- (foretold - scale[1, "outcome"]) / scale[2, "outcome"]
    solve(Z, foretold)[[place]]
  }
  found <- smooth_statistic(fit$rows, coefficient, c(fit$beta, scales),
    if (is_replicated) cbind(fit$replicate_betas, t(matrix(apply(replicates[fit$rows, ] * fit$by, 2, scales_under), ncol = ncol(replicates)))),
    if (!is_replicated) cbind(fit$on_beta, do.call(cbind, on_scales)), fit$by, directly = FALSE)
  tested_statistic(found$value, se_of(found$parts, found$value), fit$df)
}

# The columns of a model were some variables the same for everybody.
columns_at <- function(fit, given) {
  set_to <- function(name, values) if (name %in% names(given)) rep(given[[name]], length(weight)) else values(name)
  design_columns(fit$model$terms, function(name) as.character(set_to(name, values_of)), function(name) {
    value <- set_to(name, numbers_of)
    if (is.character(value)) as.numeric(value == "yes") else value
  })[fit$rows, , drop = FALSE]
}

mean_by <- function(w, x) sum(w * x) / sum(w)

# How much a linear model explains; how much a logistic one does, by Nagelkerke and by Tjur.
explained_by <- list(
  rSquared = function(fit) function(w, beta) {
    y <- fit$y
    1 - sum(w * (y - as.vector(fit$X %*% beta))^2) / sum(w * (y - mean_by(w, y))^2)
  },
  nagelkerke = function(fit) function(w, beta) {
    eta <- as.vector(fit$X %*% beta)
    loss <- ifelse(fit$y == 1, log1p(exp(-eta)), log1p(exp(eta)))
    p <- mean_by(w, fit$y)
    null <- -p * log(p) - (1 - p) * log(1 - p)
    (1 - exp(2 * mean_by(w, loss) - 2 * null)) / (1 - exp(-2 * null))
  },
  tjur = function(fit) function(w, beta) {
    mu <- plogis(as.vector(fit$X %*% beta))
    mean_by(w * fit$y, mu) - mean_by(w * (1 - fit$y), mu)
  }
)

# The average marginal effect of a level against the reference, or of a number by its derivative, in percentage points.
marginal_effect <- function(fit, term, variable, of_level) {
  if (is.na(of_level)) {
    return(of_model(fit, function(w, beta) {
      mu <- plogis(as.vector(fit$X %*% beta))
      100 * mean_by(w, mu * (1 - mu)) * beta[[match(term, colnames(fit$X))]]
    }))
  }
  own <- columns_at(fit, setNames(list(of_level), variable))
  reference <- columns_at(fit, setNames(list("(reference)"), variable))
  of_model(fit, function(w, beta) 100 * mean_by(w, plogis(as.vector(own %*% beta)) - plogis(as.vector(reference %*% beta))))
}

# What everybody would be on average, given some values; shares with intervals on the logit scale.
prediction_at <- function(fit, given) {
  X <- columns_at(fit, given)
  if (fit$model$family == "linear") {
    found <- of_model(fit, function(w, beta) mean_by(w, as.vector(X %*% beta)))
    return(tested_statistic(found$value, se_of(found$parts, found$value), fit$df))
  }
  found <- of_model(fit, function(w, beta) mean_by(w, plogis(as.vector(X %*% beta))))
  p <- found$value
  logit_parts <- if (is_replicated) qlogis(found$parts) else found$parts / (p * (1 - p))
  width <- qt(1 - (1 - level) / 2, fit$df) * se_of(logit_parts, qlogis(p))
  list(estimate = 100 * p, se = 100 * se_of(found$parts, p), low = 100 * plogis(qlogis(p) - width), high = 100 * plogis(qlogis(p) + width))
}

# Wald's test that the coefficients of a term are zero, as regTermTest.
term_test <- function(fit, terms) {
  place <- match(terms, colnames(fit$X))
  statistic <- sum(fit$beta[place] * solve(fit$V[place, place], fit$beta[place])) / length(place)
  list(F = statistic, df1 = length(place), df2 = fit$df, p = pf(statistic, length(place), fit$df, lower.tail = FALSE))
}

# Rows of a group that have all of some numbers.
complete_rows <- function(own, numbers) own$rows[Reduce(`&`, lapply(numbers, function(x) !is.na(x[own$rows])))]

# Weighted correlation of two numbers, or of their middle ranks: the weight below a value and half the weight that has
# it.
correlation_of <- function(group, a, b, by_rank) {
  own <- group_of(group)
  rows <- complete_rows(own, list(a, b))
  x <- a[rows]
  y <- b[rows]
  ranked <- function(v, w) {
    sums <- rowsum(w, v)
    (cumsum(sums) - sums / 2)[match(v, as.numeric(rownames(sums)))]
  }
  theta <- function(w, beta) {
    u <- if (by_rank) ranked(x, w) else x
    v <- if (by_rank) ranked(y, w) else y
    u <- u - mean_by(w, u)
    v <- v - mean_by(w, v)
    mean_by(w, u * v) / sqrt(mean_by(w, u^2) * mean_by(w, v^2))
  }
  # Ranks are no smooth function of totals, so they have no linearised error.
  if (by_rank && !is_replicated) {
    return(list(estimate = theta(weight[rows]), se = NA, low = NA, high = NA, df = own$df, p = NA, n = length(rows), schools = schools_in(rows)))
  }
  found <- smooth_statistic(rows, theta)
  z <- atanh(found$value)
  z_parts <- if (is_replicated) atanh(found$parts) else found$parts / (1 - found$value^2)
  on_z <- tested_statistic(z, se_of(z_parts, z), own$df)
  list(estimate = found$value, se = se_of(found$parts, found$value), low = tanh(on_z$low), high = tanh(on_z$high), df = own$df,
    p = on_z$p, n = length(rows), schools = schools_in(rows))
}

schools_in <- function(rows) {
  school <- schools[rows]
  if (all(is.na(school))) NA else length(unique(school[!is.na(school)]))
}

# Cronbach's alpha of the sum of some numbers.
alpha_of <- function(group, numbers) {
  own <- group_of(group)
  rows <- complete_rows(own, numbers)
  x <- vapply(numbers, function(one) one[rows], numeric(length(rows)))
  k <- ncol(x)
  theta <- function(w, beta) {
    d <- sweep(x, 2, colSums(w * x) / sum(w))
    k / (k - 1) * (1 - sum(w * rowSums(d^2)) / sum(w * rowSums(d)^2))
  }
  found <- smooth_statistic(rows, theta)
  list(estimate = found$value, se = se_of(found$parts, found$value), n = length(rows), schools = schools_in(rows))
}

# Whether an answer, or the mean of a number, is the same at all levels of a breakdown.
joint_test <- function(group, between, levels, variable, method, is_share) {
  own <- group_of(group)
  value <- if (is_share) values_of(variable) else numbers_of(variable)
  column <- groups[[between]]$value
  kept <- !is.na(value[own$rows]) & column[own$rows] %in% levels
  part <- own$design[kept, ]
  part$variables <- data.frame(value = value[own$rows][kept], level = factor(column[own$rows][kept], levels = levels))
  n <- sum(kept)
  if (is_share) {
    part$variables$value <- factor(part$variables$value)
    found <- svychisq(~level + value, part, statistic = c("rao-scott" = "F", wald = "Wald", "adj-wald" = "adjWald")[[method]])
    return(list(F = found$statistic[[1]], df1 = found$parameter[[1]], df2 = found$parameter[[2]], p = found$p.value[[1]], n = n))
  }
  # Degrees of freedom of all rows of the group, as of a linear model.
  fit <- suppressWarnings(svyglm(value ~ level, part))
  place <- seq_along(levels)[-1]
  statistic <- sum(coef(fit)[place] * solve(vcov(fit)[place, place], coef(fit)[place])) / length(place)
  df2 <- own$own_df + 1 - length(levels)
  list(F = statistic, df1 = length(place), df2 = df2, p = pf(statistic, length(place), df2, lower.tail = FALSE), n = n)
}

# Figures of several systems put together by metafor; percentages on the logit scale.
synthesis_of <- function(estimates, ses, is_percent, method, test) {
  y <- if (is_percent) qlogis(estimates / 100) else estimates
  se <- if (is_percent) ses / 100 / (estimates / 100 * (1 - estimates / 100)) else ses
  back <- if (is_percent) function(x) 100 * plogis(x) else identity
  known <- c(reml = "REML", dl = "DL", fixed = "EE")[[method]]
  # Its own threshold leaves five digits of tau squared.
  control <- if (known == "REML") list(threshold = 1e-13 * var(y), maxiter = 100000) else list()
  fit <- rma(yi = y, sei = se, method = if (length(y) == 1) "EE" else known, level = 100 * level,
    test = if (test == "hartung-knapp" && length(y) > 1) "knha" else "z", control = control)
  ahead <- predict(fit)
  estimate <- back(fit$b[[1]])
  list(estimate = estimate, se = if (is_percent) fit$se * estimate * (100 - estimate) / 100 else fit$se, low = back(fit$ci.lb), high = back(fit$ci.ub),
    p = if (is_percent) NA else fit$pval, tau2 = fit$tau2, i2 = fit$I2, h2 = fit$H2, q = fit$QE, qDf = fit$k - fit$p, qP = fit$QEp,
    piLow = if (known == "EE" || length(y) == 1) NA else back(ahead$pi.lb), piHigh = if (known == "EE" || length(y) == 1) NA else back(ahead$pi.ub))
}

# Whether syntheses of subgroups differ: Cochran's Q.
subgroup_test <- function(estimates, ses, is_percent) {
  y <- if (is_percent) qlogis(estimates / 100) else estimates
  se <- if (is_percent) ses / 100 / (estimates / 100 * (1 - estimates / 100)) else ses
  fit <- rma(yi = y, sei = se, method = "EE")
  list(q = fit$QE, df = fit$k - fit$p, p = fit$QEp)
}
