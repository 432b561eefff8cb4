// talis-pd/report: yearly reports and their configs.

export { type ReportOptions, report, type WrittenReport } from "./library/report.js";
export { configTemplate, type TemplateSubject } from "./report/template.js";
