import { constants, deflateRawSync } from 'node:zlib';
import { crc32, multiply, shift } from './crc';

/** Something of which each copy has its own. */
export interface Gap<Name extends string> {
  readonly name: Name;
  /** In bytes. */
  readonly length: number;
}

/** A text with gaps in it, in order. */
export type Pieces<Name extends string> = readonly (Buffer | Gap<Name>)[];

/** What goes into the gaps, each of its gap's length. */
export type Fillings<Name extends string> = Readonly<Partial<Record<Name, Buffer>>>;

/** Bytes that only wait for what goes into their gaps. */
export interface Mould<Name extends string> {
  /** Of a whole copy, in bytes. */
  readonly length: number;
  /** @throws RangeError where a gap has no filling, or one of another length */
  fill(fillings: Fillings<Name>): Buffer;
}

const isGap = <Name extends string>(piece: Buffer | Gap<Name>): piece is Gap<Name> => !Buffer.isBuffer(piece);

/**
 * Cuts a text at the marks that stand where each copy has something of its own.
 * @param text with the marks in it
 * @param marks by name, each as long as what it stands for
 */
export function cut<Name extends string>(text: string, marks: Readonly<Partial<Record<Name, string>>>): Pieces<Name> {
  let pieces: (string | Gap<Name>)[] = [text];
  for (const name of Object.keys(marks) as Name[]) {
    const mark = marks[name];
    if (mark === undefined) continue;
    const gap = { name, length: Buffer.byteLength(mark) };
    pieces = pieces.flatMap((piece) =>
      typeof piece === 'string'
        ? piece.split(mark).flatMap((between, index) => (index === 0 ? [between] : [gap, between]))
        : [piece],
    );
  }
  return pieces
    .map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece))
    .filter((piece) => isGap(piece) || piece.length > 0);
}

function put<Name extends string>(into: Buffer, at: number, gap: Gap<Name>, fillings: Fillings<Name>): void {
  const filling = fillings[gap.name];
  if (filling?.length !== gap.length)
    throw new RangeError(`The gap ${gap.name} has ${gap.length} bytes, not ${filling?.length}`);
  filling.copy(into, at);
}

/** @returns copies are made of what was moulded, with the gaps at these places */
function mould<Name extends string>(parts: readonly (Buffer | Gap<Name>)[]): Mould<Name> {
  const places: { readonly at: number; readonly gap: Gap<Name> }[] = [];
  let length = 0;
  for (const part of parts) {
    if (isGap(part)) places.push({ at: length, gap: part });
    length += part.length;
  }
  const empty = Buffer.concat(parts.map((part) => (isGap(part) ? Buffer.alloc(part.length) : part)));
  return {
    length,
    fill(fillings) {
      const copy = Buffer.from(empty);
      for (const { at, gap } of places) put(copy, at, gap, fillings);
      return copy;
    },
  };
}

/** The text as it is. */
export function plainMould<Name extends string>(pieces: Pieces<Name>): Mould<Name> {
  return mould(pieces);
}

/** Head of a gzip file without a name or a time (RFC 1952, 2.3). */
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);

/** How far back compressed text may refer (RFC 1951, 2). */
const WINDOW = 32_768;

/** Stands in gaps while what is around them is compressed. It is in no UTF-8, so that nothing is a copy of it. */
const IN_NO_TEXT = 0xff;

/** The end of compressed data: a last block with nothing in it (RFC 1951, 3.2.6). */
const END = Buffer.from([3, 0]);

/** Some text as compressed blocks that end at a byte, and refer back to what is before it. */
function compressed(text: Buffer, before: Buffer): Buffer {
  const dictionary = before.subarray(-WINDOW);
  return deflateRawSync(text, {
    level: 9,
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary.length > 0 ? { dictionary } : {}),
  });
}

/** The head of a block that is not compressed (RFC 1951, 3.2.4). */
function storedHead(length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(length, 1);
  head.writeUInt16LE(~length & 0xffff, 3);
  return head;
}

/** The checksum of a whole: that of its text, and what to multiply each filling's with. */
function checksum<Name extends string>(pieces: Pieces<Name>): (fillings: Fillings<Name>) => number {
  const factors = new Map<Name, number>();
  let ofText = 0;
  let after = 0;
  for (const piece of pieces.toReversed()) {
    if (isGap(piece)) factors.set(piece.name, (factors.get(piece.name) ?? 0) ^ shift(after));
    else ofText ^= multiply(shift(after), crc32(piece));
    after += piece.length;
  }
  return (fillings) => {
    let sum = ofText;
    // Every gap of a name is filled in alike, so that one multiplication does for all of them.
    for (const [name, factor] of factors) sum ^= multiply(factor >>> 0, crc32(fillings[name] ?? Buffer.alloc(0)));
    return sum >>> 0;
  };
}

/**
 * The text compressed with gzip (RFC 1952), once for all copies: what is filled in stands uncompressed between blocks that
 * are, and the checksum of the whole is added up from those of its parts.
 * @param pieces of UTF-8
 */
export function gzipMould<Name extends string>(pieces: Pieces<Name>): Mould<Name> {
  const parts: (Buffer | Gap<Name>)[] = [GZIP_HEAD];
  let before: Buffer = Buffer.alloc(0);
  let size = 0;
  for (const piece of pieces) {
    parts.push(...(isGap(piece) ? [storedHead(piece.length), piece] : [compressed(piece, before)]));
    const written = isGap(piece) ? Buffer.alloc(piece.length, IN_NO_TEXT) : piece;
    before = Buffer.concat([before, written]).subarray(-WINDOW);
    size += piece.length;
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(size, 4);
  const { length, fill } = mould<Name>([...parts, END, trailer]);
  const sum = checksum(pieces);
  return {
    length,
    fill(fillings) {
      const copy = fill(fillings);
      copy.writeUInt32LE(sum(fillings), length - 8);
      return copy;
    },
  };
}
