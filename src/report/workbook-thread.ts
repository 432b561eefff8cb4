// What a thread does that makes a report's workbook while charts are drawn elsewhere (workbook.ts).
import { parentPort, workerData } from "node:worker_threads";
import { renderWorkbook } from "../present/formats/xlsx.js";
import { loadLocale } from "../wording/locale.js";
import type { WorkbookTask } from "./workbook.js";

const { tables, whole, language } = workerData as WorkbookTask;
const view = { locale: loadLocale(language), width: 80, color: false };
void renderWorkbook(tables, whole, view).then((workbook) => parentPort?.postMessage(workbook));
