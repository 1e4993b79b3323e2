import assert from 'node:assert/strict';
import { readConfiguration } from '../../../src/domain/configuration/read-configuration.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';

const path = '.github/plumbline.yml';

/** The document of a configuration that has to be valid. */
export function validDocument(text: string): JsonObject {
  const reading = readConfiguration(new TextEncoder().encode(text), path);
  assert.equal(reading.kind, 'valid', JSON.stringify(reading));
  return reading.kind === 'valid' ? reading.document : {};
}

/** The findings about a configuration that has to be invalid. */
export function findingsAbout(text: string | Uint8Array): readonly Finding[] {
  const reading = readConfiguration(typeof text === 'string' ? new TextEncoder().encode(text) : text, path);
  assert.equal(reading.kind, 'invalid', JSON.stringify(reading));
  return reading.kind === 'invalid' ? reading.findings : [];
}
