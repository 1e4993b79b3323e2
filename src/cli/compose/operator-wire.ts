import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Failure, failureOf } from '../../domain/failure.ts';
import { failureForm } from '../../web/operator-form.ts';
import { operatorPath } from '../../web/operator-request.ts';
import type { OperatorRequest } from '../../web/operator-request.ts';

/** No sign of life for so long means that the server hangs. Resuming reads a whole log before the first one. */
const silentMs = 600_000;

/**
 * Asks the running server through its door and yields the lines of its answer.
 * @throws Failure as the server has it; STORE_UNAVAILABLE when nobody answers, or not to the end.
 */
export async function* askOperator(socketPath: string, asked: OperatorRequest, timeout: number = silentMs): AsyncGenerator<string> {
  try {
    const incoming = await send(socketPath, asked, timeout);
    if (incoming.statusCode !== 200) throw await refusalOf(linesOf(incoming));
    yield* linesOf(incoming);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('STORE_UNAVAILABLE', `Cannot ask the server that has the store open: ${failureOf(thrown, 'STORE_UNAVAILABLE').message}. Try again, or stop it.`, { cause: thrown });
  }
}

async function send(socketPath: string, asked: OperatorRequest, timeout: number): Promise<IncomingMessage> {
  const body = Buffer.from(JSON.stringify(asked));
  const outgoing = request({ socketPath, path: operatorPath, method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': body.length } });
  outgoing.setTimeout(timeout, () => outgoing.destroy(new Error(`no answer within ${timeout / 1_000} s`)));
  outgoing.end(body);
  const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
  if (incoming === undefined) throw new Error('no response');
  // An error after this is read from the answer itself.
  outgoing.on('error', () => {});
  return incoming;
}

/** Throws when the answer breaks off. A line is put together once, however many pieces it comes in. */
async function* linesOf(incoming: IncomingMessage): AsyncGenerator<string> {
  let open: string[] = [];
  const chunks: AsyncIterable<string> = incoming.setEncoding('utf8');
  for await (const chunk of chunks) {
    open.push(chunk);
    if (!chunk.includes('\n')) continue;
    const lines = open.join('').split('\n');
    open = lines.splice(-1);
    yield* lines;
  }
  if (open.join('') !== '') throw new Error('its answer broke off');
}

async function refusalOf(lines: AsyncIterable<string>): Promise<Failure> {
  for await (const line of lines) return failureForm.read(line);
  return new Failure('STORE_UNAVAILABLE', 'Cannot ask the server that has the store open: it refused without a word. Run the command with the server\'s own version.');
}
