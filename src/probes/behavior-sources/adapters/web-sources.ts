import type { Clock } from '../../../flows/ports/clock.ts';
import type { SchemaValidator } from '../../schema-validation/schema-validator.ts';
import type { SourceAdapters } from '../behavior-reader.ts';
import type { AskingRepository, SourceGrant } from '../source-grants.ts';
import type { SourceReader } from '../source-reader.ts';
import { httpJsonAdapter } from './http-json-adapter.ts';
import { openapiAdapter } from './openapi-adapter.ts';
import { prometheusAdapter } from './prometheus-adapter.ts';

/** What asks services over the network in the name of one repository. */
export interface WebSources {
  readonly repository: AskingRepository;
  readonly reader: SourceReader;
  readonly grants: readonly SourceGrant[];
  readonly validator: Pick<SchemaValidator, 'validate'>;
  readonly clock: Clock;
}

export function webAdapters(sources: WebSources): SourceAdapters {
  return { 'http-json': httpJsonAdapter(sources), prometheus: prometheusAdapter(sources), openapi: openapiAdapter(sources) };
}
