import * as z from "zod";
import { savedSchema } from "./saved-schema.js";

/** The contract of result files as JSON Schema, draft 2020-12. Unknown fields are allowed and kept. */
export function resultsJsonSchema(): object {
	return {
		...z.toJSONSchema(savedSchema, { io: "input" }),
		title: "talis-pd results",
		description: "What talis-pd --format json prints and render, compare, verify and diff read.",
	};
}
