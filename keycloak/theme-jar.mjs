// npm run keycloak:theme [-- FILE]: packs the theme as a jar for Keycloak's providers folder.
// Plain Node and nothing else, so that it runs on a machine that has no packages installed and no network.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('theme', import.meta.url));
const NAME = 'vestibule';
const TYPES = ['login', 'email'];

/** Version 1.0 of the format, its least: stored files (APPNOTE.TXT 4.4.3). */
const VERSION = 10;
/** File names are UTF-8 (APPNOTE.TXT 4.4.4, bit 11). */
const FLAGS = 0x0800;
/** No compression: compressors differ from one Node to the next, and it is a matter of 20 kB. */
const STORED = 0;
/** 1 January 1980, the format's earliest day: the same theme makes the same bytes, whenever and wherever it is packed. */
const DATE = 0x0021;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * CRC-32 as zip has it (Node has its own from 20.15 on).
 * @param {Buffer} data
 * @returns {number} unsigned
 */
function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * Reads a folder, whole.
 * @param {string} folder where
 * @param {string} prefix what the names in the jar start with, ending with a slash
 * @returns {[name: string, data: Buffer][]} in the names' order
 */
function read(folder, prefix) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return read(path, `${prefix}${entry.name}/`);
    return [[`${prefix}${entry.name}`, readFileSync(path)]];
  });
}

/**
 * Writes a zip (PKWARE APPNOTE.TXT, 4.3): local headers with their data, the central directory, its end.
 * @param {[name: string, data: Buffer][]} files
 * @returns {Buffer} the whole archive
 */
function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, data] of files) {
    const nameBytes = Buffer.from(name);
    // The fields that both headers have, from "version needed" to "file name length".
    const common = Buffer.alloc(24);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(FLAGS, 2);
    common.writeUInt16LE(STORED, 4);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, Buffer.alloc(2), nameBytes, data);
    const rest = Buffer.alloc(16);
    rest.writeUInt32LE(offset, 12);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([VERSION, 0]), common, rest, nameBytes);
    offset += 4 + common.length + 2 + nameBytes.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

const target = resolve(process.argv[2] ?? join(FOLDER, `${NAME}.jar`));
/** What Keycloak reads to find the themes of a jar (JarThemeProviderFactory). */
const index = JSON.stringify({ themes: [{ name: NAME, types: TYPES }] }, undefined, 2);
/** @type {[name: string, data: Buffer][]} */
const files = [
  ['META-INF/keycloak-themes.json', Buffer.from(`${index}\n`)],
  ...read(join(FOLDER, NAME), `theme/${NAME}/`),
];
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, zip(files));
process.stdout.write(`${target}\n`);
