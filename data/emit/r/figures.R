# The rows of a group: those with its value in every breakdown; "total" takes all that have one.
rows_of <- function(group) {
  rows <- counted
  for (id in names(group)) if (group[[id]] != "total") rows <- rows & groups[[id]]$value %in% (if (id == "country") strsplit(group[[id]], "|", fixed = TRUE)[[1]] else group[[id]])
  # A system that is there once more as part of another counts once where countries are put together.
  if (!"country" %in% names(group) || group[["country"]] == "total") rows <- rows & !counted_twice
  rows
}

# Groups that are known already, as all items need them.
known_groups <- new.env()

# A group's rows, their part of the design, and its degrees of freedom.
group_of <- function(group) {
  key <- paste("of", names(group), group, collapse = "|")
  if (is.null(known_groups[[key]])) {
    rows <- which(rows_of(group))
    own <- design[rows, ]
    known_groups[[key]] <- list(rows = rows, design = own, own_df = degf(own), df = if (is.na(fixed_df)) degf(own) else fixed_df)
  }
  known_groups[[key]]
}

# A weighted mean by the survey package (x is NA where a row does not count), with what other statistics are made of:
# its value under every replicate weight, or every row's influence on it.
mean_of <- function(own, x) {
  own_x <- x[own$rows]
  kept <- !is.na(own_x)
  mean <- suppressWarnings(svymean(own_x[kept], own$design[kept, ], return.replicates = is_replicated))
  value <- coef(mean)[[1]]
  list(value = value, se = SE(mean)[[1]], parts = parts_of(mean, own, x, function(x, w) (x - value) / sum(w)))
}

# The replicates of an estimate; or where there are none, the influence of every row on it, for one unit of its weight.
parts_of <- function(estimate, own, x, influence) {
  if (is_replicated) return(as.vector(estimate$replicates))
  kept <- own$rows[!is.na(x[own$rows])]
  parts <- numeric(length(x))
  parts[kept] <- influence(x[kept], weight[kept])
  parts
}

# The standard error that parts tell: Σ scale · rscale · (θ_r − θ)², or that of a total of influences.
se_of <- function(parts, value) {
  if (!is_replicated) return(SE(svytotal(parts, design))[[1]])
  known <- is.finite(parts)
  sqrt(as.vector(svrVar(parts[known], design$scale, design$rscales[known], mse = design$mse, coef = value)))
}

# The interval of a share p of n answers (0 to 1), as the tool and R's svyciprop make it; logit by its formula from the
# replicates, as svyciprop fits it by iteration, exact to about 1e-9.
share_interval <- function(p, se, parts, n, df) {
  half <- (1 - level) / 2
  t <- qt(1 - half, df)
  on_logits <- function(width) plogis(qlogis(p) + c(-1, 1) * width)
  corrected <- function(n_eff) if (n < 2) n_eff else n_eff * (qt(half, n - 1) / qt(half, df))^2
  clopper <- function(n_eff) c(qbeta(half, n_eff * p, n_eff * (1 - p) + 1), qbeta(1 - half, n_eff * p + 1, n_eff * (1 - p)))
  # Where p is 0 or 1 no replicate tells how much it varies: exact, as if by simple random sampling.
  if (p <= 0 || p >= 1) return(clopper(corrected(n)))
  if (interval == "wald" || se == 0) return(p + c(-1, 1) * t * se)
  # A replicate of 0 or 1 has no logit.
  if (interval == "logit" && is_replicated && !any(parts <= 0 | parts >= 1, na.rm = TRUE)) {
    return(on_logits(t * se_of(qlogis(parts), qlogis(p))))
  }
  if (interval %in% c("logit", "xlogit")) return(on_logits(t * se / (p * (1 - p))))
  n_eff <- corrected(p * (1 - p) / se^2)
  if (interval == "beta") return(clopper(n_eff))
  z <- qnorm(1 - half)
  centre <- (p + z^2 / (2 * n_eff)) / (1 + z^2 / n_eff)
  centre + c(-1, 1) * z / (1 + z^2 / n_eff) * sqrt(p * (1 - p) / n_eff + z^2 / (4 * n_eff^2))
}

