# A code in one spelling: " 1", "01", "1.0" and "1,0" are all "1". Worked out once a text and not once a row.
spelt <- function(column) {
  texts <- text_of(column)
  known <- unique(texts)
  code <- trimws(known, whitespace = "[\\h\\v]")
  number <- grepl("^[-+]?[0-9]+([.,][0-9]+)?$", code)
  code[number] <- sprintf("%.15g", as.numeric(sub(",", ".", code[number])))
  code[match(texts, known)]
}

# Without what does not tell answers apart: case and runs of blanks.
folded <- function(text) tolower(trimws(gsub("\\s+", " ", text)))

# What the codes of a column say: "yes", "no", or why there is no answer ("missing": asked, and nobody knows;
# "not-applicable": led past the question; "not-administered": the question was not asked of this person).
# `empty` is what an empty cell says, `others` what any other code says; without it, a code nobody knows is missing.
says <- function(column, codes, empty = "missing", others = "missing") {
  cell <- spelt(column)
  found <- unname(codes[match(cell, names(codes))])
  lost <- is.na(found)
  found[lost] <- unname(codes[match(folded(cell[lost]), folded(names(codes)))])
  found[is.na(found)] <- others
  ifelse(cell == "", empty, found)
}

# The same of a column whose codes are numbers.
answer_in <- function(column, yes, no, routed = NULL, off = NULL) {
  ifelse(column %in% yes, "yes", ifelse(column %in% no, "no",
    ifelse(column %in% routed, "not-applicable", ifelse(column %in% off, "not-administered", "missing"))))
}

# The same where a cell holds several codes: yes where one of them is. The longest run of parts that is a code is taken,
# as a code may itself hold the separator.
says_list <- function(column, codes, separator, empty = "missing", others = NA) {
  parts_of <- function(text) folded(strsplit(text, separator, fixed = TRUE)[[1]])
  is_answer <- codes %in% c("yes", "no")
  answers <- codes[is_answer]
  known <- vapply(names(answers), function(code) paste(parts_of(code), collapse = separator), "")
  longest <- max(lengths(lapply(names(answers), parts_of)))
  one <- function(text) {
    whole <- match(folded(text), folded(names(codes)))
    if (!is.na(whole) && !is_answer[whole]) return(codes[[whole]])
    parts <- parts_of(text)
    parts <- parts[parts != ""]
    given <- character()
    while (length(parts) > 0) {
      lengths <- seq(min(longest, length(parts)), 1)
      found <- match(vapply(lengths, function(n) paste(parts[1:n], collapse = separator), ""), known)
      first <- which(!is.na(found))[1]
      given <- c(given, if (is.na(first)) others else answers[[found[first]]])
      parts <- parts[-seq_len(if (is.na(first)) 1 else lengths[first])]
    }
    if (anyNA(given)) "missing" else if ("yes" %in% given) "yes" else "no"
  }
  cell <- trimws(text_of(column))
  texts <- unique(cell)
  ifelse(cell == "", empty, vapply(texts, function(text) if (text == "") "" else one(text), "")[match(cell, texts)])
}

# Why a cell is empty in files that leave out the codes which tell: the population or the form of the questionnaire does
# not have the question, or the person was led past it; else what the cell of somebody says who was asked.
why_empty <- function(asked, elsewhere = "no", off_form = "no", gate = "yes") {
  off <- elsewhere == "yes" | off_form == "yes"
  ifelse(rep_len(off, max(length(off), length(gate))), "not-administered",
    ifelse(gate %in% c("no", "not-applicable"), "not-applicable", ifelse(gate == "yes", asked, "missing")))
}

# How many of a list of answers are `wanted`, row by row.
number_of <- function(answers, wanted) Reduce(`+`, lapply(answers, function(answer) answer == wanted))

# Why a list has no answer: the reason that all its parts share, missing where one of them is.
reason_of_list <- function(answers) {
  all_off <- number_of(answers, "not-administered")
  routed <- all_off + number_of(answers, "not-applicable")
  ifelse(all_off == length(answers), "not-administered", ifelse(routed == length(answers), "not-applicable", "missing"))
}

# Yes where `least` of a list are; no where they cannot be, however the open ones are answered.
at_least <- function(least, answers) {
  yes <- number_of(answers, "yes")
  open <- number_of(answers, "missing") + number_of(answers, "not-applicable")
  answered <- yes + number_of(answers, "no")
  ifelse(yes >= least, "yes", ifelse(answered > 0 & yes + open < least, "no", reason_of_list(answers)))
}

# Yes where one of a list is.
any_of <- function(answers) at_least(1, answers)

# Yes where all of a list are that were administered.
all_of <- function(answers) negated(any_of(lapply(answers, negated)))

negated <- function(answer) ifelse(answer == "yes", "no", ifelse(answer == "no", "yes", answer))

# A value a row, and why there is none: an empty reason where there is one.
valued <- function(value, why) list(value = ifelse(why == "", value, NA), why = why)

# The number of yes of a list that was answered throughout, but for what was not administered.
count_of <- function(answers) {
  asked <- length(answers) - number_of(answers, "not-administered")
  answered <- number_of(answers, "yes") + number_of(answers, "no")
  valued(number_of(answers, "yes"), ifelse(asked > 0 & answered == asked, "", reason_of_list(answers)))
}

# Who was led past the question counts as a no.
routed_as_no <- function(answer) ifelse(answer == "not-applicable", "no", answer)

# Yes wherever the question was administered, whatever was answered.
administered <- function(answer) ifelse(answer == "not-administered", answer, "yes")

