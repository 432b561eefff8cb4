# Runs emitted scripts one after the other in one process: Rscript test/emit/run.R FILE...
# A line a script: its largest difference, or what stopped it.
for (file in commandArgs(trailingOnly = TRUE)) {
  own <- new.env()
  # A script ends with status 1 where a number differs; the next one is still to be run.
  own$quit <- function(status = 0, ...) stop("ends with status ", status)
  said <- ""
  ended <- tryCatch({
    printed <- capture.output(source(file, local = own))
    "ok"
  }, error = function(problem) conditionMessage(problem))
  largest <- if (is.null(own$largest)) "none" else format(own$largest, digits = 3)
  cat(basename(file), "\t", largest, "\t", gsub("[\t\n]", " ", ended), "\n", sep = "")
}
