/** What a profile can be written as. */
export const PROFILE_FORMATS = ["pdf", "html", "png", "svg"] as const;

export type ProfileFormat = (typeof PROFILE_FORMATS)[number];
