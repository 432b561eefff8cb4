# Makes adjust.json: p-values adjusted for many tests, and two-sided p-values of t, by R itself.
# Run from the project's root: Rscript test/golden/make-adjust.R [OUT]
out <- commandArgs(trailingOnly = TRUE)
out <- if (length(out)) out[1] else "test/golden/adjust.json"
num <- function(x) ifelse(is.na(x), "null", ifelse(is.infinite(x), '"inf"', formatC(x, digits = 17, format = "g", width = 1)))
list.of <- function(x) paste0("[", paste(num(x), collapse = ","), "]")

# Park & Miller's generator, as in make-stats.R: the same numbers in every version of R.
generator <- function(seed) { state <- seed; function() { state <<- (state * 48271) %% 2147483647; state / 2147483647 } }
next.number <- generator(2018)
random <- function(n) sapply(seq_len(n), function(i) next.number())
# Every second p-value pushed towards 0, as where some of the tests of a table find something.
mixed <- function(n) ifelse(seq_len(n) %% 2 == 0, random(n), random(n)^6)
vectors <- list(
  "none" = numeric(0),
  "one" = random(1),
  "two" = random(2)^4,
  "seven" = mixed(7),
  "forty" = mixed(40),
  "ties" = c(0.04, 0.01, 0.04, 0.01, 0.01, 0.2, 0.04),
  "all the same" = rep(0.03, 5),
  "missing" = c(NA, 0.02, 0.7, NA, 0.001, 0.04, NA),
  "missing and one" = c(NA, 0.02),
  "all missing" = c(NA_real_, NA, NA),
  "very small" = c(1e-300, 0.5, 3e-300, 1e-16, 1e-300, 0.049, 0),
  "ones" = c(1, 0.3, 1, 0.02, 1),
  "all ones" = c(1, 1, 1),
  "in order" = c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216),
  "in reverse" = c(0.216, 0.212, 0.205, 0.074, 0.06, 0.042, 0.041, 0.039, 0.008, 0.001),
  "forty, ties and missing" = ifelse(seq_len(40) %% 9 == 0, NA, round(mixed(40), 2))
)
adjusted <- sapply(names(vectors), function(name) {
  p <- vectors[[name]]
  methods <- sapply(c("holm", "BH", "bonferroni"), function(method) paste0('"', method, '":', list.of(p.adjust(p, method))))
  sprintf('{"name":"%s","p":%s,%s}', name, list.of(p), paste(methods, collapse = ","))
})

t <- c(seq(0, 50) / 10, 11:20 / 2, 12, 15, 20, 25, 30, 35, 40)
df <- c(1, 4, 7.3, 77, 1e5, Inf)
two.sided <- unlist(lapply(df, function(df) sapply(t, function(t) list.of(c(t, df, 2 * pt(-abs(t), df))))))

about <- "Made by test/golden/make-adjust.R. adjust: p.adjust, null where missing. t: rows of t, df and the two-sided p, 2*pt(-|t|, df)."
section <- function(name, rows) paste0('"', name, '":[\n', paste(rows, collapse = ",\n"), "\n]")
head <- sprintf('"about":"%s","versions":{"R":"%s"}', about, getRversion())
writeLines(paste0("{", paste(c(head, section("adjust", adjusted), section("t", two.sided)), collapse = ",\n"), "}"), out)
