/** Output formats of a profile. */
export const PROFILE_FORMATS = ["pdf", "html", "png", "svg"] as const;

/** File formats of a country profile. */
export type ProfileFormat = (typeof PROFILE_FORMATS)[number];
