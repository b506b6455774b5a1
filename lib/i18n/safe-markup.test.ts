import { expect, test } from 'vitest';
import { safeMarkup } from './safe-markup';

test.each([
  ['plain text stays as it is', 'As on your card', ['As on your card']],
  ['allowed elements stay', 'a <b>bold</b> word', ['a ', { element: 'b', children: ['bold'] }, ' word']],
  ['a script goes, with its text', 'x<script>alert(1)</script>', ['x']],
  ['an unknown element leaves its text', '<img src=x onerror=alert(1)><blink>y</blink>', ['y']],
  ['attributes go', '<p onclick="alert(1)" style="x">z</p>', [{ element: 'p', children: ['z'] }]],
  [
    'a link keeps a web address',
    '<a href="https://a.example">a</a>',
    [{ element: 'a', href: 'https://a.example', children: ['a'] }],
  ],
  ['a link to a script is only its text', '<a href="javascript:alert(1)">a</a>', ['a']],
])('%s', (_, html, expected) => {
  expect(safeMarkup(html)).toEqual(expected);
});
