import { describe, expect, test } from 'vitest';
import { fillIn, forge } from './browser';
import { readPage } from './page';

const page = (fields: string) => readPage(`<form id="f" action="/go">${fields}</form>`, 'f').controls;

describe('a form is posted as a browser posts it', () => {
  test.each<[string, string, readonly string[] | undefined, [string, string][]]>([
    ['an empty text is posted', '<input name="a">', undefined, [['a', '']]],
    ['a line break does not fit into one line', '<input name="a">', ['x\r\ny'], [['a', 'xy']]],
    ['a textarea keeps it, as CR LF', '<textarea name="a"></textarea>', ['x\ny'], [['a', 'x\r\ny']]],
    ['an address loses its spaces', '<input type="email" name="a">', [' x@y '], [['a', 'x@y']]],
    ['what is no number is nothing', '<input type="number" name="a">', ['1,5'], [['a', '']]],
    ['what is no date is nothing', '<input type="date" name="a">', ['1/2/2024'], [['a', '']]],
    ['a hidden value stays', '<input type="hidden" name="a" value="k">', ['x'], [['a', 'k']]],
    ['a button is not pressed', '<input type="submit" name="a" value="k">', ['x'], []],
    ['a radio button without a choice is silent', '<input type="radio" name="a" value="k">', ['x'], []],
    ['a ticked box posts its value', '<input type="checkbox" name="a" value="k">', ['k'], [['a', 'k']]],
    [
      'a drop-down has something chosen',
      '<select name="a"><option value=""></option><option>k</option></select>',
      ['x'],
      [['a', '']],
    ],
    [
      'options have no value but their text',
      '<select name="a" multiple><option>k</option><option>l</option></select>',
      ['l', 'x'],
      [['a', 'l']],
    ],
    [
      'a list gets as many lines as there are values',
      '<input name="a">',
      ['x', 'y'],
      [
        ['a', 'x'],
        ['a', 'y'],
      ],
    ],
  ])('%s', (_, fields, wished, expected) => {
    expect(fillIn(page(fields), wished === undefined ? {} : { a: wished })).toEqual(expected);
  });

  test('whoever forges posts what they like, and the page’s own tokens', () => {
    const controls = page('<input type="hidden" name="token" value="t"><input name="a">');
    expect(forge(controls, { b: ['x', 'y'] })).toEqual([
      ['token', 't'],
      ['b', 'x'],
      ['b', 'y'],
    ]);
  });
});

test('a page is read as one with scripts sees it', () => {
  const { labels, texts, sequence, controls } = readPage(
    `<form id="f"><label for="x">A <b>name</b></label><input id="x" name="a"><h2 id="group-g">Group</h2>
     <fieldset><legend>Colours</legend><label><input type="checkbox" name="c" value="r">Red</label></fieldset>
     <noscript><input name="spare"></noscript></form><p id="after">x &amp; y</p>`,
    'f',
  );
  expect(labels.get('x')).toBe('A name');
  expect(labels.get('c')).toBe('Colours');
  expect(sequence).toEqual(['a', '#group-g', 'c']);
  expect(controls.find(({ name }) => name === 'c')?.label).toBe('Red');
  expect(texts.get('after')).toBe('x & y');
});
