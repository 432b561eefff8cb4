/**
 * A tree of plain JSON whose objects have no members but their own, so that a name a user gives, such as
 * `constructor`, finds nothing where nothing stands under it.
 */
export function bare<T>(tree: T): T {
	if (typeof tree !== "object" || tree === null) return tree;
	for (const child of Object.values(tree)) bare(child);
	return Array.isArray(tree) ? tree : Object.setPrototypeOf(tree, null);
}
