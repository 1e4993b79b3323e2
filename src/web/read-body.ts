import type { IncomingMessage } from 'node:http';
import type { BodyPlace } from './body-budget.ts';

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'no-room' }
  /** The sender went away, or was too slow and the server hung up. */
  | { readonly kind: 'broken' };

/**
 * Reads a request body as it arrives and stops at the limit: an unsigned sender decides its size, whatever its headers say.
 * Only bytes that are here count, so many slow senders hold no memory.
 */
export function readBody(incoming: IncomingMessage, most: number, place: BodyPlace): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (body: Body): void => {
      incoming.off('data', onData).off('end', onEnd).off('close', onBroken).off('error', onBroken);
      // Someone has to listen: an error after the answer would end the process.
      incoming.on('error', ignore);
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > most) finish({ kind: 'too-large' });
      else if (!place.take(chunk.length)) finish({ kind: 'no-room' });
    };
    const onEnd = (): void => finish({ kind: 'whole', bytes: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length) });
    const onBroken = (): void => finish({ kind: 'broken' });
    incoming.on('data', onData).on('end', onEnd).on('close', onBroken).on('error', onBroken);
  });
}

function ignore(): void {
  // The answer was given already.
}
