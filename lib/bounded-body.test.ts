import { expect, test } from 'vitest';
import { boundedText } from './bounded-body';

test('a body is read whole up to the limit, whatever its parts cut in two', async () => {
  const bytes = new TextEncoder().encode('Hafen für Öl');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await boundedText(new Response(body), bytes.length)).toBe('Hafen für Öl');
  expect(await boundedText(new Response(null), 10)).toBe('');
});

test('a body without an end is left as soon as it is too large', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  await expect(boundedText(new Response(body), 5_000)).rejects.toThrow('too large');
  expect(sent).toBeLessThan(10);
});
