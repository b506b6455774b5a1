import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as plain } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portal, stack } from './stack';

/** Opens the key's file, which is gone at once. */
const PASSPHRASE = 'only-for-this-test';

/** A certificate of nobody's for `localhost`, made by the Java that runs Keycloak. */
function certificate(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const file = join(folder, 'key.p12');
  const keytool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'keytool') : 'keytool';
  const subject = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost', '-validity', '2'];
  const store = ['-keystore', file, '-storetype', 'PKCS12', '-storepass', PASSPHRASE];
  try {
    execFileSync(
      keytool,
      ['-genkeypair', '-alias', 'tls', '-keyalg', 'RSA', '-keysize', '2048', ...subject, ...store],
      {
        stdio: 'pipe',
      },
    );
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Puts a proxy that ends TLS before the portal `secure`, as there is in production.
 * @returns its address, and how to stop it
 */
export async function openSecurePortal(): Promise<{ url: string; stop(): Promise<void> }> {
  const inner = new URL(portal('secure'));
  const server = createServer({ pfx: certificate(), passphrase: PASSPHRASE }, (request, response) => {
    const forwarded = plain(
      {
        hostname: inner.hostname,
        port: inner.port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, 'x-forwarded-proto': 'https' },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(stack.tlsPort, '127.0.0.1', resolve);
  });
  return {
    url: `https://localhost:${stack.tlsPort}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
