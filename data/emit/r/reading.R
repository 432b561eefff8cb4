# The wanted columns of a file. A name is found whatever its case; "NAME #2" is the second column of that name.
# `constants` are columns that the file does not have: one value for all its rows. `words` are answers that are written
# out, and the codes that they stand for.
columns_of <- function(table, wanted, constants = character(), words = list()) {
  spelling <- function(name) toupper(trimws(gsub("\\s+", " ", name)))
  place <- function(name) {
    found <- which(spelling(names(table)) == spelling(name))
    if (length(found) > 0) return(found[1])
    which(spelling(names(table)) == spelling(sub(" #[0-9]+$", "", name)))[as.integer(sub("^.* #", "", name))]
  }
  read <- lapply(wanted, function(name) {
    constant <- constants[spelling(names(constants)) == spelling(name)]
    if (length(constant) > 0) return(rep(constant[[1]], nrow(table)))
    column <- table[[place(name)]]
    codes <- words[spelling(names(words)) == spelling(name)]
    if (length(codes) == 0) return(column)
    texts <- text_of(column)
    code <- unname(codes[[1]][match(texts, names(codes[[1]]))])
    ifelse(is.na(code), texts, code)
  })
  setNames(read, wanted)
}

# Says where a file has other bytes than when the table was made: R can tell from 4.5 on.
tell_changes <- function(files, known) {
  if (!exists("sha256sum", asNamespace("tools"))) return(invisible())
  for (file in files[file.exists(files) & unname(tools::sha256sum(files)) != known]) {
    message(file, ": the file has changed since the table was made")
  }
}

# The same columns of several files as those of one.
rows_together <- function(...) {
  files <- list(...)
  as_one <- function(name) {
    parts <- lapply(files, function(file) file[[name]])
    if (all(vapply(parts, is.numeric, NA))) unlist(parts) else unlist(lapply(parts, text_of))
  }
  setNames(lapply(names(files[[1]]), as_one), names(files[[1]]))
}

# Texts with commas, semicolons or tabs between them, as they stand.
# fread leaves the quotation marks of a quoted text doubled.
read_text <- function(file) {
  packed <- grepl("\\.(gz|bz2|xz)$", file)
  if (packed) return(read.csv(gzfile(file), colClasses = "character", na.strings = character(), check.names = FALSE))
  table <- fread(file = file, colClasses = "character", na.strings = NULL, encoding = "UTF-8", data.table = FALSE)
  single <- function(texts) gsub("\"\"", "\"", texts, fixed = TRUE)
  names(table) <- single(names(table))
  table[] <- lapply(table, single)
  table
}

# A column as texts: numbers in their shortest spelling, an empty text where the file has nothing.
text_of <- function(column) {
  if (is.factor(column)) column <- as.character(column)
  if (is.character(column)) {
    column[is.na(column)] <- ""
    return(column)
  }
  tags <- if (is.double(column)) na_tag(column) else NA
  column <- as.numeric(column)
  ifelse(!is.na(tags), paste0(".", tags), ifelse(is.na(column), "", sprintf("%.15g", column)))
}

# A column of weights as numbers.
weights_of <- function(column) {
  if (is.numeric(column)) return(as.numeric(column))
  number <- as.numeric(sub(",", ".", trimws(column)))
  ifelse(is.na(number), 0, number)
}
