export { buildReport } from "./build.js";
export type { ReportOverrides } from "./config.js";
export { configTemplate, type TemplateSubject } from "./template.js";
