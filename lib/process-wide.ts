import 'server-only';

/**
 * A value of which the process has one. A module's own variable would not do: Next builds a module into several bundles,
 * each with variables of its own, and pages, actions and middleware must share what was read and counted.
 * @param name tells the values apart
 * @param make makes the value, the first time
 */
export function processWide<T>(name: string, make: () => T): T {
  const holder = globalThis as typeof globalThis & { vestibule?: Map<string, unknown> };
  holder.vestibule ??= new Map();
  if (!holder.vestibule.has(name)) holder.vestibule.set(name, make());
  return holder.vestibule.get(name) as T;
}
