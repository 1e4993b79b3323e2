import { failureOf } from '../../domain/failure.ts';
import type { Log } from '../../flows/ports/log.ts';
import type { WebContext } from '../create-web.ts';
import type { ApiAnswer } from './operation.ts';

/** Milliseconds in which a reader has to take something: who does not holds a place for nothing. */
const idleMs = 60_000;

/**
 * Lines as they are read: the next piece is made when the one before was taken, and none once the reader is gone. What fails in the middle
 * breaks the connection, so that nobody takes a part for the whole.
 */
export function piecesResponse(context: WebContext, { type, first, rest }: Extract<ApiAnswer, { kind: 'pieces' }>, log: Log): Response {
  const { outgoing } = context.env;
  const hangUp = (): void => void outgoing.destroy();
  const end = (): void => {
    outgoing.setTimeout(0);
    void rest.return();
  };
  outgoing.setTimeout(idleMs, hangUp);
  // Also where nothing is read: of a HEAD, or once the reader has gone.
  if (outgoing.destroyed) end();
  else outgoing.once('close', end);
  const broken = (thrown: unknown): null => {
    log.error('api answer broken off', { path: context.req.path, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    // First: what is closed after that ends nothing.
    hangUp();
    return null;
  };
  return context.body(streamOf(first, { next: () => rest.next().then(({ done, value }) => (done === true ? null : value), broken), end }), 200, { 'content-type': type });
}

/** `next`: null at the end. */
function streamOf(first: string, { next, end }: { readonly next: () => Promise<string | null>; readonly end: () => void }): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isFirst = true;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const piece = isFirst ? first : await next();
        isFirst = false;
        if (piece === null) controller.close();
        else controller.enqueue(encoder.encode(piece));
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
