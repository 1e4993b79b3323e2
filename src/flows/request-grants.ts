import { rolesOf } from '../domain/configuration/governed-roles.ts';
import { digestOfValue } from '../domain/digest.ts';
import { readRequest } from '../domain/request/read-request.ts';
import type { GrantKind } from './grant-kind.ts';

/** Action requests. Nothing is executed: programs that act on them read the log, and go by the digest of the document. */
export const requestGrants: GrantKind = {
  event: 'request.granted',
  words: 'action requests',
  isUsed: ({ requestPaths }) => requestPaths.length > 0,
  reachOf: (configuration, path) => (rolesOf(configuration, path).includes('request') ? 'repository' : null),
  grantsOf({ path }, { value }) {
    const read = readRequest(value);
    if (read.kind === 'invalid') return [];
    const { action, target, rationale, playbook, expires } = read.request;
    const digest = digestOfValue(value);
    return [{ key: digest, until: expires, digest, rationale, payload: { action, target, rationale, playbook, expires, path } }];
  },
};
