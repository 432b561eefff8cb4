/** A cell as a field of CSV after RFC 4180: in quotation marks where it holds a mark that ends a field or a line. */
export function csvField(cell: string, delimiter: string): string {
	if (!cell.includes(delimiter) && !/["\r\n]/.test(cell)) return cell;
	return `"${cell.replaceAll('"', '""')}"`;
}
