import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readNote } from '../../src/audit/signed-note.ts';

export interface TestWitness {
  /** Its verifier key. */
  readonly key: string;
  /** The signature line about a checkpoint. @param as What is signed instead of it. */
  readonly cosign: (note: string, options?: { readonly at?: bigint; readonly as?: string }) => string;
}

/** A witness of C2SP tlog-cosignature, with nothing of ours: the same for the same seed. */
export function aWitnessKey(seed: string, name = `witness.example/${seed}`): TestWitness {
  const raw = createHash('sha256').update(`witness ${seed}`).digest();
  const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), raw]), format: 'der', type: 'pkcs8' });
  const typed = Buffer.concat([Buffer.of(4), Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url')]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return {
    key: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    cosign(note, { at = 1_795_176_000n, as } = {}) {
      const reading = readNote(note);
      if (reading.kind === 'problem') throw new TypeError(reading.why);
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(at);
      const cosigned = sign(null, Buffer.from(`cosignature/v1\ntime ${at}\n${as ?? reading.note.text}`), privateKey);
      return `— ${name} ${Buffer.concat([id, stamp, cosigned]).toString('base64')}\n`;
    },
  };
}
