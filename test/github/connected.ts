import { generateKeyPairSync } from 'node:crypto';
import { connectGitHub } from '../../src/github/github-app.ts';
import type { GitHubOptions } from '../../src/github/github-app.ts';
import { budgetsFor } from '../../src/github/pace.ts';
import type { GitHubApp } from '../../src/flows/ports/github-app.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import type { FakeLog } from '../fakes/fake-log.ts';
import { memoryCache } from './memory-cache.ts';
import type { MemoryCache } from './memory-cache.ts';
import type { GitHubServer } from './start-github.ts';

export interface Connected {
  readonly app: GitHubApp;
  readonly cache: MemoryCache;
  readonly log: FakeLog;
  /** Milliseconds that the adapter wanted to wait; it does not wait in tests. */
  readonly pauses: number[];
}

/** Our App connected to an emulated GitHub, without real waits. */
export function connected(server: Pick<GitHubServer, 'appId' | 'privateKey' | 'url'>, options: Partial<GitHubOptions> = {}): Connected {
  const cache = memoryCache();
  const log = fakeLog();
  const pauses: number[] = [];
  const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  const clock = { now: () => new Date() };
  // Tests ask faster than people do: the budgets are tested by themselves.
  const pace = { budgets: budgetsFor(100_000) };
  const app = connectGitHub({ appId: server.appId, privateKey: server.privateKey, apiUrl: server.url, cache, clock, log, pause, pace, random: () => 0.25, ...options });
  return { app, cache, log, pauses };
}

/** What the scripted GitHub answers: a JSON body, or a whole response. Undefined: 404. */
export type Script = (request: { readonly method: string; readonly path: string; readonly body: string; readonly headers: Headers }) => unknown;

const key = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;

/** Our App connected to a script: for what no emulator would do. Tokens are minted without being asked for. */
export function scripted(script: Script, options: Partial<GitHubOptions> = {}): Connected & { readonly requests: string[] } {
  const requests: string[] = [];
  const answer: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const path = decodeURIComponent(pathname) + search;
    const method = init?.method ?? 'GET';
    if (path.endsWith('/access_tokens')) return Response.json({ token: `ghs_${'t'.repeat(40)}`, expires_at: '2099-01-01T00:00:00Z' }, { status: 201 });
    requests.push(`${method} ${path}`);
    const found = script({ method, path, body: typeof init?.body === 'string' ? init.body : '', headers: new Headers(init?.headers) });
    if (found instanceof Response) return found;
    return found === undefined ? Response.json({ message: 'Not Found' }, { status: 404 }) : Response.json(found);
  };
  return { ...connected({ appId: 4711, privateKey: key, url: 'https://github.example/api/v3' }, { fetch: answer, ...options }), requests };
}
