/** Keys of items computed from all others of their topic; their tests form separate families. */
export const SUMMARIES: readonly string[] = ["any", "types"];