# A statistic of a group with what is shown beside it. `why` is why a row has no answer, `valid` where it has one.
finished <- function(own, value, se, ends, parts, valid, why, deff = NA) {
  own_valid <- valid[own$rows]
  w <- weight[own$rows]
  asked <- own_valid | why[own$rows] == "missing"
  school <- schools[own$rows][own_valid]
  varies <- own$own_df > 0
  list(
    estimate = value, se = if (varies) se else NA, low = if (varies) ends[1] else NA, high = if (varies) ends[2] else NA,
    df = own$df, welch = own$df, n = sum(own_valid), schools = length(unique(school[!is.na(school)])),
    weighted = sum(w[own_valid]), coverage = 100 * sum(w[own_valid]) / sum(w[asked]), deff = if (varies) deff else NA,
    parts = parts, all = sum(w)
  )
}

# Percent of yes among yes and no.
percent_of <- function(own, answer) {
  valid <- answer %in% c("yes", "no")
  share_of(own, ifelse(valid, as.numeric(answer == "yes"), NA), valid, answer)
}

# Percent of ones among ones and zeros, and its variance beside that of a simple random sample.
share_of <- function(own, x, valid, why) {
  m <- mean_of(own, x)
  n <- sum(valid[own$rows])
  ends <- if (own$own_df > 0) share_interval(m$value, m$se, m$parts, n, own$df) else c(NA, NA)
  deff <- m$se^2 / (m$value * (1 - m$value) / (n - 1))
  finished(own, 100 * m$value, 100 * m$se, 100 * ends, 100 * m$parts, valid, why, deff)
}

# The number of persons who say yes, its interval symmetric on the log scale.
count_figure <- function(own, answer) {
  valid <- answer %in% c("yes", "no")
  yes <- ifelse(valid, as.numeric(answer == "yes"), NA)
  kept <- valid[own$rows]
  total <- svytotal(yes[own$rows][kept], own$design[kept, ], return.replicates = is_replicated)
  value <- coef(total)[[1]]
  se <- SE(total)[[1]]
  factor <- if (value == 0) 1 else exp(qt(1 - (1 - level) / 2, own$df) * se / value)
  finished(own, value, se, c(value / factor, value * factor), parts_of(total, own, yes, function(x, w) x), valid, answer)
}

wald <- function(value, se, df) value + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se

# Mean of a number, and its variance beside that of a simple random sample.
mean_figure <- function(own, number) {
  valid <- number$why == ""
  m <- mean_of(own, number$value)
  x <- number$value[own$rows][valid[own$rows]]
  w <- weight[own$rows][valid[own$rows]]
  n <- length(x)
  spread <- sum(w * (x - m$value)^2) / sum(w) * n / (n - 1)
  finished(own, m$value, m$se, wald(m$value, m$se, own$df), m$parts, valid, number$why, m$se^2 / (spread / n))
}

# Ratio of the sums of two numbers, over the rows that have both.
ratio_figure <- function(own, number) {
  valid <- number$why == ""
  kept <- valid[own$rows]
  of <- function(values) data.frame(x = values[own$rows][kept])
  ratio <- svyratio(of(number$value), of(number$per), own$design[kept, ])
  value <- coef(ratio)[[1]]
  se <- SE(ratio)[[1]]
  finished(own, value, se, wald(value, se, own$df), NULL, valid, number$why)
}

# Standard deviation between persons, as the root of svyvar.
sd_figure <- function(own, number) {
  valid <- number$why == ""
  kept <- valid[own$rows]
  x <- number$value[own$rows][kept]
  n <- length(x)
  sd_under <- function(w) sqrt(sum(w * (x - sum(w * x) / sum(w))^2) / sum(w) * n / (n - 1))
  w <- weight[own$rows][kept]
  value <- sd_under(w)
  if (is_replicated) {
    parts <- apply(weights(own$design, "analysis")[kept, , drop = FALSE], 2, sd_under)
  } else {
    m <- sum(w * x) / sum(w)
    parts <- numeric(length(weight))
    parts[own$rows[kept]] <- ((x - m)^2 * n / (n - 1) - value^2) / sum(w) / (2 * value)
  }
  se <- se_of(parts, value)
  finished(own, value, se, wald(value, se, own$df), parts, valid, number$why)
}

