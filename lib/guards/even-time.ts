/**
 * Answers no sooner than after a given time, so that how much there was to do can't be told from how long it took.
 * @param least milliseconds
 * @param work what is done meanwhile
 * @returns what the work came to, also when that is an exception
 */
export async function atLeast<T>(least: number, work: Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work, new Promise((resolve) => setTimeout(resolve, least))]);
  if (done.status === 'rejected') throw done.reason;
  return done.value;
}
