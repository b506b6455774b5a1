/** Called once by Next before the first request is served: wrong configuration stops the start, with all its faults. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { start } = await import('@/lib/start');
  await start();
}
