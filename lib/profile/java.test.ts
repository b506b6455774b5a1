import { describe, expect, it } from 'vitest';
import { isIsoDate, isShortDate } from './dates';
import { isEmail } from './email';
import { javaAnswers } from './java-answers.fixture';
import { asciiDigits, isBlank, isWhitespace, javaTrim, parseDouble, parseLong } from './java-text';
import { formatMessage } from './message-format';
import { matchPattern as matchInBrowser } from './pattern';
import { matchPattern as matchOnServer } from './pattern-server';
import { isUrl, parseUri } from './uri';

describe('agrees with Java on', () => {
  it.each(javaAnswers.email)('e-mail %j: %s', (value, isValid) => {
    expect(isEmail(value)).toBe(isValid);
  });

  it.each(javaAnswers['iso-date'])('ISO_LOCAL_DATE %j: %s', (value, isValid) => {
    expect(isIsoDate(value)).toBe(isValid);
  });

  it.each(javaAnswers['local-date'])('the short date of %s %j: %s', (locale, value, isValid) => {
    expect(isShortDate(value, locale)).toBe(isValid);
  });

  it.each(javaAnswers.uri)('URI %j: %s', (value, answer) => {
    const uri = parseUri(value);
    expect(uri === undefined ? 'bad' : isUrl(uri) ? 'url' : 'ok').toBe(answer);
  });

  it.each(javaAnswers.long)('Long.parseLong(%j): %s', (text, value) => {
    expect(parseLong(text)).toBe(value === null ? null : BigInt(value));
  });

  it.each(javaAnswers.double)('Double.parseDouble(%j): %s', (text, value) => {
    expect(parseDouble(text)).toBe(value === null ? null : Number(value));
  });

  it.each(javaAnswers['message-format'])('MessageFormat %j in %s with %j', (pattern, locale, args, text) => {
    expect(formatMessage(pattern, args, locale)).toBe(text);
  });

  it.each(javaAnswers.pattern)('pattern %j, or leaves it to Keycloak', (javaPattern, matching, other) => {
    for (const matches of [matchInBrowser, matchOnServer]) {
      for (const value of matching) expect(matches(javaPattern, value), value).not.toBe(false);
      for (const value of other) expect(matches(javaPattern, value), value).not.toBe(true);
    }
  });
});

describe('Java text', () => {
  it('trims control characters and blanks, but no no-break space (String.trim)', () => {
    expect(javaTrim('\0\t Ann \r\n')).toBe('Ann');
    expect(javaTrim('\u00A0Ann\u3000')).toBe('\u00A0Ann\u3000');
    expect(javaTrim(' \n ')).toBe('');
  });

  it('knows two kinds of blank: what counts as missing, and what is not stored', () => {
    expect([undefined, '', ' \t'].map(isBlank)).toEqual([true, true, true]);
    expect(isBlank('\u3000')).toBe(false);
    expect(['', ' ', '\u3000', '\u2028', '\u001C'].map(isWhitespace)).toEqual([true, true, true, true, true]);
    expect(['\u00A0', '\u2007', 'a'].map(isWhitespace)).toEqual([false, false, false]);
  });

  it('reads digits of other scripts of the basic plane only (Character.digit)', () => {
    expect(asciiDigits('٣９७')).toBe('397');
    expect(asciiDigits('𝟏')).toBeNull();
  });
});
