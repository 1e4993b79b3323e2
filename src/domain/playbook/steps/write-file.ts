import { removeItems } from '../../document/edit-list.ts';
import { bytesOfText, textOfBytes } from '../../document/edited-text.ts';
import { formatOf, readDocument } from '../../document/read-document.ts';
import { instantOf } from '../../instant.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonValue } from '../../json-value.ts';
import { readWaiverFile } from '../../waiver/read-waiver-file.ts';
import type { FileStep } from '../playbook-step.ts';
import { textAt, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';

/** A file with a text that the playbook has, or without the waivers that have ended. */
export function writeFile(world: StepWorld, { content }: Extract<FileStep, { kind: 'write-file' }>, path: string): Writing {
  switch (content.kind) {
    case 'text':
      return writing(world, path, content.text);
    case 'without-ended-waivers':
      return writing(world, path, withoutEnded(textAt(world, path), path, world.facts.now));
  }
}

function withoutEnded(text: string, path: string, now: string): string {
  const bytes = bytesOfText(text);
  const reading = readDocument(bytes, formatOf(path));
  const isWaiverFile = reading.kind === 'document' && readWaiverFile(reading.document).kind === 'waivers';
  if (!isWaiverFile) throw refusing({ kind: 'content', path, found: 'a file that is not valid as waivers', expected: 'a waiver file', next: 'Correct it first: its check says what is wrong with it.' });
  return textOfBytes(removeItems(bytes, path, 'waivers', (item) => hasEnded(item, now)));
}

/** An end that can not be read has not come. */
function hasEnded(item: JsonValue, now: string): boolean {
  const until = isJsonObject(item) && typeof item['until'] === 'string' ? instantOf(item['until']) : null;
  const at = instantOf(now);
  return until !== null && at !== null && until <= at;
}