# Who was led past joins as a no where the gate is a no.
widened <- function(answer, gate) {
  ifelse(answer != "not-applicable" | gate == "not-applicable", answer, ifelse(gate == "no", "no", "missing"))
}

# Who is not a yes of the gate leaves; where the gate is missing, nobody knows.
restricted <- function(of, gate) {
  out <- ifelse(gate %in% c("no", "not-applicable"), "not-applicable", "missing")
  if (is.character(of)) return(ifelse(of == "not-administered" | gate == "yes", of, out))
  valued(of$value, ifelse(of$why == "not-administered" | gate == "yes", of$why, out))
}

# A value where all of some answers are there.
jointly <- function(of, others) {
  off <- number_of(others, "not-administered") > 0
  routed <- number_of(others, "not-applicable") > 0
  answered <- number_of(others, "yes") + number_of(others, "no") == length(others)
  why <- ifelse(off, "not-administered", ifelse(routed, "not-applicable", "missing"))
  if (is.character(of)) ifelse(answered, of, why) else valued(of$value, ifelse(answered, of$why, why))
}

# Whether a value is one of some. The values of answers are called yes and no.
is_in <- function(of, values) {
  if (is.character(of)) return(ifelse(!of %in% c("yes", "no"), of, ifelse(of %in% values, "yes", "no")))
  text <- if (is.numeric(of$value)) sprintf("%.15g", of$value) else of$value
  ifelse(of$why != "", of$why, ifelse(text %in% values, "yes", "no"))
}

# Whether a number lies on one side of a bound.
compared <- function(number, by, bound) {
  ifelse(number$why != "", number$why, ifelse(match.fun(by)(number$value, bound), "yes", "no"))
}

# Why the codes of a column are no answers; an empty text where they are some.
why_none <- function(code, missing, from = NULL, to = NULL) {
  why <- unname(missing[match(code, names(missing))])
  why[is.na(why)] <- ""
  if (!is.null(from)) {
    number <- suppressWarnings(as.numeric(code))
    why[why == "" & !is.na(number) & number >= from & number <= to] <- "missing"
  }
  ifelse(code == "", "missing", why)
}

# The number in the cells of a column.
number_in <- function(column, missing = character(), range = NULL, possible = c(-Inf, Inf), only = NULL) {
  code <- spelt(column)
  number <- suppressWarnings(as.numeric(code))
  why <- why_none(code, missing, range[1], range[2])
  can <- !is.na(number) & number >= possible[1] & number <= possible[2] & (is.null(only) | code %in% only)
  valued(number, ifelse(why == "" & !can, "missing", why))
}

# The same of a column of numbers.
value_in <- function(column, missing = NULL, routed = NULL, off = NULL) {
  why <- ifelse(column %in% routed, "not-applicable", ifelse(column %in% off, "not-administered",
    ifelse(is.na(column) | column %in% missing, "missing", "")))
  valued(as.numeric(column), why)
}

# The first band a number is in; missing where it is in none.
band_of <- function(number, bands) {
  value <- rep(NA_character_, length(number$value))
  for (place in rev(seq_len(nrow(bands)))) {
    value[which(number$value >= bands$from[place] & number$value <= bands$to[place])] <- bands$value[place]
  }
  valued(value, ifelse(number$why == "" & is.na(value), "missing", number$why))
}

# What a cell stands for: by its code, then by its number, then by its code whatever its case.
category_in <- function(column, missing = character(), range = NULL, possible = c(-Inf, Inf), only = NULL, pattern = NULL,
                        codes = character(), bands = NULL, others = "unknown") {
  code <- spelt(column)
  if (!is.null(pattern)) {
    found <- regmatches(code, regexec(pattern, code, perl = TRUE))
    code <- mapply(function(parts, whole) if (length(parts) > 1) parts[2] else whole, found, code, USE.NAMES = FALSE)
  }
  number <- suppressWarnings(as.numeric(code))
  value <- unname(codes[match(code, names(codes))])
  known <- !is.na(value)
  can <- (is.null(only) | code %in% only) & (all(is.infinite(possible)) | (!is.na(number) & number >= possible[1] & number <= possible[2]))
  banded <- rep(FALSE, length(code))
  if (!is.null(bands)) {
    banded <- !known & can & !is.na(number)
    value[banded] <- band_of(valued(number, ifelse(is.na(number), "missing", "")), bands)$value[banded]
  }
  open <- !known & can & !banded
  value[open] <- unname(codes[match(folded(code[open]), folded(names(codes)))])
  rest <- open & is.na(value)
  if (others != "unknown") value[rest] <- if (others == "upper-case") toupper(code[rest]) else code[rest]
  why <- why_none(code, missing, range[1], range[2])
  valued(value, ifelse(why == "" & is.na(value), "missing", why))
}

# The forms of the questionnaire that a person may have had: a column a form. All, where codes contradict each other.
possible_forms <- function(all, evidence) {
  possible <- matrix(TRUE, length(evidence[[1]]$code), length(all), dimnames = list(NULL, all))
  for (told in evidence) for (code in names(told$leaves)) {
    possible[told$code == code, setdiff(all, told$leaves[[code]])] <- FALSE
  }
  possible[rowSums(possible) == 0, ] <- TRUE
  possible
}

# Yes where none of the forms that are possible is among some.
off_form <- function(possible, forms) ifelse(rowSums(possible[, forms, drop = FALSE]) > 0, "no", "yes")

# An answer as a breakdown, with the groups yes and no.
as_group <- function(answer) {
  if (is.list(answer)) return(answer)
  answered <- answer %in% c("yes", "no")
  valued(answer, ifelse(answered, "", answer))
}
