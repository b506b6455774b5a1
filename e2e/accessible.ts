import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from './fixtures';

/** Axe finds nothing on the page, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  // A page that was not loaded anew gets its title a moment after its words.
  await expect(page).toHaveTitle(/\S/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
      `${page.url()} ${colorScheme}`,
    ).toEqual([]);
  }
}
