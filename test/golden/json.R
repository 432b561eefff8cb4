# JSON of golden files, with all digits.
num <- function(x) ifelse(is.finite(x), formatC(x, digits = 17, format = "g", width = 1), "null")
entry <- function(...) {
  fields <- list(...)
  values <- sapply(fields, function(v) {
    v <- if (is.character(v)) paste0('"', v, '"') else num(v)
    if (length(v) > 1) paste0("[", paste(v, collapse = ","), "]") else v
  })
  paste0("{", paste0('"', names(fields), '":', values, collapse = ","), "}")
}
listed <- function(name, rows) paste0('"', name, '":[\n', paste(unlist(rows), collapse = ",\n"), "\n]")
