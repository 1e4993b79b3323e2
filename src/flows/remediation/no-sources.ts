import type { RemediationSources } from './remediation-ports.ts';

/** Of a server that measures no behaviour: nothing drifts, and nothing is planned. */
export const noSources: RemediationSources = { driftNow: async () => null, planFor: async () => ({ plan: null, refused: null }), rollbackFor: async () => ({ kind: 'no_playbook' }) };
