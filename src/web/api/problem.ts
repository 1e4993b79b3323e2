import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An answer that says what is wrong: RFC 9457. */
export interface Problem {
  readonly status: ContentfulStatusCode;
  /** A stable word for programs. */
  readonly code: string;
  /** What was found, what was expected, and what to do. Never holds a part of a token. */
  readonly detail: string;
  /** Seconds after which it may go better. */
  readonly retryAfter?: number;
  /** Methods that there are. */
  readonly allow?: string;
}

/** RFC 9457 body of a problem. */
export function problemBody({ status, code, detail }: Problem): string {
  return `${JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Problem', status, code, detail })}\n`;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