# The first value whose cumulated weight reaches q of the sum.
quantile_under <- function(x, w, q) {
  if (sum(w) <= 0) return(NA)
  sums <- tapply(w, x, sum)
  values <- sort(unique(x))
  reached <- which(cumsum(sums) >= (q - 1e-12) * sum(sums))
  values[if (length(reached) > 0) reached[1] else length(values)]
}

# A quantile, with the interval of its replicates.
quantile_figure <- function(own, number, q) {
  valid <- number$why == ""
  kept <- valid[own$rows]
  x <- number$value[own$rows][kept]
  value <- quantile_under(x, weight[own$rows][kept], q)
  parts <- apply(weights(own$design, "analysis")[kept, , drop = FALSE], 2, function(w) quantile_under(x, w, q))
  se <- se_of(parts, value)
  finished(own, value, se, wald(value, se, own$df), parts, valid, number$why)
}

# A quantile with Woodruff's interval: that of the share up to the quantile, read back as quantiles.
woodruff_figure <- function(own, number, q) {
  valid <- number$why == ""
  kept <- valid[own$rows]
  x <- number$value[own$rows][kept]
  w <- weight[own$rows][kept]
  value <- quantile_under(x, w, q)
  below <- mean_of(own, ifelse(valid, as.numeric(number$value <= value), NA))
  t <- qt(1 - (1 - level) / 2, own$df)
  p <- below$value
  at <- p + c(-1, 1) * t * below$se
  if (interval == "xlogit") at <- if (p <= 0 || p >= 1) c(p, p) else plogis(qlogis(p) + c(-1, 1) * t * below$se / (p * (1 - p)))
  ends <- c(quantile_under(x, w, at[1]), quantile_under(x, w, at[2]))
  finished(own, value, diff(ends) / (2 * t), ends, NULL, valid, number$why)
}

# Percent of one value of a number.
value_figure <- function(own, number, value) {
  valid <- number$why == ""
  share_of(own, ifelse(valid, as.numeric(number$value == value), NA), valid, number$why)
}

# The figure of a row of the table.
figure_of <- function(variable, group, statistic, value = NA) {
  own <- group_of(group)
  if (is.na(value)) statistics[[statistic]](own, variables[[variable]])
  else statistics$of_value(own, variables[[variable]], value)
}

# Σ c·θ of figures that know nothing of each other: √Σ c²·se², and degrees of freedom by Welch and
# Satterthwaite.
combined <- function(estimates, ses, dfs, shares) {
  part <- (shares * ses)^2
  list(estimate = sum(shares * estimates), se = sqrt(sum(part)),
    df = if (any(part > 0)) sum(part)^2 / sum(part[part > 0]^2 / dfs[part > 0]) else Inf)
}

# The average of countries, each a sample of its own: their mean with √Σ se² / k, or weighted by their teachers. Its
# interval has no replicates, so a logit one is that of the delta method.
average_of <- function(members, statistic, average_kind) {
  of <- function(name) vapply(members, function(one) as.numeric(one[[name]]), 0)
  shares <- if (average_kind == "weighted") of("all") / sum(of("all")) else rep(1 / length(members), length(members))
  whole <- combined(of("estimate"), of("se"), of("df"), shares)
  df <- if (is.na(fixed_df)) whole$df else fixed_df
  n <- sum(of("n"))
  asked <- interval
  ends <- if (statistic == "percent") {
    if (asked == "logit") interval <<- "xlogit"
    100 * share_interval(whole$estimate / 100, whole$se / 100, NULL, n, df)
  } else wald(whole$estimate, whole$se, df)
  interval <<- asked
  list(estimate = whole$estimate, se = whole$se, low = ends[1], high = ends[2], df = df, welch = whole$df, n = n,
    schools = sum(of("schools")), weighted = sum(of("weighted")), coverage = mean(of("coverage")), deff = NA, all = sum(of("all")))
}

