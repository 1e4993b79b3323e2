import { Failure } from '../domain/failure.ts';
import { listAt, optionalTextAt, valueAt } from './answer.ts';
import { redacted } from './classify.ts';

/**
 * The `data` of a GraphQL answer. GraphQL fails with status 200: an error that is not NOT_FOUND throws,
 * because the null at its place would read as "there is none".
 * @param isAside Whether what stands at a path is only aside: whatever keeps GitHub from telling it, null means there that it was not told.
 */
export function dataOf(body: unknown, now: Date, isAside: IsAside = () => false): unknown {
  const errors = valueAt(body, ['errors']) === undefined ? [] : listAt(body, ['errors']);
  for (const error of errors) if (isRateLimit(error) || !isAside(pathOf(error))) refuseUnlessMissing(error, now);
  const data = valueAt(body, ['data']);
  if (typeof data !== 'object' || data === null) {
    throw new Failure('GITHUB_UNAVAILABLE', 'Cannot query GitHub: an answer without data, expected data');
  }
  return data;
}

export type IsAside = (path: readonly unknown[]) => boolean;

function isRateLimit(error: unknown): boolean {
  const type = optionalTextAt(error, ['type']);
  return type === 'RATE_LIMITED' || type === 'RATE_LIMIT';
}

function pathOf(error: unknown): readonly unknown[] {
  const path = valueAt(error, ['path']);
  return path === undefined || path === null ? [] : listAt(error, ['path']);
}

function refuseUnlessMissing(error: unknown, now: Date): void {
  const type = optionalTextAt(error, ['type']);
  if (type === 'NOT_FOUND') return;
  const message = `Cannot query GitHub: "${redacted(optionalTextAt(error, ['message']) ?? 'no message').slice(0, 200)}", expected data`;
  if (isRateLimit(error)) {
    throw new Failure('GITHUB_RATE_LIMITED', message, { retryAt: new Date(now.getTime() + 60_000) });
  }
  throw new Failure(type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' ? 'GITHUB_REFUSED' : 'GITHUB_UNAVAILABLE', message);
}

/** GitHub Enterprise Server has its GraphQL beside `/api/v3`, github.com below the API's root. */
export function graphqlUrlOf(apiUrl: string): string {
  const root = apiUrl.replace(/\/+$/, '');
  return root.endsWith('/api/v3') ? `${root.slice(0, -'/v3'.length)}/graphql` : `${root}/graphql`;
}
