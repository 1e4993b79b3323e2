import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Scanned, Scanning } from './scanning.ts';

export interface Scanner {
  scan(): Promise<Scanned>;
  stop(): Promise<void>;
}

export async function startScanner(scanning: Scanning): Promise<Scanner> {
  const child = fork(new URL('./scanner-process.ts', import.meta.url), { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit');
  const answerTo = async (said: Scanning | 'scan'): Promise<unknown> => {
    child.send(said);
    const answer: unknown[] = await Promise.race([once(child, 'message'), ended.then(([code]) => Promise.reject(new Error(`Cannot scan: the process ended with ${code}, expected an answer`)))]);
    return answer[0];
  };
  await answerTo(scanning);
  return {
    scan: async () => scannedFrom(await answerTo('scan')),
    stop: async () => {
      child.send('end');
      await ended;
    },
  };
}

function scannedFrom(answer: unknown): Scanned {
  const { seconds, heapEarly, heapLate, buried }: Scanned = JSON.parse(JSON.stringify(answer));
  if (buried.length > 0) throw new Error(`Cannot measure a scan: jobs were given up, ${buried.join(', ')}, expected none`);
  return { seconds, heapEarly, heapLate, buried };
}