# The breakdowns of a row of the table.
group_in <- function(row) {
  group <- vapply(breakdowns, function(name) as.character(tool[row, name]), "")
  names(group) <- sub("^by ", "", breakdowns)
  group[!is.na(group)]
}

# How far two numbers are apart, relative to numbers beyond 1; without bounds where only one of them is there.
apart <- function(here, there) {
  if (is.na(here) && is.na(there)) return(0)
  if (is.na(here) != is.na(there)) return(Inf)
  if (is.infinite(here) || is.infinite(there)) return(if (here == there) 0 else Inf)
  abs(here - there) / max(1, abs(there))
}

# One side of a comparison; `country` takes the place of an average of differences, member by member.
side_of <- function(row, side, country = NULL) {
  if (!is.na(pairs[row, paste(side, "published")])) {
    return(list(estimate = pairs[row, paste(side, "published")], se = pairs[row, paste(side, "published se")], df = Inf, welch = Inf))
  }
  group <- pair_group(row, side)
  if (!is.null(country)) group[["country"]] <- country
  of <- function(code) {
    group[["country"]] <- code
    figure_of(pairs[row, paste(side, "variable")], group, pairs$statistic[row])
  }
  members <- split_codes(pairs[row, paste(side, "members")])
  if (length(members) > 0) return(average_of(lapply(members, of), pairs$statistic[row], average_kind))
  figure_of(pairs[row, paste(side, "variable")], group, pairs$statistic[row])
}

split_codes <- function(codes) if (codes == "") character() else strsplit(codes, "|", fixed = TRUE)[[1]]

# The breakdowns of one side ("a", "b") or of both ("by").
pair_group <- function(row, side) {
  columns <- grep(paste0("^", side, " by "), names(pairs), value = TRUE)
  group <- vapply(columns, function(name) as.character(pairs[row, name]), "")
  names(group) <- sub("^.* by ", "", columns)
  group[!is.na(group)]
}

# a - b. Of one sample: worked out under every replicate weight, so that what both sides share is in its variance.
# Independent samples: the root of the sum of squared errors. A member against its average: its own share is taken out
# of the average before variances are added.
difference_of <- function(row, country = NULL) {
  a <- side_of(row, "a", country)
  b <- side_of(row, "b", country)
  kind <- pairs$kind[row]
  group <- pair_group(row, "both")
  if (!is.null(country)) group[["country"]] <- country
  whole <- group_of(group)
  if (kind == "same-sample" || (kind == "part-whole" && average_kind == "pooled")) {
    value <- a$estimate - b$estimate
    own <- list(estimate = value, se = se_of(a$parts - b$parts, value), df = if (kind == "same-sample") whole$df else b$df)
  } else if (kind == "part-whole" && !is.na(pairs$b_members[row])) {
    own <- against_published(row, a, b)
  } else if (kind == "part-whole") {
    own <- member_against_average(row, pair_group(row, "a")[["country"]])
  } else {
    own <- combined(c(a$estimate, b$estimate), c(a$se, b$se), c(a$welch, b$welch), c(1, -1))
  }
  c(own, list(a = a$estimate, a_se = a$se, b = b$estimate, b_se = b$se, all = sum(weight[whole$rows])))
}

# Figures of sides that this survey has; others stay.
with_figures <- function(sides, survey) {
  variable <- sides[[paste("variable", survey)]]
  for (row in which(is.na(sides$estimate) & !is.na(variable))) {
    group <- vapply(grep("^by ", names(sides), value = TRUE), function(name) as.character(sides[row, name]), "")
    names(group) <- sub("^by ", "", names(group))
    group <- group[!is.na(group) & (names(group) != "population" | "population" %in% names(groups))]
    if (!any(rows_of(group))) next
    one <- figure_of(variable[row], group, sides$statistic[row])
    sides[row, c("estimate", "se", "df")] <- c(one$estimate, one$se, one$welch)
  }
  sides
}

