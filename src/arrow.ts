// talis-pd/arrow: results as rows, and as Arrow tables.

export { type ResultRow, toArrow, toRows } from "./library/arrow.js";
