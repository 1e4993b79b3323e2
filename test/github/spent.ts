import type { Exchange } from './proxy.ts';

/** What an installation spent of what GitHub lets it ask, however it meant to. Minting tokens is the App's, and counts apart. */
export interface Spent {
  /** Reads that were answered with something new. */
  readonly reads: number;
  /** Reads that found nothing new, which GitHub does not count against an hour. */
  readonly conditional: number;
  readonly queries: number;
  /** Mutations included. */
  readonly writes: number;
  readonly mints: number;
  /** The most in any window of its length, from whenever. */
  readonly most: Maxima;
}

export interface Maxima {
  /** Of REST, without what found nothing new. */
  readonly restByHour: number;
  /** Of GraphQL, each of whose requests of ours is a point. */
  readonly graphqlByHour: number;
  /** Of both: a read is 1, a write 5. */
  readonly pointsByMinute: number;
  /** What people are told of: pull requests, issues, comments, reactions. */
  readonly contentByMinute: number;
  readonly contentByHour: number;
  readonly pullRequestsByHour: number;
}

const minute = 60_000;
const hour = 60 * minute;

export function spentOn(exchanges: readonly Exchange[]): Spent {
  const ours = exchanges.filter(({ by, kind }) => by === 'installation' && kind !== 'mint');
  const of = (...kinds: readonly Exchange['kind'][]): number => ours.filter(({ kind }) => kinds.includes(kind)).length;
  const [rest, graphql] = [ours.filter(({ kind }) => kind === 'read' || kind === 'write'), ours.filter(({ kind }) => kind === 'query' || kind === 'mutation')];
  const content = ours.filter(createsContent);
  return {
    reads: of('read'),
    conditional: of('conditional'),
    queries: of('query'),
    writes: of('write', 'mutation'),
    mints: exchanges.filter(({ kind }) => kind === 'mint').length,
    most: {
      restByHour: mostWithin(rest, hour, () => 1),
      graphqlByHour: mostWithin(graphql, hour, () => 1),
      pointsByMinute: mostWithin(ours, minute, ({ kind }) => (kind === 'write' || kind === 'mutation' ? 5 : 1)),
      contentByMinute: mostWithin(content, minute, () => 1),
      contentByHour: mostWithin(content, hour, () => 1),
      pullRequestsByHour: mostWithin(content.filter(({ path }) => path.endsWith('/pulls')), hour, () => 1),
    },
  };
}

function createsContent({ method, path }: Exchange): boolean {
  return method === 'POST' && /\/(?:pulls|issues|comments|reviews|reactions)$/.test(path);
}

/** The sum over the fullest window. */
function mostWithin(exchanges: readonly Exchange[], windowMs: number, amountOf: (exchange: Exchange) => number): number {
  const inOrder = exchanges.toSorted((a, b) => a.at - b.at);
  let [most, sum, first] = [0, 0, 0];
  for (const exchange of inOrder) {
    sum += amountOf(exchange);
    for (let oldest = inOrder[first]; oldest !== undefined && exchange.at - oldest.at >= windowMs; oldest = inOrder[first]) {
      sum -= amountOf(oldest);
      first += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}
