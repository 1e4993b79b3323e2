import type { BehaviorSample } from '../../domain/sample/behavior-sample.ts';
import { integer, nullable, object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const origin = object({ repositoryId: integer, jobWorkflow: text, workflow: text, commit: text, ref: text, run: text, token: text });
const generator = object({ generator: nullable(text), version: nullable(text), seed: nullable({ type: 'number' }), iterations: nullable({ type: 'number' }) });

export const sampleForm = storedForm<BehaviorSample>('a sample', object({ repositoryId: integer, behavior: text, head: text, baseBranch: text, value: {}, generator: nullable(generator), receivedAt: text, origin, caller: nullable(object({ path: text, blob: text })) }));
