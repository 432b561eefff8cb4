/** Keys of items that are functions of all others of their topic: tests of them are families of their own. */
export const SUMMARIES: readonly string[] = ["any", "types"];
