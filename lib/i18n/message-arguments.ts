/**
 * The names of a message's arguments: `{0}` and `{minutes, plural, …}`, but no branch of a plural, since before a branch
 * stands its category.
 * @param message ICU MessageFormat
 * @returns each once, in alphabetical order
 */
export function argumentNames(message: string): string[] {
  const found = [...message.matchAll(/(\b(?:zero|one|two|few|many|other)|=\d+)?\s*\{\s*(\w+)\s*[,}]/g)];
  return [...new Set(found.filter(([, category]) => category === undefined).map(([, , name]) => name ?? ''))].sort();
}
