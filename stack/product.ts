import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as oidc from 'openid-client';
import { DEMO_PRODUCTS, type DemoProduct } from '../keycloak/demo-brands';
import { escapeHtml, type HttpServer, sendPage, serveHttp } from './http';

/** What tells the two products of the demo apart. */
const LOOKS = {
  shop: {
    accent: 'light-dark(#0b5d66,#6fd0d8)',
    logo: `<rect width="48" height="48" rx="14" fill="#e2b65c"/><path d="M24 10v24M14 26c0 6 4 10 10 10s10-4 10-10M18 16h12" fill="none" stroke="#0a2f3c" stroke-width="4" stroke-linecap="round"/>`,
    privacy: 'This shop sells nothing and keeps nothing.',
    terms: 'Be kind to the harbour master.',
  },
  developers: {
    accent: 'light-dark(#5534d6,#b6a6ff)',
    logo: `<rect width="48" height="48" rx="4" fill="#7b5cff"/><path d="M8 20c5.3-6 10.7-6 16 0s10.7 6 16 0M8 32c5.3-6 10.7-6 16 0s10.7 6 16 0" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>`,
    privacy: 'Requests are counted, and nothing else.',
    terms: 'They are on the sign-up page.',
  },
} as const satisfies Record<DemoProduct, object>;

/** Where the product finds the others. */
export interface ProductOptions {
  /** Which of the demo's products, by its client in the realm. */
  product: DemoProduct;
  port: number;
  /** The product's own address, as browsers see it. */
  url: string;
  keycloakUrl: string;
  realm: string;
  portalUrl: string;
}

/** A started sign-in, kept by the product until Keycloak sends the visitor back. */
interface PendingSignIn {
  verifier: string;
  state: string;
  nonce: string;
}

/** A signed-in visitor. */
interface Session {
  name: string;
  idToken: string;
}

const STYLE = `:root{color-scheme:light dark}body{max-width:34rem;margin:4rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}nav{display:flex;gap:1.5rem}`;

/** @returns the value of a request's cookie */
function cookie(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

function redirect(response: ServerResponse, to: URL | string, setCookie: string): void {
  response.writeHead(302, { Location: String(to), 'Set-Cookie': `${setCookie}; Path=/; HttpOnly; SameSite=Lax` }).end();
}

/**
 * Starts the small product that sends people to the portal and gets them back, signed in by single sign-on. It is an
 * ordinary OpenID Connect client: authorization code with PKCE, public, nothing known of the portal but its address.
 * Paths: `/`, `/sign-in`, `/arrive` (redirect_uri for the portal), `/callback`, `/sign-out`.
 * @param options addresses
 * @returns the running server
 */
export async function startProduct(options: ProductOptions): Promise<HttpServer> {
  const { product } = options;
  const name = DEMO_PRODUCTS[product];
  const look = LOOKS[product];
  // Cookies don't know ports, and both products are on the same host.
  const cookies = { signIn: `${product}_sign_in`, session: `${product}_session` };

  function page(response: ServerResponse, status: number, content: string): void {
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>`;
    const style = `<style>${STYLE}a{color:${look.accent}}</style>`;
    const body = `<h1>${name}</h1>${content}`;
    sendPage(
      response,
      status,
      `<!doctype html><html lang="en"><head>${head}${style}</head><body>${body}</body></html>`,
    );
  }

  const issuer = new URL(`${options.keycloakUrl}/realms/${options.realm}`);
  const config = await oidc.discovery(issuer, product, undefined, oidc.None(), {
    // The local stack has no certificates; everything stays on the loopback address.
    execute: [oidc.allowInsecureRequests],
  });
  const pending = new Map<string, PendingSignIn>();
  const sessions = new Map<string, Session>();

  async function signIn(response: ServerResponse): Promise<void> {
    const started = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() };
    const id = randomUUID();
    pending.set(id, started);
    const to = oidc.buildAuthorizationUrl(config, {
      redirect_uri: `${options.url}/callback`,
      scope: 'openid profile email',
      code_challenge: await oidc.calculatePKCECodeChallenge(started.verifier),
      code_challenge_method: 'S256',
      state: started.state,
      nonce: started.nonce,
    });
    redirect(response, to, `${cookies.signIn}=${id}`);
  }

  async function finish(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const id = cookie(request, cookies.signIn);
    const started = pending.get(id);
    pending.delete(id);
    if (!started) return page(response, 400, '<p>This sign-in was not started here. <a href="/">Start again</a></p>');
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(url.pathname + url.search, options.url), {
        pkceCodeVerifier: started.verifier,
        expectedState: started.state,
        expectedNonce: started.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const session = randomUUID();
      const name = String(claims?.name ?? claims?.preferred_username ?? claims?.sub);
      sessions.set(session, { name, idToken: tokens.id_token ?? '' });
      redirect(response, '/', `${cookies.session}=${session}`);
    } catch (error) {
      const reason = escapeHtml(error instanceof Error ? error.message : String(error));
      page(response, 400, `<p>The sign-in did not work: ${reason}. <a href="/">Start again</a></p>`);
    }
  }

  function home(request: IncomingMessage, response: ServerResponse): void {
    const session = sessions.get(cookie(request, cookies.session));
    const query = new URLSearchParams({ client_id: product, redirect_uri: `${options.url}/arrive` });
    const signUp = escapeHtml(`${options.portalUrl}/en/sign-up?${query}`);
    const visitor = `<nav><a href="/sign-in">Sign in</a><a href="${signUp}">Create an account</a></nav>`;
    const person = escapeHtml(session?.name ?? '');
    const user = `<p>Signed in as <strong>${person}</strong></p><p><a href="/sign-out">Sign out</a></p>`;
    page(response, 200, session ? user : visitor);
  }

  function signOut(request: IncomingMessage, response: ServerResponse): void {
    const id = cookie(request, cookies.session);
    const session = sessions.get(id);
    sessions.delete(id);
    const home = { post_logout_redirect_uri: `${options.url}/` };
    const hint = session ? { id_token_hint: session.idToken } : {};
    redirect(response, oidc.buildEndSessionUrl(config, { ...home, ...hint }), `${cookies.session}=; Max-Age=0`);
  }

  return serveHttp(options.port, async (request, url, response) => {
    switch (url.pathname) {
      case '/':
        return home(request, response);
      case '/sign-in':
      case '/arrive':
        return signIn(response);
      case '/callback':
        return finish(request, url, response);
      case '/sign-out':
        return signOut(request, response);
      case '/logo.svg':
        response
          .writeHead(200, { 'Content-Type': 'image/svg+xml' })
          .end(
            `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" role="img" aria-label="${name}">${look.logo}</svg>`,
          );
        return;
      case '/privacy':
        return page(response, 200, `<h2>Privacy</h2><p>${look.privacy}</p>`);
      case '/terms':
        return page(response, 200, `<h2>Terms</h2><p>${look.terms}</p>`);
      default:
        return page(response, 404, '<p>There is nothing here. <a href="/">Home</a></p>');
    }
  });
}
