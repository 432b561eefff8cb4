import type { Text } from "../codebook/definition/schema.js";

/** What a draft says in its own words; all else is the file's. */
export const ALL: Text = { en: "all respondents", kk: "барлық жауап бергендер", ru: "все респонденты" };

export const ANY: Text = { en: "At least one", kk: "Кемінде біреуі", ru: "Хотя бы одно" };

export const OTHERS: Text = { en: "Other", kk: "Басқа", ru: "Другое" };

/** Of questions that have only the form of their answers in common. */
export const MIXED: Text = { en: "Questions", kk: "Сұрақтар", ru: "Вопросы" };
