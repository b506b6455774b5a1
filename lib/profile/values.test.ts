import { describe, expect, it } from 'vitest';
import { ANN, EVERYONE, formWith } from './testing.fixture';
import type { UPAttribute } from './types';
import { asPosted, readValues, toRepresentation } from './values';

const custom = (attribute: Partial<UPAttribute> = {}): UPAttribute => ({
  name: 'custom',
  permissions: EVERYONE,
  ...attribute,
});

describe('reading what was posted', () => {
  it('keeps every value of every field as it was typed', () => {
    const entries: [string, string][] = [
      ['username', ' Ann '],
      ['custom', ''],
      ['custom', 'a'],
      ['custom', 'b'],
    ];
    expect(readValues(formWith([custom({ multivalued: true })]), entries)).toEqual({
      username: [' Ann '],
      custom: ['', 'a', 'b'],
    });
  });

  it('keycloak#29182: the token of a CAPTCHA never becomes an attribute', () => {
    const entries: [string, string][] = [
      ['h-captcha-response', 'x'.repeat(6 * 1024)],
      ['isAdmin', 'true'],
      ['email', 'a+b@x.y'],
    ];
    expect(readValues(formWith([]), entries)).toEqual({ email: ['a+b@x.y'] });
  });

  it('ignores names of the language itself, and whatever is not text', () => {
    const entries: [string, unknown][] = [
      ['__proto__', 'x'],
      ['constructor', 'x'],
      ['email', new Blob(['x'])],
      ['email', null],
    ];
    const values = readValues(formWith([]), entries);
    expect(values).toEqual({});
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it('reads the passwords only where the form asks for them', () => {
    const entries: [string, string][] = [
      ['password', 'a'],
      ['password-confirm', 'b'],
    ];
    expect(readValues(formWith([]), entries)).toEqual({});
    expect(readValues(formWith([], {}, { withPassword: true }), entries)).toEqual({
      password: ['a'],
      'password-confirm': ['b'],
    });
  });

  it('keeps surplus values of a single-valued field, so that they are refused and not swallowed', () => {
    expect(
      readValues(formWith([]), [
        ['email', 'a'],
        ['email', 'b'],
      ]),
    ).toEqual({ email: ['a', 'b'] });
  });

  it('reads no more values than anyone needs', () => {
    const flood = Array.from({ length: 5_000 }, (_, index): [string, string] => ['custom', String(index)]);
    expect(readValues(formWith([custom({ multivalued: true })]), flood).custom).toHaveLength(256);
  });

  it('counts the line breaks of a textarea as HTML posts them, in the browser too', () => {
    const model = formWith([custom({ annotations: { inputType: 'textarea' } })]);
    expect(asPosted(model, { custom: ['a\nb\r\nc\rd'] })).toEqual({ custom: ['a\r\nb\r\nc\r\nd'] });
    expect(asPosted(model, { custom: ['a\r\nb'] })).toEqual({ custom: ['a\r\nb'] });
    expect(asPosted(model, { email: ['a\nb'] })).toEqual({ email: ['a\nb'] });
  });

  it('reads a FormData', () => {
    const data = new FormData();
    data.append('email', 'ann@example.com');
    expect(readValues(formWith([]), data.entries())).toEqual({ email: ['ann@example.com'] });
  });
});

describe('the user as Keycloak gets it', () => {
  it('names its own fields apart, and lower-cases nothing', () => {
    const model = formWith([custom({ multivalued: true })]);
    expect(toRepresentation(model, { ...ANN, email: ['User@Example.COM'], custom: ['a', 'b'] }, 'de')).toEqual({
      username: 'ann',
      email: 'User@Example.COM',
      firstName: 'Ann',
      lastName: 'Lee',
      attributes: { custom: ['a', 'b'], locale: ['de'] },
    });
  });

  it('e-mail as username: no username is sent', () => {
    const model = formWith([], { registrationEmailAsUsername: true });
    expect(toRepresentation(model, ANN, undefined)).toEqual({
      email: 'ann@example.com',
      firstName: 'Ann',
      lastName: 'Lee',
      attributes: {},
    });
  });

  it('testEmptyAttributeRemoved: blanks are not sent', () => {
    const model = formWith([custom({ multivalued: true })]);
    const sent = toRepresentation(
      model,
      { username: ['ann'], email: [''], custom: ['', ' ', 'a', '\u3000'] },
      undefined,
    );
    expect(sent).toEqual({ username: 'ann', attributes: { custom: ['a'] } });
  });

  it('blanks are sent as they were posted: Keycloak has rules about them, before it drops them', () => {
    const model = formWith([custom()]);
    expect(toRepresentation(model, { custom: ['\u3000'] }, undefined).attributes).toEqual({ custom: ['\u3000'] });
    expect(toRepresentation(model, { custom: ['', ' '] }, undefined).attributes).toEqual({ custom: ['', ' '] });
  });

  it('a default that was emptied is sent as empty, since Keycloak fills in what is missing', () => {
    const model = formWith([custom({ defaultValue: 'red' })]);
    expect(toRepresentation(model, { custom: [''] }, undefined).attributes).toEqual({ custom: [''] });
    expect(toRepresentation(model, {}, undefined).attributes).toEqual({});
  });

  it('a password is no part of it', () => {
    const model = formWith([], {}, { withPassword: true });
    expect(JSON.stringify(toRepresentation(model, { ...ANN, password: ['secret'] }, 'en'))).not.toContain('secret');
  });
});
