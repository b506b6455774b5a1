import { describe, expect, it } from 'vitest';
import { buildSchema, checkValues } from './schema';
import { ANN, CONTEXT, formWith } from './testing.fixture';
import { validate } from './validate';

const model = formWith([], { passwordPolicy: 'length(8)' }, { withPassword: true });
const GOOD = { ...ANN, password: ['longenough'], 'password-confirm': ['longenough'] };
const BAD = { ...ANN, username: ['a'], email: ['x y'], password: ['short'], 'password-confirm': ['other'] };

describe('the schema of a form', () => {
  it('gives back the values', () => {
    expect(buildSchema(model, CONTEXT).parse(GOOD)).toEqual(GOOD);
    expect(checkValues(model, GOOD, CONTEXT)).toEqual({ ok: true, values: GOOD });
  });

  it('says the very same as the browser', () => {
    expect(checkValues(model, BAD, CONTEXT)).toEqual({ ok: false, violations: validate(model, BAD, CONTEXT) });
  });

  it('names field, key and parameters in its issues', () => {
    const [issue] = buildSchema(model, CONTEXT).safeParse(BAD).error?.issues ?? [];
    expect(issue).toMatchObject({
      code: 'custom',
      path: ['username'],
      message: 'error-invalid-length',
      params: { field: 'username', code: 'error-invalid-length', params: [3, 255] },
    });
  });

  it('takes anything but lists of texts for a fault of the caller', () => {
    expect(() => checkValues(model, { username: 'ann' }, CONTEXT)).toThrow(TypeError);
  });
});
