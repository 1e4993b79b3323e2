import { Agent, request } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';
import { createEmulator } from 'emulate';
import type { Json } from './json.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The emulator behind the proxy. Calls without a token are GitHub's own: they may do everything. */
export interface Upstream {
  call(method: string, path: string, body?: Json | null, token?: string): Promise<Reply>;
  /** As `call`, and throws unless it succeeds. */
  must(method: string, path: string, body?: Json | null, token?: string): Promise<Reply>;
  stop(): Promise<void>;
}

export interface UpstreamSeed {
  readonly appId: number;
  readonly slug: string;
  readonly privateKey: string;
  readonly installationId: number;
  readonly organization: string;
  readonly logins: readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  /** Address of the proxy, which stands in all URLs of answers. */
  readonly publicUrl: () => string;
}

/** The emulator allows 5,000 requests an hour and token: enough tokens for long runs. */
const rootTokens = Array.from({ length: 200 }, (_, index) => `token-of-root-${index}`);

export function tokenOf(login: string): string {
  return `token-of-${login}`;
}

/** What GitHub gives under a name of its content, and people, whom no test changes: two in five of all calls. */
const staysAsItIs = /^\/(?:users\/[^/?]+|repos\/[^/]+\/[^/]+\/git\/(?:trees|blobs|commits)\/[0-9a-f]{40}(?:\?.*)?)$/;

/** Every person is an owner in the emulator: roles and permissions are the proxy's business. */
export async function startUpstream(seed: UpstreamSeed): Promise<Upstream> {
  const people = [...seed.logins, 'root'];
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      tokens: Object.fromEntries([...people.map((login) => [tokenOf(login), { login }]), ...rootTokens.map((token) => [token, { login: 'root' }])]),
      github: {
        users: people.map((login) => ({ login, name: login, email: `${login}@users.example` })),
        orgs: [{ login: seed.organization, name: seed.organization, members: people.map((login) => ({ login, role: 'admin' })) }],
        apps: [appOf(seed)],
      },
    },
  });
  // Not `fetch`: one request to this server makes several here, and this is half the work for them.
  const agent = new Agent({ keepAlive: true });
  const { port } = new URL(emulator.url);
  let calls = 0;
  const call = async (method: string, path: string, body: Json | null = null, token?: string): Promise<Reply> => {
    calls += 1;
    const authorization = `token ${token ?? rootTokens[calls % rootTokens.length] ?? ''}`;
    const answer = await answerOf({ agent, host: '127.0.0.1', port, method, path, headers: { authorization, 'content-type': 'application/json' } }, body === null ? '' : JSON.stringify(body));
    const said = (await text(answer)).replaceAll(emulator.url, seed.publicUrl());
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value).replaceAll(emulator.url, seed.publicUrl())]));
    return { status: answer.statusCode ?? 0, headers, body: said === '' ? null : JSON.parse(said) };
  };
  const kept = new Map<string, Reply>();
  const callOnce = async (method: string, path: string, body: Json | null = null, token?: string): Promise<Reply> => {
    if (method !== 'GET' || !staysAsItIs.test(path)) return await call(method, path, body, token);
    const reply = kept.get(path) ?? (await call(method, path, body, token));
    if (reply.status === 200) kept.set(path, reply);
    return structuredClone(reply);
  };
  return {
    call: callOnce,
    must: async (method, path, body, token) => {
      const reply = await callOnce(method, path, body, token);
      if (reply.status < 300) return reply;
      throw new Error(`the emulator answered ${method} ${path} with ${reply.status}: ${JSON.stringify(reply.body)}`);
    },
    stop: async () => {
      agent.destroy();
      await emulator.close();
    },
  };
}

/** Once more when the emulator had just hung up on a connection that nobody used: it has not read the request. */
async function answerOf(options: RequestOptions, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | null>();
  const asked = request(options, resolve);
  asked.on('error', (error: NodeJS.ErrnoException) => (asked.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve(null) : reject(error)));
  asked.end(body);
  return (await promise) ?? answerOf(options, body);
}

function appOf(seed: UpstreamSeed): Json {
  return {
    app_id: seed.appId,
    slug: seed.slug,
    name: seed.slug,
    private_key: seed.privateKey,
    permissions: seed.permissions,
    events: ['push', 'pull_request', 'check_run', 'check_suite', 'issue_comment', 'member', 'membership', 'merge_group', 'organization', 'pull_request_review'],
    installations: [{ installation_id: seed.installationId, account: seed.organization, repository_selection: 'all' }],
  };
}
