import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import * as oidc from 'openid-client';
import { signUpUrl } from '../examples/drop-in';
import { escapeHtml } from '../stack/http';
import { portal, realmAdmin, stack } from './stack';

/** Where an application makes its request, and what is in it. */
interface Change {
  /** Keycloak's own endpoint when left out; else one of the portal's. */
  readonly at?: 'keycloak' | 'registrations' | 'auth';
  /** Further parameters of its authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** An application that somebody else wrote: an ordinary OpenID Connect client on a library that knows nothing of the portal. */
export interface Application {
  readonly clientId: string;
  readonly url: string;
  readonly callback: string;
  /** The authorization request that it makes now; its answer must belong to that one. */
  begin(change: Change): Promise<URL>;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Starts an application on a port of its own and registers it in a realm, public and with PKCE required.
 * @param realm where it is registered
 * @param client what differs from that
 */
export async function startApplication(realm: string, client: ClientRepresentation = {}): Promise<Application> {
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const callback = `${url}/callback`;
  const clientId = `app-${(server.address() as AddressInfo).port}`;
  const admin = await realmAdmin();
  await admin.clients.create({
    realm,
    clientId,
    name: 'Tide Tables',
    publicClient: true,
    standardFlowEnabled: true,
    redirectUris: [callback],
    baseUrl: `${url}/`,
    attributes: { 'pkce.code.challenge.method': 'S256' },
    ...client,
  });
  const issuer = new URL(`${stack.keycloak.url}/realms/${realm}`);
  const discovered = await oidc.discovery(issuer, clientId, undefined, oidc.None(), {
    execute: [oidc.allowInsecureRequests],
  });
  let started: { verifier: string; state: string; nonce: string } | undefined;

  async function begin({ at = 'keycloak', parameters = {} }: Change): Promise<URL> {
    const verifier = oidc.randomPKCECodeVerifier();
    started = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce() };
    const request = {
      redirect_uri: callback,
      scope: 'openid profile email',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: started.state,
      nonce: started.nonce,
      ...parameters,
    };
    if (at === 'registrations') return signUpUrl(discovered, portal('placement'), request);
    const asked = oidc.buildAuthorizationUrl(discovered, request);
    // As a reverse proxy in front of Keycloak would send it on.
    return at === 'auth' ? new URL(`${asked.pathname}${asked.search}`, portal('placement')) : asked;
  }

  /** The library checks state, nonce, issuer, the ID token's signature and the code challenge's secret. */
  async function finish(request: IncomingMessage): Promise<string> {
    const form = request.method === 'POST' ? `?${await bodyOf(request)}` : '';
    const answered = new URL(`${url}${request.url}${form}`);
    try {
      const tokens = await oidc.authorizationCodeGrant(discovered, answered, {
        pkceCodeVerifier: started?.verifier ?? '',
        expectedState: started?.state ?? '',
        expectedNonce: started?.nonce ?? '',
        idTokenExpected: true,
      });
      started = undefined;
      return `Signed in as ${tokens.claims()?.email}`;
    } catch (error) {
      const said =
        error instanceof oidc.AuthorizationResponseError ? `${error.error}: ${error.error_description}` : error;
      return `Refused: ${said}; state ${answered.searchParams.get('state') === started?.state ? 'ours' : 'not ours'}`;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isCallback = request.url?.startsWith('/callback');
    const text = isCallback ? await finish(request) : 'Tide Tables';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<h1>${escapeHtml(text)}</h1>`);
  }

  return {
    clientId,
    url,
    callback,
    begin,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
