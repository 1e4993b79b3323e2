import { pythonName } from '../python-name.ts';
import { declared } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { extrasIn, requirementForm } from './requirement-form.ts';

const form = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)(?:\s{0,20}\[([^\]]{0,1000})\])?\s*((?:[<>=!~(@;#][^]*)?)$/;

/** A requirement as PEP 508 writes it: `name[extra]>=1; marker`, `name @ address`. A text that is none, or of which a part has another form, is its own name, so that it is told. */
export function pythonRequirement(text: string, kind: string): Dependency {
  const [, name, listed = '', rest = ''] = form.exec(text) ?? [];
  const extras = extrasIn(listed.trim() === '' ? [] : listed.split(',').map((one) => one.trim()));
  const known = name === undefined || extras === null ? null : rest.startsWith('@') ? fromAddress(rest) : inRange(rest);
  if (name === undefined || extras === null || known === null) return declared(text.trim().slice(0, 200), kind, text.trim(), text.trim());
  return { ...declared(pythonName(name), kind, known.wanted, known.source), extras, ...(rest.includes(';') ? { isConditional: true } : {}) };
}

type Wanted = Pick<Dependency, 'wanted' | 'source'>;

/** A marker stands behind a blank: what stands before it is all of the address. */
function fromAddress(rest: string): Wanted | null {
  const [, address = '', more = ''] = /^@\s*(\S*)([^]*)$/.exec(rest) ?? [];
  return isMarked(more.trim()) ? { wanted: address, source: address } : null;
}

function inRange(rest: string): Wanted | null {
  const end = rest.indexOf(';');
  const [written, more] = end === -1 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)];
  const wanted = written.trim().replace(/^\(|\)$/g, '').trim();
  return requirementForm.isRange(withoutComment(wanted)) && isMarked(more.trim()) ? { wanted, source: null } : null;
}

function isMarked(text: string): boolean {
  const told = withoutComment(text);
  return told === '' || (told.startsWith(';') && requirementForm.isMarker(told.slice(1)));
}

function withoutComment(text: string): string {
  const at = text.search(/(?:^|[ \t])#/);
  return at === -1 || /[\r\n]/.test(text.slice(at)) ? text : text.slice(0, at);
}
