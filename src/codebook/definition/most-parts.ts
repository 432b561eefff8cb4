/** Items a list may have: their number is a byte, as is the state that stands for it. */
export const MOST_PARTS = 250;
