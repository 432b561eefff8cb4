const DAY = 86_400_000;

/** ISO 8601 of a day, in days since 1970; empty where no calendar has it. */
export function dayText(days: number): string {
	const day = new Date(Math.floor(days) * DAY);
	return Number.isNaN(day.getTime()) ? "" : day.toISOString().replace(/T.*/, "");
}

/** A moment in milliseconds since 1970 as day, blank and time; empty where no calendar has it. */
export function momentText(milliseconds: number): string {
	const moment = new Date(milliseconds);
	if (Number.isNaN(moment.getTime())) return "";
	const [day = "", time = ""] = moment.toISOString().replace("Z", "").split("T");
	return `${day} ${time.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")}`;
}
