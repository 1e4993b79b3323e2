import { Failure } from '../domain/failure.ts';
import { listAt, optionalTextAt, valueAt } from './answer.ts';
import { redacted } from './classify.ts';

/**
 * The `data` of a GraphQL answer. GraphQL fails with status 200: an error that is not NOT_FOUND throws,
 * because the null at its place would read as "there is none".
 * @param isAside Whether what GitHub refuses at a path is only aside: there null means that it was not told.
 */
export function dataOf(body: unknown, now: Date, isAside: IsAside = () => false): unknown {
  const errors = valueAt(body, ['errors']) === undefined ? [] : listAt(body, ['errors']);
  for (const error of errors) if (!isRefused(error) || !isAside(pathOf(error))) refuseUnlessMissing(error, now);
  const data = valueAt(body, ['data']);
  if (typeof data !== 'object' || data === null) {
    throw new Failure('GITHUB_UNAVAILABLE', 'Cannot query GitHub: an answer without data, expected data');
  }
  return data;
}

export type IsAside = (path: readonly unknown[]) => boolean;

function isRefused(error: unknown): boolean {
  const type = optionalTextAt(error, ['type']);
  return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES';
}

function pathOf(error: unknown): readonly unknown[] {
  return valueAt(error, ['path']) === undefined ? [] : listAt(error, ['path']);
}

function refuseUnlessMissing(error: unknown, now: Date): void {
  const type = optionalTextAt(error, ['type']);
  if (type === 'NOT_FOUND') return;
  const message = `Cannot query GitHub: "${redacted(optionalTextAt(error, ['message']) ?? 'no message').slice(0, 200)}", expected data`;
  if (type === 'RATE_LIMITED' || type === 'RATE_LIMIT') {
    throw new Failure('GITHUB_RATE_LIMITED', message, { retryAt: new Date(now.getTime() + 60_000) });
  }
  throw new Failure(isRefused(error) ? 'GITHUB_REFUSED' : 'GITHUB_UNAVAILABLE', message);
}

/** GitHub Enterprise Server has its GraphQL beside `/api/v3`, github.com below the API's root. */
export function graphqlUrlOf(apiUrl: string): string {
  const root = apiUrl.replace(/\/+$/, '');
  return root.endsWith('/api/v3') ? `${root.slice(0, -'/v3'.length)}/graphql` : `${root}/graphql`;
}
