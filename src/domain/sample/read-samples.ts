import schema from '../../../schemas/behavior-samples.schema.json' with { type: 'json' };
import { reproducibilityOf } from '../behavior/reproducibility.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import { readDocument } from '../document/read-document.ts';
import { isJsonObject } from '../json-value.ts';
import type { BehaviorSample } from './behavior-sample.ts';

/** What a workflow sends, before anything is known of who it is. */
export type SentSamples = Pick<BehaviorSample, 'behavior' | 'head' | 'value' | 'generator'>;

export type SamplesReading = { readonly kind: 'samples'; readonly samples: SentSamples } | { readonly kind: 'invalid'; readonly why: string };

const violationsOf = ownSchema(schema, 'samples');

/** Reads a body as strictly as any document: a name that stands twice is refused. */
export function readSamples(bytes: Uint8Array): SamplesReading {
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'problem') return { kind: 'invalid', why: `Cannot read the samples: found ${reading.problem.found} at line ${reading.problem.position.line}, expected ${reading.problem.expected}.` };
  const { value } = reading.document;
  const [violation] = violationsOf(value);
  if (violation !== undefined || !isJsonObject(value)) return { kind: 'invalid', why: violation?.message ?? 'Cannot use the samples: found no object, expected one.' };
  return { kind: 'samples', samples: { behavior: member.text(value, 'behavior') ?? '', head: member.text(value, 'head') ?? '', value: value['value'] ?? null, generator: reproducibilityOf(value['reproducibility']) } };
}
