# Holds a CSV file that convert has written against what haven, fread or base R read from the same file.
# Rscript values.R FILE CONVERTED; prints "same" or the first difference; ends with 3 where R does not read it.
args <- commandArgs(trailingOnly = TRUE)
file <- args[1]
suppressPackageStartupMessages({ library(haven); library(data.table) })
ending <- tolower(sub("^.*\\.", "", file))
# fread unpacks with a package that may be absent.
packed <- c(gz = "gzfile", bz2 = "bzfile", xz = "xzfile")[ending]
if (!is.na(packed)) {
	ending <- tolower(sub("^.*\\.", "", sub("\\.[^.]*$", "", file)))
	connection <- get(packed)(file, "rb")
	whole <- tempfile(fileext = paste0(".", ending))
	repeat {
		bytes <- readBin(connection, "raw", 1e7)
		if (length(bytes) == 0) break
		target <- base::file(whole, "ab")
		writeBin(bytes, target)
		close(target)
	}
	close(connection)
	file <- whole
}
read <- function() switch(ending,
	sav = , zsav = read_sav(file, user_na = TRUE),
	dta = read_dta(file),
	rds = readRDS(file),
	# Lines with nothing in them are no rows here, of files of one column neither.
	csv = , tsv = , txt = fread(file, colClasses = "character", na.strings = NULL, strip.white = FALSE, header = TRUE,
		blank.lines.skip = TRUE),
	stop("not held against R"))
theirs <- tryCatch(suppressWarnings(read()), error = function(e) quit(status = 3))
if (!is.data.frame(theirs)) quit(status = 3)
# Rows below the names in which Qualtrics writes texts and ids.
ids <- which(apply(head(as.matrix(theirs), 2), 1, function(row) any(grepl("ImportId", row, fixed = TRUE))))
texts <- nrow(theirs) > 0 && all(c("ResponseID", "ResponseSet") %in% unlist(theirs[1, ]))
if (length(ids) > 0 || texts) theirs <- theirs[-seq_len(max(1, ids)), , drop = FALSE]
ours <- fread(args[2], colClasses = "character", na.strings = NULL, strip.white = FALSE, sep = ",", header = TRUE,
	quote = "\"", encoding = "UTF-8", fill = FALSE, blank.lines.skip = FALSE)
say <- function(...) { cat(..., "\n"); quit(status = 0) }
# Of texts that say nothing of their delimiter fread takes blanks for one, too.
if (ending == "txt" && ncol(ours) != ncol(theirs)) quit(status = 3)
if (ncol(ours) != ncol(theirs)) say("columns:", ncol(ours), "here,", ncol(theirs), "in R")
if (nrow(ours) != nrow(theirs)) say("rows:", nrow(ours), "here,", nrow(theirs), "in R")
for (j in seq_along(theirs)) {
	x <- theirs[[j]]
	y <- gsub('""', '"', ours[[j]], fixed = TRUE)
	if (inherits(x, c("Date", "POSIXt", "hms", "difftime")) || is.list(x)) next
	if (is.factor(x)) x <- as.character(x)
	# With the values that are declared missing.
	attributes(x) <- NULL
	if (is.numeric(x) && !is.factor(theirs[[j]])) {
		mine <- suppressWarnings(as.numeric(y))
		differ <- which(xor(is.na(x), is.na(mine)) | (!is.na(x) & !is.na(mine) & x != mine))
	} else {
		x <- gsub('""', '"', as.character(x), fixed = TRUE)
		x[is.na(x)] <- ""
		differ <- which(enc2utf8(gsub("\r\n", "\n", x)) != enc2utf8(y))
	}
	if (length(differ) > 0) {
		i <- differ[1]
		say("column", names(theirs)[j], "row", i, ":", dQuote(y[i], FALSE), "here,", dQuote(as.character(x[i]), FALSE), "in R;", length(differ), "differ")
	}
}
say("same")
