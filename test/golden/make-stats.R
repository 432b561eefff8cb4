# Makes stats.json: quantiles, and ranks of replicate weights, by R itself.
# Run from the project's root: Rscript test/golden/make-stats.R [OUT]
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/stats.json"
num <- function(x) ifelse(is.infinite(x), '"inf"', formatC(x, digits = 17, format = "g", width = 1))
row <- function(...) paste0("[", paste(num(c(...)), collapse = ","), "]")
list.of <- function(name, rows) paste0('"', name, '":[\n', paste(rows, collapse = ",\n"), "\n]")

tails <- c(1e-6, 0.025, 0.4, 0.95, 0.975, 0.9999)
student <- unlist(lapply(c(1, 2, 7, 56, 77, 99, 1e4, Inf), function(df) sapply(tails, function(p) row(p, df, qt(p, df)))))
normal <- sapply(c(1e-6, 0.025, 0.3, 0.95, 0.975, 0.99999), function(p) row(p, qnorm(p)))
shapes <- list(c(0.5, 3), c(9.2, 198.3), c(120, 1.5), c(1400, 90), c(2, 2))
beta <- unlist(lapply(shapes, function(s) {
  sapply(c(1e-6, 0.025, 0.5, 0.975), function(p) row(p, s[1], s[2], qbeta(p, s[1], s[2])))
}))

# The designs of test/design/degrees-of-freedom.test.ts, made there in the same way (Park & Miller's generator).
generator <- function(seed) { state <- seed; function() { state <<- (state * 48271) %% 2147483647; state / 2147483647 } }
designs <- list(
  jackknife = function(next.number, row, R) replace(rep(R / (R - 1), R), row %% R + 1, 0),
  brr = function(next.number, row, R) {
    zone <- row %/% 4
    sign <- if (row %/% 2 %% 2 == 0) 1 else -1
    sapply(0:(R - 1), function(r) {
      odd <- sum(bitwAnd(bitwAnd(r, zone + 1) %/% 2^(0:7), 1)) %% 2
      1 + 0.5 * sign * (if (odd == 1) -1 else 1)
    })
  },
  random = function(next.number, row, R) sapply(seq_len(R), function(r) 0.5 + next.number())
)
rank.of <- function(design, rows, R) {
  next.number <- generator(2018)
  weights <- t(sapply(0:(rows - 1), function(row) {
    weight <- floor((20 + 80 * next.number()) * 1e5) / 1e5
    floor(weight * designs[[design]](next.number, row, R) * 1e5) / 1e5
  }))
  qr(weights, tol = 1e-5)$rank
}
cases <- list(
  list("jackknife", 60, 20), list("jackknife", 9, 20), list("brr", 80, 32), list("brr", 40, 64), list("brr", 3, 16),
  list("random", 12, 100), list("random", 150, 100), list("random", 1200, 40)
)
ranks <- sapply(cases, function(c) sprintf('["%s",%d,%d,%d]', c[[1]], c[[2]], c[[3]], rank.of(c[[1]], c[[2]], c[[3]])))
head <- sprintf('"made":"test/golden/make-stats.R","R":"%s"', getRversion())
lists <- c(list.of("t", student), list.of("normal", normal), list.of("beta", beta), list.of("ranks", ranks))
writeLines(paste0("{", paste(c(head, lists), collapse = ",\n"), "}"), out)