# a - b of independent samples, where a side may be the mean of several. A sample on both sides is counted once, by the
# sum of its shares.
difference_of_sides <- function(row) {
  places <- function(side) as.integer(split_codes(as.character(pairs[row, paste(side, "places")])))
  a <- places("a")
  b <- places("b")
  of <- function(at, shares) combined(sides$estimate[at], sides$se[at], sides$df[at], shares)
  mean_of_sides <- function(at) of(at, rep(1 / length(at), length(at)))
  shares <- tapply(rep(c(1 / length(a), -1 / length(b)), c(length(a), length(b))), c(a, b), sum)
  c(of(as.integer(names(shares)), as.vector(shares)), list(a = mean_of_sides(a)$estimate, a_se = mean_of_sides(a)$se,
    b = mean_of_sides(b)$estimate, b_se = mean_of_sides(b)$se))
}

# The members of an average on one side: estimates, errors, degrees of freedom, shares.
members_of <- function(row, side) {
  members <- split_codes(pairs[row, paste(side, "members")])
  figures <- lapply(members, function(code) {
    group <- pair_group(row, side)
    group[["country"]] <- code
    figure_of(pairs[row, paste(side, "variable")], group, pairs$statistic[row])
  })
  of <- function(name) vapply(figures, function(one) as.numeric(one[[name]]), 0)
  shares <- if (average_kind == "weighted") of("all") / sum(of("all")) else rep(1 / length(members), length(members))
  list(code = members, estimate = of("estimate"), se = of("se"), welch = of("welch"), share = shares)
}

# A member against the average that contains it.
member_against_average <- function(row, country) {
  own <- members_of(row, "b")
  combined(own$estimate, own$se, own$welch, (own$code == country) - own$share)
}

# A system, or an average of some with shares c, against a published average of n systems that contains it or some of
# them: SE^2 = SE_average^2 + sum((c^2 - 2 c / n) se^2) over those that it contains, and sum(c^2 se^2) over others.
against_published <- function(row, a, b) {
  n <- pairs$b_members[row]
  within <- split_codes(pairs$b_within[row])
  own <- if (length(within) == 0) list(code = "", se = a$se, welch = a$welch, share = 1) else members_of(row, "a")
  if (length(within) == 0) within <- ""
  parts <- (own$share^2 - 2 * own$share * (own$code %in% within) / n) * own$se^2
  variance <- b$se^2 + sum(parts)
  list(estimate = a$estimate - b$estimate, se = sqrt(variance), df = variance^2 / sum(parts^2 / own$welch))
}

# The average of the members' differences.
average_difference <- function(row) {
  figures <- lapply(split_codes(pairs$members[row]), function(country) difference_of(row, country))
  of <- function(name) vapply(figures, function(one) as.numeric(one[[name]]), 0)
  shares <- if (average_kind == "weighted") of("all") / sum(of("all")) else rep(1 / length(figures), length(figures))
  side <- function(name) combined(of(name), of(paste0(name, "_se")), rep(Inf, length(figures)), shares)
  c(combined(of("estimate"), of("se"), of("df"), shares),
    list(a = side("a")$estimate, a_se = side("a")$se, b = side("b")$estimate, b_se = side("b")$se))
}

# t, its p-value of two sides and the interval of a difference.
tested <- function(one) {
  df <- if (is.na(fixed_df)) one$df else fixed_df
  half <- qt(1 - (1 - level) / 2, df) * one$se
  t <- if (!is.na(one$se) && one$se > 0 && df > 0) one$estimate / one$se else NA
  c(one[c("a", "a_se", "b", "b_se")],
    list(difference = one$estimate, se = one$se, low = one$estimate - half, high = one$estimate + half, t = t, df = df,
      p = 2 * pt(-abs(t), df)))
}

# The largest difference of the tables of this script.
largest_of <- function(here, there, numbers) {
  vapply(seq_len(nrow(there)), function(row) {
    max(vapply(numbers, function(name) apart(here[row, name], there[row, name]), 0))
  }, 0)
}
