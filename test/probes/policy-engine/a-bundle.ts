import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CompactSign } from 'jose';
import { pinnedOpa } from '../../../deploy/policy-capabilities.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';

const policies = join(import.meta.dirname, '..', '..', '..', 'policies');

/** A bundle as the page about policies says that a user builds one, signed with ES256. @param rego By path, beside Plumbline's own `main.rego`. */
export function builtBundle(rego: Readonly<Record<string, string>>, rules: readonly string[], key: KeyObject): Uint8Array {
  const { path: folder, remove } = aTemporaryDirectory();
  try {
    const files = { 'main/main.rego': readFileSync(join(policies, 'main', 'main.rego')), '.manifest': JSON.stringify({ roots: [''], metadata: { rules } }), ...rego };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'policies', name)), { recursive: true });
      writeFileSync(join(folder, 'policies', name), content);
    }
    writeFileSync(join(folder, 'key.pem'), key.export({ format: 'pem', type: 'sec1' }));
    execFileSync(pinnedOpa(), ['build', '--bundle', '--target', 'wasm', '--entrypoint', 'main/report', '--v1-compatible', '--capabilities', join(policies, 'capabilities.json'), '--signing-key', 'key.pem', '--signing-alg', 'ES256', 'policies'], { cwd: folder });
    return Uint8Array.from(readFileSync(join(folder, 'bundle.tar.gz')));
  } finally {
    remove();
  }
}

export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** `0`: a file, `2`: a link, `5`: a folder. */
  readonly kind?: string;
}

/** A `.tar.gz` of these entries, whatever they are called. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap(({ name, content, kind = '0' }) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'latin1');
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(' '.repeat(8), 148);
    header.write(kind, 156);
    header.write('ustar\u000000', 257, 'latin1');
    header.write(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Hashes given in full, since a forger may give any. */
export async function signatureOf(files: readonly { readonly name: string; readonly hash: string }[], key: KeyObject, more: Readonly<Record<string, unknown>> = {}, alg = 'ES256'): Promise<string> {
  const payload = JSON.stringify({ files: files.map((file) => ({ ...file, algorithm: 'SHA-256' })), ...more });
  return JSON.stringify({ signatures: [await new CompactSign(Buffer.from(payload)).setProtectedHeader({ alg }).sign(key)] });
}

export function sha256(content: Uint8Array | string): string {
  return hash('sha256', content, 'hex');
}
