/** Sends deliveries at a steady rate whatever the answers (an open loop), in a thread of its own: the emulated GitHub shares the other. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { SignedBody } from './delivery-bodies.ts';
import type { Sending, Sent } from './sending.ts';

const sending: Sending = workerData;
const agent = new Agent({ keepAlive: true });
parentPort?.postMessage(await sendAll(sending), []);
agent.destroy();

async function sendAll({ url, bodies, perSecond, seconds }: Sending): Promise<readonly Sent[]> {
  const start = performance.now() + 100;
  const sent: Promise<Sent>[] = [];
  while (sent.length < perSecond * seconds) {
    const due = start + (sent.length * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    const body = bodies[sent.length % bodies.length];
    if (body === undefined) throw new Error('Cannot send deliveries: there are no bodies');
    sent.push(send(url, body, due));
  }
  return Promise.all(sent);
}

function send(url: string, { body, signature }: SignedBody, due: number): Promise<Sent> {
  const guid = randomUUID();
  const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-github-event': 'pull_request', 'x-github-delivery': guid, 'x-hub-signature-256': signature, 'user-agent': 'GitHub-Hookshot/bench' };
  return new Promise((resolve) => {
    const done = (status: number): void => resolve({ guid, status, ackMs: performance.now() - due });
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
      response.on('error', () => done(0));
    });
    call.on('error', () => done(0));
    call.end(body);
  });
}
