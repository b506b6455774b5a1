/** The polynomial of CRC-32, lowest power first (RFC 1952, 8). */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** The CRC-32 of some bytes (RFC 1952, 8). Node's own is newer than the oldest Node that runs this. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The product of two polynomials over GF(2), modulo that of CRC-32 (zlib, `multmodp`). */
export function multiply(one: number, other: number): number {
  let product = 0;
  let factor = other;
  for (let bit = 31; bit >= 0; bit--) {
    if ((one >>> bit) & 1) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/**
 * What a checksum is multiplied with when so many bytes follow (zlib, `crc32_combine`): the checksum of a whole is the sum,
 * by exclusive or, of those of its parts, each multiplied so.
 * @param bytes how many follow
 */
export function shift(bytes: number): number {
  // x^8, and its powers of two.
  let power = 0x00800000;
  let result = 0x80000000;
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(power, result);
    power = multiply(power, power);
  }
  return result;
}
