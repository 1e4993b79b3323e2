import type { Operation, OperationShape } from '../operation.ts';
import { readAsked } from '../read-asked.ts';
import { textParameter } from '../parameter.ts';
import { answerSamples } from '../samples-route.ts';
import type { SamplesPorts } from '../samples-route.ts';

const sendSamples = {
  method: 'post',
  path: '/repositories/{repository}/behaviors/{behavior}/samples',
  summary: 'Samples of a behaviour at one head, from a run of a workflow.',
  roles: null,
  inPath: { repository: textParameter('Number of the repository at GitHub.', '^[0-9]+$', 15), behavior: textParameter('Name of the behaviour.', '^.+$', 200) },
  inQuery: {},
  inHeader: {},
  body: { $ref: '#/components/schemas/Samples' },
  answers: { 202: { description: 'Taken: what is named is judged again.', type: 'application/json', schema: { $ref: '#/components/schemas/SamplesTaken' } } },
  problems: {
    403: '`other_repository`, `other_commit`, `other_workflow`.',
    404: '`unknown_head`, `unknown_behavior`.',
    409: '`used_token`, `already_there`.',
  },
} as const satisfies OperationShape;

/** Its sender is known by another issuer than everybody else's. */
export function sendSamplesOperation(ports: SamplesPorts): Operation {
  return {
    shape: sendSamples,
    answer: async ({ incoming, path, query }) => {
      const asked = readAsked({ inPath: {}, inQuery: sendSamples.inQuery, inHeader: sendSamples.inHeader }, { path, query, headers: incoming.headers });
      if (asked.kind === 'problem') return asked;
      const answer = await answerSamples(ports, incoming, { repository: path['repository'] ?? '', behavior: path['behavior'] ?? '' });
      return answer.kind === 'problem' ? answer : { kind: 'json', status: 202, value: { pullRequests: answer.pullRequests, mergeGroups: answer.mergeGroups } };
    },
  };
}
