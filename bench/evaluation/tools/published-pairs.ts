import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { randomFrom } from './random.ts';
import { findWitness } from './find-witness.ts';
import type { LabelledPair } from './labelled-pair.ts';

interface PublishedCase {
  readonly id: string;
  readonly compatibility: 'backward' | 'both' | 'none';
  readonly original: JsonValue;
  readonly updated: JsonValue;
}

/** The published cases, each in both directions: `backward` says that the updated schema reads old data and not the other way round. */
export async function publishedPairs(conformance: string): Promise<readonly LabelledPair[]> {
  const { tests }: { readonly tests: readonly PublishedCase[] } = JSON.parse(readFileSync(join(conformance, 'schema-compatibility', 'apicurio-registry.json'), 'utf8'));
  const directed = tests.flatMap(({ id, compatibility, original, updated }, index) => [
    { id: `${index} ${id}`, older: original, newer: updated, label: compatibility === 'none' ? 'breaking' : 'compatible' } as const,
    { id: `${index} ${id}, reversed`, older: updated, newer: original, label: compatibility === 'both' ? 'compatible' : 'breaking' } as const,
  ]);
  const pairs: LabelledPair[] = [];
  for (const [index, pair] of directed.entries()) pairs.push({ ...pair, source: 'published', witness: await findWitness(pair.older, pair.newer, randomFrom(index)) });
  return pairs;
}
