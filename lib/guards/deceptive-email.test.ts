import { describe, expect, test } from 'vitest';
import { deceptionOf } from './deceptive-email';

const CYRILLIC_APPLE = '\u0430pple.com';
const WHOLE_APPLE = '\u0430\u0440\u0440\u04CF\u0435.com';

describe('names in any one script are fine', () => {
  test.each([
    'example.com',
    'müller.de',
    'straße.de',
    'łódź.pl',
    'ırmak.com',
    'café.example',
    'việt-nam.vn',
    '例え.jp',
    'ドメイン名例.jp',
    'らーめん-shop.jp',
    '例子.中国',
    'ㄅㄆ台.tw',
    '한국.kr',
    'kr한국.kr',
    'почта.рф',
    'яндекс.ru',
    'россия.com',
    'сор.рф',
    'оса.ru',
    'παράδειγμα.gr',
    'για.gr',
    'օրինակ.հայ',
    'مثال.مصر',
    'دیرو.ir',
    'דוגמה.co.il',
    'उदाहरण.भारत',
    'உதாரணம்.இந்தியா',
    'ตัวอย่าง.ไทย',
    'მაგალითი.გე',
    'ምሳሌ.et',
    'xn--mller-kva.de',
    'xn--r8jz45g.jp',
    'shop-24.de',
    '[127.0.0.1]',
    'localhost',
  ])('%s', (domain) => {
    expect(deceptionOf(`ada@${domain}`)).toBeUndefined();
  });

  test.each(['zoë', 'юрий', '用户', 'o’neill', '"a b"', 'ada+tag', 'أحمد'])(
    'and so is the part before the @: %s',
    (local) => {
      expect(deceptionOf(`${local}@example.com`)).toBeUndefined();
    },
  );
});

describe('a domain that looks like another is refused', () => {
  test.each([
    ['a Cyrillic letter among Latin ones', CYRILLIC_APPLE],
    ['a Greek one', 'g\u03BFogle.com'],
    ['the same in a subdomain', `mail.${CYRILLIC_APPLE}`],
    ['the same in Punycode', 'xn--pple-43d.com'],
    ['the same in capitals', '\u0410PPLE.com'],
    ['a whole name of Cyrillic letters that pass for Latin', WHOLE_APPLE],
    ['the same in Punycode', 'xn--80ak6aa92e.com'],
    ['Greek and Cyrillic together', 'πоλис.gr'],
    ['Latin and Cyrillic, also in Russia', 'mаil-почта.ru'],
    ['Latin with Greek', 'pαypal.com'],
    ['Cherokee', '\uAB71\uABAF.com'],
    ['Latin letters that pass for those of a provider', 'gma\u0131l.com'],
    ['a provider’s with a letter from phonetics', '\u0261mail.com'],
    ['Hebrew with Latin', 'דוגמהshop.co.il'],
    ['Japanese with Cyrillic', '例えж.jp'],
    ['what is no letter', 'i\u2764.ws'],
  ])('%s', (_, domain) => {
    expect(deceptionOf(`ada@${domain}`)).toBe('emailLookalike');
  });
});

describe('what can not be seen is refused, on both sides of the @', () => {
  test.each([
    ['a zero-width space', '\u200B'],
    ['a zero-width joiner', '\u200D'],
    ['a soft hyphen', '\u00AD'],
    ['a byte order mark', '\uFEFF'],
    ['a right-to-left override', '\u202E'],
    ['a right-to-left mark', '\u200F'],
    ['an isolate', '\u2066'],
    ['a control', '\u0085'],
    ['a no-break space', '\u00A0'],
    ['an ideographic space', '\u3000'],
    ['a Hangul filler', '\u3164'],
    ['a variation selector', '\uFE0F'],
    ['a tag character', '\u{E0061}'],
    ['a private character', '\uE000'],
    ['a character that is none', '\uFFFF'],
  ])('%s', (_, character) => {
    expect(deceptionOf(`a${character}da@example.com`)).toBe('emailInvisible');
    expect(deceptionOf(`ada@exam${character}ple.com`)).toBe('emailInvisible');
  });
});
