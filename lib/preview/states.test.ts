import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/lib/i18n/locales';
import { deriveForm } from '@/lib/profile/form-model';
import { matchPattern } from '@/lib/profile/pattern';
import { validate } from '@/lib/profile/validate';
import { chosenDirection, galleryAddress, readChoices, stateAddress } from './choices';
import { BAD_VALUES, GOOD_VALUES, PREVIEW_PROFILE, PREVIEW_SETTINGS } from './realm';
import { PREVIEW_PAGES, PREVIEW_STATES } from './states';

const ROOT = new URL('../../', import.meta.url);

describe('the list', () => {
  it('has every page that a visitor can meet', () => {
    const pages = readdirSync(new URL('app/[locale]', ROOT), { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /(^|\/)(page|error|not-found)\.tsx$/.test(path))
      // Shows "not found".
      .filter((path) => path !== '[...rest]/page.tsx');
    expect(pages.toSorted()).toEqual(PREVIEW_PAGES.map(({ source }) => source).toSorted());
  });

  it('has no state twice', () => {
    expect(new Set(PREVIEW_STATES).size).toBe(PREVIEW_STATES.length);
  });

  it.each(LOCALES)('has a title for every page and state, and for no other (%s)', (locale) => {
    const { preview } = JSON.parse(readFileSync(new URL(`messages/${locale}.json`, ROOT), 'utf8'));
    expect(Object.keys(preview.states).toSorted()).toEqual(PREVIEW_STATES.toSorted());
    expect(Object.keys(preview.pages).toSorted()).toEqual(PREVIEW_PAGES.map(({ id }) => id).toSorted());
  });
});

describe('the made-up realm', () => {
  const model = deriveForm(PREVIEW_PROFILE, PREVIEW_SETTINGS, { scopes: [], withPassword: true });
  const names = model.groups.flatMap((group) => group.fields.map(({ name }) => name));
  const wrong = (values: typeof GOOD_VALUES) =>
    new Set(validate(model, values, { locale: 'en', matches: matchPattern }).map(({ field }) => field));

  it('finds every field of the bad form wrong, and its password', () => {
    expect(names.filter((name) => !wrong(BAD_VALUES).has(name))).toEqual([]);
    expect(wrong(BAD_VALUES)).toContain('password');
  });

  it('finds nothing wrong with the good one but that it has no password', () => {
    expect([...wrong(GOOD_VALUES)].filter((name) => names.includes(name))).toEqual([]);
  });
});

describe('the choices', () => {
  it('survive the way through an address', () => {
    const query = 'state=embed&client=a%26b&lang=ar&dir=ltr&scheme=dark&width=phone';
    const choices = readChoices(new URLSearchParams(query));
    expect(choices).toEqual({ state: 'embed', client: 'a&b', lang: 'ar', dir: 'ltr', scheme: 'dark', width: 'phone' });
    expect(readChoices(new URL(galleryAddress(choices), 'http://portal').searchParams)).toEqual(choices);
    const { pathname, searchParams } = new URL(stateAddress(choices), 'http://portal');
    expect([pathname, searchParams.get('client')]).toEqual(['/preview/embed', 'a&b']);
  });

  it('are the language’s and the system’s where nothing, or nonsense, is said', () => {
    const choices = readChoices(new URLSearchParams('state=x&lang=xx&dir=up&scheme=red&width=1'));
    expect(choices).toMatchObject({ state: 'sign-up', lang: 'en', dir: 'auto', scheme: 'system', width: 'desktop' });
    expect([chosenDirection({ lang: 'ar', dir: 'auto' }), chosenDirection({ lang: 'en', dir: 'rtl' })]).toEqual([
      'rtl',
      'rtl',
    ]);
  });
});
