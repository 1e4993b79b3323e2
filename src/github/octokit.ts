import { Octokit, RequestError } from 'octokit';

/** One HTTP exchange: what was answered, or why nothing whole came back. Never thrown. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  /** `unsent`: the request certainly never reached GitHub. */
  | { readonly kind: 'broken'; readonly unsent: boolean; readonly why: string };

export type Headers = Readonly<Record<string, string | number | undefined>>;

export interface WireRequest {
  /** `GET /repos/{owner}/{repo}`: parameters are URL-encoded into it, the others form the query or the body. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The whole header value. Never logged. */
  readonly authorization: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for the whole exchange, body included. */
  readonly timeout: number;
  /** The address that GitHub sends us to is the answer: nobody follows it. */
  readonly awaitsRedirect?: boolean;
}

export interface Wire {
  send(request: WireRequest): Promise<Outcome>;
}

const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** The only place where Octokit is used: as transport. Pacing, retries and tokens are ours, because its own wait for an hour. */
export function openWire(options: { readonly apiUrl: string; readonly fetch?: typeof fetch }): Wire {
  const octokit = new Octokit({
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: 'plumbline',
    log: silent,
    throttle: { enabled: false },
    retry: { enabled: false },
    request: { log: silent, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) },
  });
  return { send: (request) => exchange(octokit, request) };
}

async function exchange(octokit: Octokit, request: WireRequest): Promise<Outcome> {
  const signal = AbortSignal.timeout(request.timeout);
  try {
    const answer = await octokit.request(request.route, {
      ...request.parameters,
      headers: { ...request.headers, authorization: request.authorization, 'x-github-api-version': '2022-11-28' },
      request: { signal, ...(request.awaitsRedirect === true ? { redirect: 'manual' } : {}) },
    });
    // A body that stops at the time-out is swallowed by the transport and would look like an empty answer.
    if (signal.aborted) return { kind: 'broken', unsent: false, why: `no whole answer within ${request.timeout} ms` };
    return { kind: 'answered', status: answer.status, headers: { ...answer.headers }, body: answer.data };
  } catch (thrown) {
    if (signal.aborted) return { kind: 'broken', unsent: false, why: `no whole answer within ${request.timeout} ms` };
    return outcomeOf(thrown);
  }
}

function outcomeOf(thrown: unknown): Outcome {
  if (thrown instanceof RequestError && thrown.response !== undefined) {
    return { kind: 'answered', status: thrown.response.status, headers: { ...thrown.response.headers }, body: thrown.response.data };
  }
  const code = systemCode(thrown);
  return { kind: 'broken', unsent: code !== null && unsentCodes.has(code), why: code ?? 'the connection broke' };
}

const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The error text of a transport can quote headers; its code can not. */
function systemCode(thrown: unknown): string | null {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth += 1) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return null;
}

function ignore(): void {}
