import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from '../builders/listen-on-loopback.ts';

export interface WitnessServer {
  readonly url: string;
  /** Its verifier key, as settings give it. */
  readonly key: string;
  /** The newest checkpoint that it signed, by origin. */
  readonly seen: Map<string, { readonly size: number; readonly root: string }>;
  /** The old size of each request. */
  readonly asked: number[];
  /** What the next requests get instead; `after`: once the checkpoint was kept, as when an answer gets lost. */
  readonly trouble: { readonly status: number; readonly body?: string; readonly after?: boolean; readonly type?: string }[];
}

/** A witness of C2SP tlog-witness that keeps what it has seen and checks every proof itself, with nothing of ours. */
export async function aWitness(context: TestContext, logKey: KeyObject, name = 'witness.example/w1'): Promise<WitnessServer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const typed = Buffer.concat([Buffer.of(4), Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  const state = { seen: new Map<string, { size: number; root: string }>(), asked: [] as number[], trouble: [] as WitnessServer['trouble'][number][] };
  const answer = (body: string): readonly [number, string, string?] => {
    const [, old = '', lines = '', note = ''] = /^old (0|[1-9]\d*)\n((?:[^\n]+\n){0,63})\n([\s\S]+)$/.exec(body) ?? [];
    const [text = '', signatures = ''] = note.split(/(?<=\n)\n/);
    const [origin = '', size = '', root = ''] = text.split('\n');
    const [from, to] = [Number(old), Number(size)];
    state.asked.push(from);
    const signature = Buffer.from(signatures.split(' ')[2]?.trim() ?? '', 'base64').subarray(4);
    if (!verify(null, Buffer.from(text), logKey, signature)) return [403, 'unknown key\n'];
    if (from > to) return [400, 'old size is larger\n'];
    const seen = state.seen.get(origin) ?? { size: 0, root: '' };
    if (seen.size !== from) return [409, `${seen.size}\n`, 'text/x.tlog.size'];
    if (from === to && seen.root !== root) return [409, `${seen.size}\n`, 'text/x.tlog.size'];
    const proof = lines.split('\n').filter((line) => line !== '').map((line) => Buffer.from(line, 'base64'));
    if (from === 0 || from === to ? proof.length > 0 : !extendsTree({ from, to }, [seen.root, root], proof)) return [422, 'not consistent\n'];
    state.seen.set(origin, { size: to, root });
    const time = Math.floor(Date.UTC(2026, 10, 20) / 1_000);
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const cosigned = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), privateKey);
    return [200, `— someone.else AAAAAAAA\n— ${name} ${Buffer.concat([id, stamp, cosigned]).toString('base64')}\n`];
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const trouble = state.trouble.shift();
      const [status, text, type] = trouble === undefined || trouble.after === true ? answer(Buffer.concat(parts).toString('utf8')) : [trouble.status, trouble.body ?? '', trouble.type];
      response.writeHead(trouble?.status ?? status, { 'content-type': type ?? 'text/plain' }).end(trouble?.after === true ? '' : text);
    });
  });
  const port = await listenOnLoopback(context, server);
  return { url: `http://127.0.0.1:${port}`, key: `${name}+${id.toString('hex')}+${typed.toString('base64')}`, ...state };
}

/** RFC 6962, 2.1.2, read backwards: both roots are built from the proof. */
function extendsTree({ from, to }: { readonly from: number; readonly to: number }, [old, grown]: readonly [string, string], proof: Buffer[]): boolean {
  const node = (left: Buffer, right: Buffer): Buffer => createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
  const next = (): Buffer => proof.shift() ?? Buffer.alloc(32);
  const build = (m: number, n: number, isKnown: boolean): readonly [Buffer, Buffer] => {
    if (m === n) {
      const root = isKnown ? Buffer.from(old, 'base64') : next();
      return [root, root];
    }
    let k = 1;
    while (k * 2 < n) k *= 2;
    if (m <= k) {
      const [one, other] = build(m, k, isKnown);
      return [one, node(other, next())];
    }
    const [one, other] = build(m - k, n - k, false);
    const left = next();
    return [node(left, one), node(left, other)];
  };
  const [first, second] = build(from, to, true);
  return proof.length === 0 && first.toString('base64') === old && second.toString('base64') === grown;
}
