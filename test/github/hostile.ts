/** What goes wrong on the way, drawn from a seed so that a bad run can be repeated. Rates are probabilities per request. */
export interface Hostility {
  readonly seed: number;
  /** Milliseconds at most added to an answer. */
  readonly latency?: number;
  /** 502 before anything was done. */
  readonly errorRate?: number;
  /** No answer until the caller gives up. */
  readonly hang?: number;
  /** A body that ends early. */
  readonly truncate?: number;
  /** An HTML page with status 200. */
  readonly html?: number;
  /** 403 or 429, with and without retry-after. */
  readonly secondaryLimit?: number;
  /** Creates that are performed and then answered with 502 or a broken connection. */
  readonly ambiguousCreates?: number;
  readonly duplicateDeliveries?: number;
  readonly reorderDeliveries?: number;
}

/** One thing that goes wrong with one request. `performed`: the request took effect all the same. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string; readonly performed?: boolean }
  | { readonly kind: 'hang'; readonly performed?: boolean }
  | { readonly kind: 'drop'; readonly performed?: boolean }
  /** Performed; the answer ends early by its length, or is complete by its length and cut as JSON. */
  | { readonly kind: 'truncate' }
  | { readonly kind: 'cut-json' };

export interface Draw {
  (): number;
}

/** Mulberry32: small, seeded, good enough to shuffle faults. */
export function seededDraw(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The fault for a request, or null. Minting tokens is spared from ambiguity, not from the rest. */
export function drawFault(hostility: Hostility, draw: Draw, request: { readonly creates: boolean }): Fault | null {
  if (draw() < (hostility.hang ?? 0)) return { kind: 'hang' };
  if (draw() < (hostility.errorRate ?? 0)) return { kind: 'answer', status: 502, body: '<html>Bad gateway</html>', headers: { 'content-type': 'text/html' } };
  if (draw() < (hostility.html ?? 0)) return { kind: 'answer', status: 200, body: '<!doctype html><title>Unicorn!</title>', headers: { 'content-type': 'text/html' } };
  if (draw() < (hostility.secondaryLimit ?? 0)) return limitFault(draw);
  if (draw() < (hostility.truncate ?? 0)) return draw() < 0.5 ? { kind: 'truncate' } : { kind: 'cut-json' };
  if (request.creates && draw() < (hostility.ambiguousCreates ?? 0)) {
    return draw() < 0.5 ? { kind: 'drop', performed: true } : { kind: 'answer', status: 502, body: '', performed: true };
  }
  return null;
}

export function limitFault(draw: Draw): Fault {
  const body = JSON.stringify({ message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', documentation_url: 'https://docs.github.com/rest' });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (draw() < 0.5) return { kind: 'answer', status: 403, body, headers: { ...headers, 'retry-after': '1' } };
  return { kind: 'answer', status: draw() < 0.5 ? 403 : 429, body, headers: { ...headers, 'retry-after': '0' } };
}
