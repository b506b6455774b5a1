import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32, multiply, shift } from './crc';
import { cut, gzipMould, plainMould } from './pieces';

const MARKS = { nonce: 'NONCE-'.padEnd(24, 'n'), token: 'TOKEN-'.padEnd(223, 't') };

/** A page's worth of text, with a mark in every line of it. */
const text = readFileSync('README.md', 'utf8')
  .split('\n')
  .map((line, index) => `<p nonce="${MARKS.nonce}">${line}${index % 40 === 0 ? MARKS.token : ''}</p>`)
  .join('\n');

const fresh = () => ({
  nonce: Buffer.from(randomBytes(18).toString('base64')),
  token: Buffer.from(randomBytes(223).toString('base64url').slice(0, 223)),
});

const filled = (template: string, { nonce, token }: ReturnType<typeof fresh>) =>
  template.replaceAll(MARKS.nonce, String(nonce)).replaceAll(MARKS.token, String(token));

describe.each([
  ['a long text', text],
  ['nothing but a gap', MARKS.nonce],
  ['gaps side by side, first and last', `${MARKS.token}${MARKS.nonce}${MARKS.nonce} between ${MARKS.token}`],
  ['a text without gaps', 'Segel setzen, شراع, ⛵'],
  ['no text', ''],
])('%s', (_, template) => {
  const pieces = cut(template, MARKS);

  it('is filled in as if it had been written so', () => {
    const fillings = fresh();
    expect(String(plainMould(pieces).fill(fillings))).toBe(filled(template, fillings));
  });

  it('is unpacked to the same, for every filling', () => {
    const mould = gzipMould(pieces);
    for (let copy = 0; copy < 20; copy++) {
      const fillings = fresh();
      const packed = mould.fill(fillings);
      expect(packed).toHaveLength(mould.length);
      // The checksum at the end is looked at on the way.
      expect(String(gunzipSync(packed))).toBe(filled(template, fillings));
    }
  });
});

it('never fills a copy with what another was filled with', () => {
  const mould = plainMould(cut(text, MARKS));
  const [one, other] = [fresh(), fresh()];
  const copies = [String(mould.fill(one)), String(mould.fill(other))];
  expect(copies[0]).not.toContain(String(other.nonce));
  expect(copies[1]).not.toContain(String(one.nonce));
  expect(copies.join()).not.toContain(MARKS.nonce);
});

it('refuses what does not fit into its gap', () => {
  for (const mould of [plainMould(cut(text, MARKS)), gzipMould(cut(text, MARKS))])
    expect(() => mould.fill({ ...fresh(), token: Buffer.from('short') })).toThrow(RangeError);
});

it('gets larger than what is compressed in one go by what is filled in alone, and a few bytes around it', () => {
  const template = text.replace(/<p[^>]*>/g, '');
  const pieces = cut(template, MARKS);
  const gaps = pieces.flatMap((piece) => (Buffer.isBuffer(piece) ? [] : [piece.length + 24]));
  const inOneGo = gzipSync(template).length;
  expect(gzipMould(pieces).length).toBeLessThan(gaps.reduce((sum, length) => sum + length, inOneGo));
});

it('adds checksums up', () => {
  const [one, other] = [Buffer.from('123456789'), randomBytes(100_000)];
  // The check value of CRC-32 (ITU-T V.42).
  expect(crc32(one)).toBe(0xcbf43926);
  const both = multiply(shift(other.length), crc32(one)) ^ crc32(other);
  expect(both >>> 0).toBe(crc32(Buffer.concat([one, other])));
});
