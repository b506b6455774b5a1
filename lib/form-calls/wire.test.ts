import { expect, test } from 'vitest';
import { answerWith, formIn, onwards } from './wire';

function call(args: string, entries: Readonly<Record<string, string>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries({ ...entries, '0': args })) made.append(name, value);
  return made;
}

const STATE = '{"attempt":0,"values":{},"errors":{}}';

test('finds the form that the action was called with, every entry by its own name', () => {
  const form = formIn(call(`[${STATE},"$K1"]`, { _1_email: 'ann@a.example', _1_$form: 'token', _1__1_odd: '' }));
  expect(form && [...form]).toEqual([
    ['email', 'ann@a.example'],
    ['$form', 'token'],
    ['_1_odd', ''],
  ]);
});

test.each([
  ['no form', '[{}]', {}],
  ['a form alone', '["$K1"]', { _1_email: 'a' }],
  ['a form and something besides', '[{},"$K1",1]', { _1_email: 'a' }],
  ['a list, a form and something before', '[1,[],"$K1"]', { _1_email: 'a' }],
  ['two forms', '[{},"$K1"]', { _1_email: 'a', _2_email: 'b' }],
  ['an entry of no form', '[{},"$K1"]', { _1_email: 'a', email: 'b' }],
  ['a state that is none', '["x","$K1"]', { _1_email: 'a' }],
  ['arguments that are none', 'null', { _1_email: 'a' }],
])('leaves a call with %s to Next', (_, args, entries) => {
  expect(formIn(call(args, entries))).toBeUndefined();
});

test('leads on in the language of the page', () => {
  expect(answerWith(onwards('ar')).split('\n')[1]).toBe(
    '1:{"attempt":0,"values":{},"errors":{},"next":"/ar/sign-up/check-email"}',
  );
});
