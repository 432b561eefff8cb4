/** Repositories of other readers that keep test files, and the commits' branch is whatever they have now. */
export const SOURCES = [
	"tidyverse/haven",
	"Roche/pyreadstat",
	"WizardMac/ReadStat",
	"apache/parquet-testing",
	"maxogden/csv-spectrum",
	"tidyverse/readr",
	"Rdatatable/data.table",
	"OuhscBbmc/REDCapR",
	"ropensci/qualtRics",
];

/** Names of files that may be tables. */
export const TABLE = /\.(csv|tsv|txt|sav|zsav|dta|rds|rda|rdata|parquet|xlsx|zip|gz|bz2|xz|por|sas7bdat)$/i;
