import { objection } from '../behavior/objection.ts';
import type { Document } from '../document/document.ts';
import { quoted } from '../finding.ts';
import { builtinPlaybooks } from './builtin-playbooks.ts';
import { readPlaybook } from './read-playbook.ts';
import type { PlaybookReading } from './read-playbook.ts';

/** A playbook of a repository: it never takes the place of one that comes with Plumbline, whose bounds others count on. */
export function readOwnPlaybook(document: Document): PlaybookReading {
  const reading = readPlaybook(document);
  if (reading.kind === 'invalid' || !builtinPlaybooks.some((id) => id === reading.playbook.id)) return reading;
  const taken = objection('/id', `${quoted(reading.playbook.id)}, which comes with Plumbline`, 'another id');
  return { kind: 'invalid', problems: [{ code: 'config/invalid', ...document.positionOf('/id'), ...taken }] };
}
