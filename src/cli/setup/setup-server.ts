import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { AppCredentials } from './convert-manifest-code.ts';
import { messagePage, setupPage } from './setup-page.ts';

export interface SetupServerOptions {
  readonly port: number;
  /** Opens the page, once. */
  readonly token: string;
  /** Comes back from GitHub: shows that the answer belongs to this page. */
  readonly state: string;
  readonly action: string;
  manifestFor(origin: string): JsonObject;
  convert(code: string): Promise<AppCredentials>;
  readonly timeoutMs: number;
}

export interface SetupServer {
  readonly origin: string;
  /** Settles once: with what GitHub gave, or with why it did not. */
  readonly credentials: Promise<AppCredentials>;
  abandon(failure: Failure): void;
  close(): Promise<void>;
}

/** A page on 127.0.0.1 for one registration by one person on this machine. */
export async function openSetupServer(options: SetupServerOptions): Promise<SetupServer> {
  const { promise, resolve, reject } = Promise.withResolvers<AppCredentials>();
  // Whoever awaits it may come later than the failure.
  promise.catch(() => {});
  const registration = new Registration(options, resolve, reject);
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000, maxHeaderSize: 16_384 }, (request, response) => void registration.answer(request, response));
  const { port } = await listenOnLoopback(server, options.port);
  registration.origin = `http://127.0.0.1:${port}`;
  const timer = setTimeout(() => reject(new Failure('PROBE_TIMED_OUT', 'Cannot go on: nobody confirmed the registration in time. Nothing was written. Run plumbline setup again.')), options.timeoutMs);
  const close = async (): Promise<void> => {
    clearTimeout(timer);
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
    await closed;
  };
  return { origin: registration.origin, credentials: promise, abandon: reject, close };
}

class Registration {
  readonly #options: SetupServerOptions;
  readonly #resolve: (credentials: AppCredentials) => void;
  readonly #reject: (failure: Failure) => void;
  #isOpened = false;
  #isConverted = false;
  origin = '';

  constructor(options: SetupServerOptions, resolve: (credentials: AppCredentials) => void, reject: (failure: Failure) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '', this.origin);
    // Another site's page can make a browser come here under that site's name; then it is not for us.
    if (url === null || request.headers.host !== new URL(this.origin).host) return this.#send(response, 421, messagePage('Not here', 'This address is not served.'));
    if (request.method !== 'GET') return this.#send(response, 405, messagePage('Not that way', 'Only pages are served here.'));
    if (url.pathname === '/') return this.#open(url, response);
    if (url.pathname === '/callback') return await this.#receive(url, response);
    this.#send(response, 404, messagePage('Not found', 'There is no such page.'));
  }

  #open(url: URL, response: ServerResponse): void {
    if (this.#isOpened || !isEqual(url.searchParams.get('token') ?? '', this.#options.token)) return this.#send(response, 403, messagePage('Not again', 'This page opens once, with the address that the terminal shows. Run plumbline setup again.'));
    this.#isOpened = true;
    this.#send(response, 200, setupPage(this.#options.action, this.#options.manifestFor(this.origin)));
  }

  async #receive(url: URL, response: ServerResponse): Promise<void> {
    const code = url.searchParams.get('code') ?? '';
    if (!this.#isOpened || this.#isConverted || !isEqual(url.searchParams.get('state') ?? '', this.#options.state) || !/^[A-Za-z0-9_-]{1,200}$/.test(code)) {
      return this.#send(response, 403, messagePage('Not expected', 'This answer does not belong to a registration that this page began.'));
    }
    this.#isConverted = true;
    try {
      const credentials = await this.#options.convert(code);
      this.#send(response, 200, messagePage('Registered', 'The credentials are on this machine. Go on in the terminal; you can close this page.'));
      this.#resolve(credentials);
    } catch (error) {
      this.#send(response, 502, messagePage('Not registered', 'GitHub did not give the credentials. The terminal says why.'));
      this.#reject(failureOf(error, 'GITHUB_UNAVAILABLE'));
    }
  }

  #send(response: ServerResponse, status: number, body: string): void {
    const form = new URL(this.#options.action).origin;
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; form-action ${form}; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(body);
  }
}

async function listenOnLoopback(server: Server, port: number): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise.catch((error: unknown) => {
    throw new Failure('LISTEN_FAILED', `Cannot open the page on 127.0.0.1:${port}: the port is taken, expected a free one. Leave --port out.`, { cause: error });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Failure('LISTEN_FAILED', 'Cannot open the page: it has no address, expected a port on 127.0.0.1. Try again.');
  return address;
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
