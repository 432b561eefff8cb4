# Makes replicates.json: what each way of replication does to the weight of each unit, and the standard error of a
# percentage by R's survey. Rscript test/golden/make-replicates.R [OUT], from the project's root.
suppressMessages(library(survey))
source("test/golden/json.R")
out <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(out)) out <- "test/golden/replicates.json"

# Eight strata of four schools, two teachers each; two schools make a zone.
set.seed(2018)
school <- rep(1:32, each = 2)
stratum <- (school - 1) %/% 4 + 1
zone <- (school - 1) %/% 2 + 1
half <- school %% 2
weight <- round(exp(rnorm(8, 3, .4))[stratum] * runif(64, .8, 1.2), 3)
yes <- rbinom(64, 1, plogis(rnorm(32)[school]))
data <- data.frame(school, stratum, zone, weight, yes)

strata <- svydesign(~school, strata = ~stratum, weights = ~weight, data = data)
zones <- svydesign(~school, strata = ~zone, weights = ~weight, data = data)
alone <- svydesign(~school, weights = ~weight, data = data)
made <- function(design, type, ...) weights(as.svrepdesign(design, type = type, mse = TRUE, ...), "analysis") / weight
dropped <- sapply(1:16, function(z) ifelse(zone == z, ifelse(half == 1, 2, 0), 1))
hadamard16 <- 2 * hadamard(15) - 1
signs <- sapply(seq_len(ncol(hadamard16)), function(r) hadamard16[r, zone] * ifelse(half == 1, 1, -1))

figures <- function(factors, type, ...) {
  design <- svrepdesign(data = data, weights = ~weight, repweights = weight * factors, type = type, mse = TRUE, ...)
  100 * unname(SE(svymean(~yes, design)))
}
case <- function(name, design, factors, type, ...) {
  by_school <- factors[!duplicated(school), ]
  paste0('{"name":"', name, '","design":', design, ',"se":', num(figures(factors, type, ...)), ',"factors":[\n',
         paste(apply(by_school, 1, function(row) paste0("[", paste(num(row), collapse = ","), "]")), collapse = ",\n"), "]}")
}
ones <- function(factors) rep(1, ncol(factors))
cases <- c(
  { f <- made(strata, "bootstrap", replicates = 40); case("bootstrap of four a stratum", '{"method":"bootstrap"}', f, "bootstrap") },
  { f <- made(alone, "bootstrap", replicates = 40); case("bootstrap without strata", '{"method":"bootstrap"}', f, "bootstrap") },
  { f <- made(zones, "bootstrap", replicates = 40); case("bootstrap of pairs", '{"method":"bootstrap"}', f, "bootstrap") },
  { f <- made(strata, "subbootstrap", replicates = 40); case("rescaled bootstrap", '{"method":"bootstrap"}', f, "bootstrap") },
  { f <- made(zones, "subbootstrap", replicates = 40); case("random half-samples", '{"method":"bootstrap"}', f, "bootstrap") },
  { f <- made(alone, "JK1"); case("JK1", '{"method":"jk1"}', f, "JK1", scale = 31 / 32) },
  { f <- made(strata, "JKn"); case("JKn", '{"method":"jkn","stratumSizes":4}', f, "JKn", scale = 1, rscales = rep(.75, 32)) },
  case("JK2", '{"method":"jk2","perZone":1}', dropped, "other", scale = 1, rscales = ones(dropped)),
  { f <- cbind(dropped, 2 - dropped); case("JK2, both halves in blocks", '{"method":"jk2","perZone":2}', f, "other", scale = .5, rscales = ones(f)) },
  { f <- do.call(cbind, lapply(1:16, function(z) cbind(dropped[, z], 2 - dropped[, z])))
    case("JK2, both halves in turn", '{"method":"jk2","perZone":2}', f, "other", scale = .5, rscales = ones(f)) },
  case("BRR", '{"method":"brr"}', 1 + signs, "BRR"),
  case("Fay 0.5", '{"method":"fay-brr","fay":0.5}', 1 + .5 * signs, "Fay", rho = .5),
  case("Fay 0.3", '{"method":"fay-brr","fay":0.3}', 1 + .7 * signs, "Fay", rho = .3)
)
writeLines(paste0('{"about":"Made by test/golden/make-replicates.R.","versions":{"R":"', getRversion(), '","survey":"',
                  packageVersion("survey"), '"},\n"weight":[', paste(num(weight), collapse = ","), '],\n"yes":[',
                  paste(yes, collapse = ","), '],\n', listed("cases", cases), "}"), out)
