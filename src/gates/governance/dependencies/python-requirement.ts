import { pythonName } from '../../../domain/python-name.ts';
import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';

/** A requirement as PEP 508 writes it: `name[extra]>=1; marker`, `name @ address`. A text that is none is its own name, so that it is told. */
export function pythonRequirement(text: string, kind: string): Dependency {
  const [, name, rest = ''] = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)(?:\s{0,20}\[[^\]]{0,1000}\])?\s*((?:[<>=!~(@;#][^]*)?)$/.exec(text) ?? [];
  if (name === undefined) return declared(text.trim().slice(0, 200), kind, text.trim(), text.trim());
  const address = /^@\s*(\S*)/.exec(rest)?.[1];
  if (address !== undefined) return declared(pythonName(name), kind, address, address);
  return declared(pythonName(name), kind, (rest.split(';')[0] ?? '').trim().replace(/^\(|\)$/g, '').trim());
}
