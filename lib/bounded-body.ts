/**
 * The body of an answer as text (UTF-8), however much there is of it.
 * @param most bytes, unpacked
 * @throws Error where there is more; the rest is not fetched
 */
export async function boundedText(response: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > most) {
      await reader?.cancel();
      throw new RangeError('answer too large');
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString('utf8');
}
