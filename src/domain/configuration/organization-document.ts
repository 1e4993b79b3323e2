import type { JsonObject } from '../json-value.ts';
import type { ConfigurationState } from '../snapshot.ts';
import { organizationConfigurationPath } from './configuration-paths.ts';
import { readConfiguration } from './read-configuration.ts';

type State = Pick<ConfigurationState, 'organizationText'>;

/** What the organisation's configuration in force says, null without one. Many ask, and its text is read once for each state. */
export function organizationDocument(state: State): JsonObject | null {
  const known = remembered.get(state);
  if (known !== undefined) return known.document;
  const document = documentOf(state);
  remembered.set(state, { document });
  return document;
}

const remembered = new WeakMap<State, { readonly document: JsonObject | null }>();

function documentOf({ organizationText }: State): JsonObject | null {
  if (organizationText === null) return null;
  const reading = readConfiguration(new TextEncoder().encode(organizationText), organizationConfigurationPath);
  return reading.kind === 'valid' ? reading.document : null;
}
