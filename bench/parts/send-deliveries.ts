import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Sending, Sent } from './sending.ts';

export async function sendDeliveries(sending: Sending): Promise<readonly Sent[]> {
  const worker = new Worker(new URL('./sender-thread.ts', import.meta.url), { workerData: sending });
  const [sent]: (readonly Sent[])[] = await once(worker, 'message');
  await worker.terminate();
  return sent ?? [];
}
