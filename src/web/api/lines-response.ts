import { failureOf } from '../../domain/failure.ts';
import type { Log } from '../../flows/ports/log.ts';
import type { WebContext } from '../create-web.ts';

/** Milliseconds in which a reader has to take something: who does not holds a place for nothing. */
const idleMs = 60_000;

/**
 * Lines as they are read: the next piece is made when the one before was taken, and none once the reader is gone. What fails in the middle
 * breaks the connection, so that nobody takes a part for the whole.
 */
export function linesResponse(context: WebContext, lines: AsyncGenerator<string, void>, log: Log): Response {
  const encoder = new TextEncoder();
  const { outgoing } = context.env;
  const hangUp = (): void => void outgoing.destroy();
  outgoing.setTimeout(idleMs, hangUp);
  outgoing.once('close', () => {
    outgoing.setTimeout(0);
    void lines.return();
  });
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await lines.next();
          if (done === true) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (thrown) {
          log.error('api answer broken off', { path: context.req.path, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
          // First: what is closed after that ends nothing.
          hangUp();
          controller.close();
        }
      },
      cancel: async () => void (await lines.return()),
    },
    { highWaterMark: 0 },
  );
  return context.body(stream, 200, { 'content-type': 'application/x-ndjson' });
}
