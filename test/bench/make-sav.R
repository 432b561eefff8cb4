# Rscript make-sav.R IN.csv OUT.sav: the same columns and values, as SPSS stores them (compressed by bytes).
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
haven::write_sav(fread(arguments[1], showProgress = FALSE), arguments[2], compress = "byte")
